from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country


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

    class Meta:
        verbose_name = _("certificate policy")
        verbose_name_plural = _("certificate policies")
        constraints = [
            models.UniqueConstraint(
                fields=["programme_key", "country"], name="certificate_policy_one_per_programme_and_country",
                nulls_distinct=False,
            )
        ]
