import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .register import private_storage


def results_path(check, filename) -> str:
    """By its key, which nobody guesses: what a kill left behind is found and overwritten."""
    return f"certificate-checks/{check.pk.hex}.xlsx"


class BulkCheck(models.Model):
    """A spreadsheet of codes and staff numbers that somebody had checked. Its rows and file are gone after a day."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being checked")
        DONE = "done", _("Done")
        FAILED = "failed", _("Not done")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bulk_checks")
    rows = models.JSONField(default=list, help_text="Number and cells of each line as sent, the heading first")
    columns = models.JSONField(default=dict, help_text="What it holds → the number of the column")
    answers = models.JSONField(default=list, help_text="One for each row below the heading")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    row_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="State → how many rows")
    results = models.FileField(storage=private_storage, upload_to=results_path, blank=True)
    error = models.CharField(max_length=250, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("check of many certificates")
