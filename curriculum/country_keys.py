"""What national guidelines decide: the keys of the country table, for its rows and for the cards that show them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CountryKey(models.TextChoices):
    INFANT_TESTS = "infant_tests", _("Tests for exposed babies")
    INFANT_PROPHYLAXIS = "infant_prophylaxis", _("Protective medicine for exposed babies")
    HIV_TESTS = "hiv_tests_to_diagnose", _("HIV tests needed for a diagnosis")
    IPTP = "iptp_sp_used", _("SP in pregnancy")
    CERVICAL = "cervical_screen_start_hiv", _("Cervical screening for women with HIV starts at")
    CONSENT_AGE = "hiv_testing_consent_age", _("Age to consent to an HIV test")
