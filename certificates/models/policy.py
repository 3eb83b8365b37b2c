from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country

from .design import CertificateDesign


class CertificatePolicyQuerySet(models.QuerySet):
    def for_programme(self, programme_key, country: Country) -> "CertificatePolicy":
        """The country's own policy, else the programme's, else the defaults (not saved)."""
        found = {policy.country_id: policy for policy in self.filter(programme_key=programme_key)}
        return found.get(country.pk) or found.get(None) or self.model(programme_key=programme_key)


class CertificatePolicy(models.Model):
    """How one programme is certified in one country, or everywhere else: validity, renewal, confirmation, look."""

    programme_key = models.UUIDField(_("programme"))
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    months_valid = models.PositiveSmallIntegerField(
        _("valid, months"), default=12, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    renewal_days = models.PositiveSmallIntegerField(
        _("renewal opens, days before"), default=90, validators=[MaxValueValidator(366)]
    )
    grace_days = models.PositiveSmallIntegerField(
        _("may still be renewed, days after"),
        default=60,
        validators=[MaxValueValidator(366)],
        help_text=_("After that the whole programme has to be done again."),
    )
    refresher_key = models.UUIDField(
        _("renewed by"),
        null=True,
        blank=True,
        help_text=_("The refresher that renews it. Empty: the whole programme again."),
    )
    needs_confirmation = models.BooleanField(_("HR confirms before it is issued"), default=False)
    design = models.ForeignKey(
        CertificateDesign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="policies",
        verbose_name=_("design"),
        help_text=_("Empty: «Hem» as it was shipped."),
    )
    issuer = models.CharField(_("issuer"), max_length=60, default="Community Health Training")

    objects = CertificatePolicyQuerySet.as_manager()

    class Meta:
        ordering = ["programme_key", "country"]
        verbose_name = _("certificate policy")
        verbose_name_plural = _("certificate policies")
        constraints = [
            models.UniqueConstraint(
                fields=["programme_key", "country"], name="certificate_policy_one_per_programme_and_country"
            ),
            models.UniqueConstraint(
                fields=["programme_key"],
                condition=models.Q(country=None),
                name="certificate_policy_one_for_everywhere_else",
            ),
        ]

    @property
    def look(self) -> CertificateDesign:
        """The design as it is live; «Hem» as shipped where none is chosen, or it was taken down."""
        return self.design if self.design and self.design.live else CertificateDesign()
