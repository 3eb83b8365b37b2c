import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country

from .cohort import Cohort
from .credit import Credit


class EnrolmentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(completed_at=None, closed_at=None)


class Enrolment(models.Model):
    """One person in one cycle of a programme, with its own requirement rows: editing the programme leaves it alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments", verbose_name=_("person")
    )
    programme_key = models.UUIDField(_("programme"), db_index=True)
    programme_code = models.SlugField(max_length=30)
    programme_version = models.PositiveSmallIntegerField()
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, blank=True, related_name="enrolments")
    cycle = models.PositiveSmallIntegerField(default=1)
    refresher_key = models.UUIDField(null=True, blank=True, help_text="Of a renewal: the refresher it asks for")
    opened_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True, help_text="Else the last day of the cohort")
    required_count = models.PositiveSmallIntegerField(default=0)
    done_count = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True, help_text="First card looked at or first unit completed")
    half_at = models.DateTimeField(null=True, blank=True, help_text="Half of what is required was done")
    theory_at = models.DateTimeField(null=True, blank=True, help_text="All required lessons and quizzes were done")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["person", "programme_key", "cycle"], name="enrolment_once_per_cycle"),
            models.CheckConstraint(
                condition=Q(done_count__lte=F("required_count")), name="enrolment_done_within_required"
            ),
        ]

    def __str__(self):
        return f"{self.programme_code} · {self.cycle}"


class Completion(models.Model):
    """A unit completed once per person and cycle. `detail` is what a certificate needs to say about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="completions")
    unit_key = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10)
    cycle = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=5)
    revision_id = models.PositiveBigIntegerField(null=True, help_text="The live revision she completed, if it had one")
    detail = models.JSONField(default=dict)
    credit = models.ForeignKey(
        Credit, models.PROTECT, null=True, blank=True, related_name="completions", help_text="Trained before, elsewhere"
    )
    completed_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateField()
    flagged_at = models.DateTimeField(null=True, blank=True)
    flagged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    flag_reason = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["completed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit_key", "cycle"], condition=Q(flagged_at=None), name="completion_once_per_cycle"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "unit_key"], condition=Q(flagged_at__isnull=False), name="completion_flagged"
            )
        ]


class Requirement(models.Model):
    """One unit that one enrolment asks for. `opens_after` holds keys of units or modules that come first."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="requirements")
    unit_key = models.UUIDField(db_index=True)
    module_key = models.UUIDField(null=True)
    kind = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    required = models.BooleanField(default=True)
    opens_after = models.JSONField(default=list)
    completion = models.ForeignKey(Completion, models.SET_NULL, null=True, related_name="requirements")
    completed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "unit_key"], name="requirement_once_per_enrolment"),
            models.UniqueConstraint(fields=["enrolment", "position"], name="requirement_one_per_position"),
        ]


class Place(models.Model):
    """The card a person last looked at in a lesson."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="places")
    unit_key = models.UUIDField()
    card = models.CharField(max_length=36)
    position = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "unit_key"], name="place_one_per_unit"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=F("of")), name="place_within_lesson"),
        ]
