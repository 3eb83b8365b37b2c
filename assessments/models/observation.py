import hashlib
import json
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.people.models import Site

from .. import signoff

NOTES = ("strength_1", "strength_2", "next_step")


class ObservationQuerySet(models.QuerySet):
    def standing(self):
        """Signed and not voided."""
        return self.filter(signed_at__isnull=False, voided_at=None)


class Observation(models.Model):
    """One practical watched by an observer. `steps`: [{id, text, critical, mark, note}], mark «yes», «not_yet», «na»
    or ""; «carried» on a step that was yes in the observation this one follows.

    Nothing about the client, ever. A signed observation is changed only by voiding it with a reason.
    """

    class Setting(models.TextChoices):
        REAL = "real", _("Real client")
        ROLE_PLAY = "role_play", _("Role play")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations")
    observer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations_made")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    unit_key = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)
    statement = models.CharField(max_length=80)
    neutral_statement = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5)
    setting = models.CharField(_("setting"), max_length=10, choices=Setting, blank=True)
    steps = models.JSONField()
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        help_text="Only the steps that were «not yet» there are watched again",
    )
    strength_1 = models.CharField(_("strength 1"), max_length=200, blank=True)
    strength_2 = models.CharField(_("strength 2"), max_length=200, blank=True)
    next_step = models.CharField(_("one next step"), max_length=200, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    competent = models.BooleanField(null=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    void_reason = models.CharField(_("reason"), max_length=250, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.CheckConstraint(condition=~Q(learner=F("observer")), name="observation_by_someone_else"),
            models.CheckConstraint(
                condition=Q(signed_at=None, competent=None) | Q(signed_at__isnull=False, competent__isnull=False),
                name="observation_judged_exactly_when_signed",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None) | (Q(signed_at__isnull=False) & ~Q(void_reason="")),
                name="observation_voided_with_reason",
            ),
            models.UniqueConstraint(
                fields=["learner", "unit_key", "observer"],
                condition=Q(signed_at=None),
                name="observation_one_open_per_observer",
            ),
        ]

    @property
    def fingerprint(self) -> str:
        """Differs as soon as anything that an observer writes does: a page says with it what it shows."""
        written = [self.steps, self.setting, *(getattr(self, name) for name in NOTES)]
        return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing for signing off."""
        written = all(getattr(self, name) for name in NOTES)
        return bool(self.setting) and written and not signoff.judge(self.steps).unmarked


class Coaching(models.Model):
    """After a second «not yet» somebody practised with her. The next observation comes so many days later."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="coachings")
    unit_key = models.UUIDField(db_index=True)
    after_observation = models.OneToOneField(Observation, models.PROTECT, related_name="coaching")
    coached_on = models.DateField(_("practised on"), default=timezone.localdate)
    note = models.TextField(_("what you practised"), max_length=1000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["recorded_at"]
        verbose_name = _("coaching")
        constraints = [
            models.CheckConstraint(condition=~Q(learner=F("recorded_by")), name="coaching_by_someone_else"),
        ]
