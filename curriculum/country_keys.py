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
    RETEST_POINTS = "hiv_retest_points", _("HIV tests again in pregnancy and breastfeeding")
    ANC_CONTACTS = "anc_contacts", _("Antenatal contacts")
    IMMUNISATION = "immunisation_schedule", _("Vaccine calendar")
    COTRIMOXAZOLE = "cotrimoxazole_policy", _("Co-trimoxazole for exposed babies")
    TPT = "tpt_regimen", _("TB preventive treatment")
    PREP = "prep_products", _("PrEP that is offered")
    REFILLS = "refill_interval", _("Months of tablets at one visit")
    VIRAL_LOAD_SUPPORT = "adherence_sessions", _("Adherence sessions after a high viral load")
    MOOD_QUESTIONS = "mood_questions", _("Questions about mood in use")
    REPORTING_LAW = "reporting_law", _("Who must report child abuse and rape")
    EMERGENCY_NUMBERS = "emergency_numbers", _("Emergency numbers")
    SUPPORT_SERVICES = "support_services", _("Services after violence, and for mental health")
