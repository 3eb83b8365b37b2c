import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .attempt import Attempt


class Regrade(models.Model):
    """A recorded run that judged one question again in the papers that asked it, within the places of who ran it."""

    class Verdict(models.TextChoices):
        KEY = "key", _("Judge again by the corrected key")
        EVERYONE = "everyone", _("Give the mark to everyone: the question cannot be judged")
        REWORDED = "reworded", _("Give the mark to everyone whose paper shows other words than the question has now")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Made with the preview")
    question = models.UUIDField(db_index=True, help_text="Translation key")
    code = models.CharField(max_length=40)
    stem = models.CharField(max_length=250)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.KEY)
    may_lower = models.BooleanField(_("take marks away too"), default=False, help_text="Otherwise nobody loses a mark")
    revisions = models.JSONField(default=dict, help_text="Of the question, by language: what gave the new keys")
    countries = models.JSONField(default=list, help_text="Codes of the people's countries; empty: everywhere")
    reason = models.TextField(_("reason"), max_length=500)
    papers = models.PositiveIntegerField(default=0, help_text="How many were to be judged again")
    other_words = models.PositiveIntegerField(default=0, help_text="How many were left alone for their wording")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="regrade_has_a_reason")]

    def __str__(self):
        return f"{self.code} · {self.made_at:%Y-%m-%d}"


class Remark(models.Model):
    """What a regrade did to one question of one attempt. The key before it stays here."""

    class Effect(models.TextChoices):
        SAME = "same", _("Same marks")
        OPEN = "open", _("Not handed in yet: the new key will judge it")
        RAISED = "raised", _("More marks")
        PASSED = "passed", _("More marks: passes now")
        KEPT = "kept", _("Keeps the mark that the new key would not give")
        LOWERED = "lowered", _("Fewer marks")
        FLAGGED = "flagged", _("Fewer marks: does not stand now")

    regrade = models.ForeignKey(Regrade, models.PROTECT, related_name="remarks")
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="remarks")
    item_id = models.CharField(max_length=36)
    key_before = models.JSONField()
    key_after = models.JSONField()
    right_before = models.BooleanField(null=True, help_text="Null: was not handed in")
    right_after = models.BooleanField(null=True)
    score_before = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    score_after = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    effect = models.CharField(max_length=10, choices=Effect)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["regrade", "attempt", "item_id"], name="remark_once_per_regrade_and_item"),
            models.CheckConstraint(
                condition=Q(effect="open", score_before=None, score_after=None)
                | (~Q(effect="open") & Q(score_before__isnull=False, score_after__isnull=False)),
                name="remark_scored_unless_open",
            ),
        ]
