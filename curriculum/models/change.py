import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from .facts import Fact


class Change(models.Model):
    """What an edit of a fact or of a page means for those who learned the earlier version.

    Written for a fact whenever what it says has changed; for a page where its editor says so.
    """

    class Kind(models.TextChoices):
        MINOR = "minor", _("Minor: nobody learns it again")
        RETRAIN = "retrain", _("Must retrain: who learned it before learns it again")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fact = models.ForeignKey(Fact, models.CASCADE, null=True, blank=True, related_name="changes")
    page_key = models.UUIDField(_("page"), null=True, blank=True, db_index=True)
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(_("what it means"), max_length=10, choices=Kind, default=Kind.MINOR)
    before = models.TextField(_("as it was"), blank=True)
    after = models.TextField(_("as it is now"), blank=True)
    reason = models.CharField(
        _("why"), max_length=200, blank=True, help_text=_("Such as: WHO guideline of January 2026")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    units = models.JSONField(default=list, blank=True, help_text="The keys of the lessons to learn again, once applied")
    people_asked = models.PositiveIntegerField(_("people who learn it again"), default=0)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="When everybody had been asked")

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [
            models.CheckConstraint(
                condition=Q(fact=None, page_key__isnull=False) | Q(fact__isnull=False, page_key=None),
                name="change_of_a_fact_or_of_a_page",
            )
        ]


class VerdictSheet(models.Model):
    """A review list that a clinician filled in: what was read is kept until it is brought in, so that it is once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=150)
    rows = models.JSONField(default=list, help_text="The rows as they were typed; none once they are verdicts")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    committed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("review list brought back")
        verbose_name_plural = _("review lists brought back")


class Verdict(models.Model):
    """What a clinician said of one fact on one day, as her review list brought it back."""

    class Word(models.TextChoices):
        RIGHT = "right", _("Right as it stands")
        CHANGE = "change", _("To be changed")
        REMOVE = "remove", _("To be removed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fact = models.ForeignKey(Fact, models.CASCADE, related_name="verdicts")
    list_id = models.UUIDField(_("review list"), db_index=True, help_text="The key of its VerdictSheet")
    word = models.CharField(_("verdict"), max_length=10, choices=Word)
    statement = models.TextField(_("the statement she judged"))
    proposed = models.TextField(_("what it should say"), blank=True)
    reference = models.CharField(_("where it stands in the source"), max_length=250, blank=True)
    clinician = models.CharField(_("clinician"), max_length=120)
    checked_on = models.DateField(_("checked on"))
    brought_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    brought_in_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-brought_in_at", "fact__code"]
        verbose_name = _("clinician’s verdict")
        verbose_name_plural = _("clinicians’ verdicts")
        constraints = [models.UniqueConstraint(fields=["fact", "list_id"], name="verdict_one_per_fact_and_list")]
