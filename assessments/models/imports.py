import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class QuestionImport(models.Model):
    """A file of questions, read and shown before anything is made. `drafts` and `problems` are what was read."""

    class Format(models.TextChoices):
        SHEET = "sheet", _("Spreadsheet")
        GIFT = "gift", _("GIFT")
        MOODLE_XML = "moodle_xml", _("Moodle XML")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    format = models.CharField(_("format"), max_length=10, choices=Format)
    file_name = models.CharField(max_length=150)
    drafts = models.JSONField(default=list, help_text="One row a question that can be made")
    problems = models.JSONField(default=list, help_text="[{place, name, reason}] for what cannot")
    made = models.JSONField(default=list, help_text="Primary keys of the questions that were made")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    committed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
