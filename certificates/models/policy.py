from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country


class CertificatePolicyQuerySet(models.QuerySet):
    def for_programme(self, programme_key, country: Country) -> "CertificatePolicy":
        """The country's own policy, else the programme's, else the defaults (not saved)."""
        found = {policy.country_id: policy for policy in self.filter(programme_key=programme_key)}
        return found.get(country.pk) or found.get(None) or self.model(programme_key=programme_key)


class CertificatePolicy(models.Model):
    """How one programme is certified in one country, or everywhere else: validity, confirmation, design, who signs."""

    class Design(models.TextChoices):
        HEM = "hem", _("Hem")
        LOOM = "loom", _("Loom")

    programme_key = models.UUIDField(_("programme"))
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    months_valid = models.PositiveSmallIntegerField(
        _("valid, months"), default=12, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    needs_confirmation = models.BooleanField(_("HR confirms before it is issued"), default=False)
    design = models.CharField(_("design"), max_length=10, choices=Design, default=Design.HEM)
    print_neutral_title = models.BooleanField(_("print the neutral title"), default=True)
    issuer = models.CharField(_("issuer"), max_length=60, default="Community Health Training")
    signatory_1 = models.CharField(_("first signatory"), max_length=60, blank=True)
    signatory_1_title = models.CharField(_("title"), max_length=60, blank=True)
    signatory_2 = models.CharField(_("second signatory"), max_length=60, blank=True)
    signatory_2_title = models.CharField(_("title"), max_length=60, blank=True)

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
    def signatories(self) -> list[dict]:
        pairs = ((self.signatory_1, self.signatory_1_title), (self.signatory_2, self.signatory_2_title))
        return [{"name": name, "title": title} for name, title in pairs if name]
