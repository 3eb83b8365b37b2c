import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .attempt import Attempt


class Regrade(models.Model):
    """A recorded run that judged one question again in every paper that asked it."""

    class Verdict(models.TextChoices):
        KEY = "key", _("Judge again by the question's corrected key")
        EVERYONE = "everyone", _("Give the mark to everyone: the question cannot be judged")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.UUIDField(db_index=True, help_text="Translation key")
    code = models.CharField(max_length=40)
    stem = models.CharField(max_length=250)
    verdict = models.CharField(max_length=10, choices=Verdict)
    revision = models.PositiveIntegerField(null=True, help_text="Of the question that gave the new key")
    reason = models.TextField(_("reason"), max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")


class Remark(models.Model):
    """What a regrade did to one attempt. The paper's first key stays here."""

    class Effect(models.TextChoices):
        SAME = "same", _("Nothing changed")
        RAISED = "raised", _("More marks")
        PASSED = "passed", _("Passes now")
        LOWERED = "lowered", _("Fewer marks, still as before")
        FLAGGED = "flagged", _("Would not pass now: flagged for HR")

    regrade = models.ForeignKey(Regrade, models.PROTECT, related_name="remarks")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="remarks")
    item_id = models.CharField(max_length=36)
    key_before = models.JSONField()
    key_after = models.JSONField()
    right_before = models.BooleanField()
    right_after = models.BooleanField()
    score_before = models.DecimalField(max_digits=6, decimal_places=2)
    score_after = models.DecimalField(max_digits=6, decimal_places=2)
    effect = models.CharField(max_length=10, choices=Effect)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["regrade", "attempt", "item_id"], name="remark_once_per_regrade_and_item"),
        ]
