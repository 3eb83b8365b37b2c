import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country
from lms.people.models import Partner, Site


class Cohort(models.Model):
    """People who start a programme together."""

    name = models.CharField(_("name"), max_length=80)
    country = models.ForeignKey(Country, models.PROTECT, related_name="cohorts", verbose_name=_("country"))
    programme_key = models.UUIDField(_("programme"))
    sites = models.ManyToManyField(Site, related_name="cohorts", verbose_name=_("sites"))
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="cohorts_trained", verbose_name=_("trainers")
    )
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, verbose_name=_("partner"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("to"), null=True, blank=True, help_text=_("Who is not done by then is listed as overdue.")
    )
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit."))

    class Meta:
        ordering = ["-starts_on", "name"]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.UniqueConstraint(fields=["country", "name"], name="cohort_name_once_per_country"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return self.name


class Day(models.Model):
    """A face-to-face day of a cohort."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="days")
    on = models.DateField(_("day"))
    topic = models.CharField(_("topic"), max_length=120)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site"))

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("face-to-face day")
        verbose_name_plural = _("face-to-face days")
        constraints = [models.UniqueConstraint(fields=["cohort", "on", "topic"], name="day_once_per_cohort")]

    def __str__(self):
        return self.topic


class Attendance(models.Model):
    """Whether a person of the cohort was there."""

    class State(models.TextChoices):
        THERE = "there", _("There")
        PART = "part", _("Part of the day")
        EXCUSED = "excused", _("Excused")
        ABSENT = "absent", _("Not there")

    day = models.ForeignKey(Day, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances")
    state = models.CharField(_("there?"), max_length=8, choices=State)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "person"], name="attendance_once_per_day")]


class Intake(models.Model):
    """A spreadsheet of recruits: what was read is kept until it is committed, so a second press changes nothing.

    `lines` are the cells as they were read, the heading first, until the columns are matched; `rows` the matched ones.
    `decisions` says what to do with a row that may be somebody known: line → «new», «skip» or the known person's key.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("To look over")
        WAITING = "waiting", _("Waiting to be carried out")
        RUNNING = "running", _("Being carried out")
        DONE = "done", _("Done")
        FAILED = "failed", _("Not carried out")
        UNDONE = "undone", _("Undone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    cohort_name = models.CharField(_("cohort"), max_length=80)
    programme_key = models.UUIDField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    done_before = models.BooleanField(
        _("What comes before was done elsewhere"),
        default=False,
        help_text=_("Tick it only if you have seen their papers: the programme comes after another one."),
    )
    lines = models.JSONField(default=list)
    columns = models.JSONField(default=dict, help_text="Number of a column of the sheet → our key")
    rows = models.JSONField(default=list)
    decisions = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    done_count = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=250, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, related_name="intakes")
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("intake")
