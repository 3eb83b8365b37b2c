import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country
from lms.people.models import Site


class Cohort(models.Model):
    """People who start a programme together."""

    name = models.CharField(_("name"), max_length=80)
    country = models.ForeignKey(Country, models.PROTECT, related_name="cohorts", verbose_name=_("country"))
    programme_key = models.UUIDField(_("programme"))
    sites = models.ManyToManyField(Site, related_name="cohorts", verbose_name=_("sites"))
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="cohorts_trained", verbose_name=_("trainers")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

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


class Intake(models.Model):
    """A spreadsheet of recruits: what was read is kept until it is committed, so a second press changes nothing."""

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
    rows = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, related_name="intakes")
    committed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("intake")
