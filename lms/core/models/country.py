from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _


class Task(models.TextChoices):
    """What a country may let its Mentor Mothers do. Off until the country's lead turns it on."""

    MALARIA_RDT = "malaria_rdt", _("Malaria rapid test")
    HIV_TEST = "hiv_test", _("HIV rapid test")
    GLUCOSE_TEST = "glucose_test", _("Blood sugar test")


class Country(models.Model):
    code = models.CharField(_("code"), max_length=2, primary_key=True, help_text=_("ISO 3166-1, two letters"))
    name = models.CharField(_("name"), max_length=60, unique=True)
    languages = models.JSONField(_("languages"), default=list, help_text=_("Codes, the first one is offered first"))
    dialling_code = models.CharField(_("dialling code"), max_length=4)
    malaria_rdt = models.BooleanField(Task.MALARIA_RDT.label, default=False)
    hiv_test = models.BooleanField(Task.HIV_TEST.label, default=False)
    glucose_test = models.BooleanField(Task.GLUCOSE_TEST.label, default=False)
    help_line = models.CharField(
        _("help line"), max_length=120, blank=True, help_text=_("Whom her people call when they are stuck. No names.")
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(20), help_text=_("No message is sent in these hours."))
    quiet_until = models.TimeField(_("quiet until"), default=time(7))
    sms_price = models.DecimalField(
        _("price of one SMS"), max_digits=7, decimal_places=4, null=True, blank=True, help_text=_("For estimates only.")
    )
    sms_currency = models.CharField(_("currency"), max_length=3, default="USD", help_text=_("ISO 4217, three letters"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self):
        return self.name

    def allows(self, task: str) -> bool:
        """Whether workers here may do this task; no task at all is always allowed."""
        return not task or getattr(self, Task(task).value)


def country_choices() -> list[tuple[str, str]]:
    """For form fields and blocks: read when the form is drawn, never at import."""
    return list(Country.objects.values_list("code", "name"))
