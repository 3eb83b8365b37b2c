from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.core.models import Country


class SiteQuerySet(models.QuerySet):
    def open(self):
        """Where people may be posted and taken in today."""
        return self.filter(models.Q(closed_on=None) | models.Q(closed_on__gt=timezone.localdate()))


class Site(models.Model):
    class Kind(models.TextChoices):
        FACILITY = "facility", pgettext_lazy("kind of site", "Facility")
        COMMUNITY = "community", _("Community")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    country = models.ForeignKey(Country, models.PROTECT, related_name="sites", verbose_name=_("country"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FACILITY)
    district = models.CharField(_("district"), max_length=80, blank=True)
    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("Nobody is posted or taken in there afterwards.")
    )

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["country", "name"]
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def __str__(self):
        return f"{self.name} ({self.code})"


class Partner(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    countries = models.ManyToManyField(
        Country, blank=True, related_name="partners", verbose_name=_("countries"), help_text=_("None: in all of them.")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self):
        return self.name
