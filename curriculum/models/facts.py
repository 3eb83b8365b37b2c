from django.conf import settings
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin
from wagtail.search import index

from lms.core.models import Country

from ..country_keys import CountryKey


class Fact(RevisionMixin, index.Indexed, models.Model):
    """One clinical statement with its source. Lessons and questions cite it; learners never read it as it stands."""

    class Status(models.TextChoices):
        VERIFIED = "verified", _("Seen in the source")
        PARTLY = "partly", _("Seen in part")
        MEMORY = "memory", _("From memory of the source")
        ASSUMPTION = "assumption", _("Our own good practice")
        UNSURE = "unsure", _("Unsure: do not use")

    code = models.SlugField(
        _("code"), max_length=40, unique=True, help_text=_("Short and kept for good, such as tb-f7: cards cite it")
    )
    statement = models.TextField(
        _("statement"), help_text=_("One sentence that is true or not. A card says it again in plain words.")
    )
    source = models.TextField(
        _("source"),
        help_text=_("Who says so and where, such as: WHO consolidated guidelines on tuberculosis, module 2"),
    )
    as_of = models.PositiveSmallIntegerField(_("as of"), help_text=_("The year of the source"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.MEMORY)
    note = models.CharField(_("note"), max_length=250, blank=True, help_text=_("What was seen and what was not"))
    varies_by_country = models.BooleanField(_("varies by country"), default=False)
    safety_critical = models.BooleanField(
        _("safety-critical"), default=False, help_text=_("A wrong version could harm a client")
    )

    search_fields = [
        index.SearchField("code"),
        index.AutocompleteField("code"),
        index.SearchField("statement"),
        index.AutocompleteField("statement"),
        index.FilterField("code"),
        index.FilterField("as_of"),
        index.FilterField("status"),
        index.FilterField("varies_by_country"),
        index.FilterField("safety_critical"),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = _("fact")
        verbose_name_plural = _("facts")

    def __str__(self):
        return f"{self.code}: {Truncator(self.statement).chars(100)}"


class CountryValueQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_on=None).exclude(value="")


class CountryValue(models.Model):
    """What one country's guideline says for one key. Learners see it only once the country's lead has confirmed it."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="values", verbose_name=_("country"))
    key = models.CharField(_("what"), max_length=40, choices=CountryKey)
    language = models.CharField(_("language"), max_length=5, default="en", choices=settings.LANGUAGES)
    value = models.CharField(
        _("value"),
        max_length=250,
        blank=True,
        help_text=_("As a learner reads it, such as: at 6 weeks, 6 months and 18 months"),
    )
    note = models.CharField(
        _("note"), max_length=250, blank=True, help_text=_("Where the value comes from: guideline, page, year")
    )
    confirmed_on = models.DateField(
        _("confirmed by the country’s lead on"),
        null=True,
        blank=True,
        help_text=_("Empty: learners read “Follow your country’s guideline” instead of the value."),
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = CountryValueQuerySet.as_manager()

    class Meta:
        ordering = ["country", "key", "language"]
        verbose_name = _("country value")
        verbose_name_plural = _("country values")
        permissions = [("confirm_countryvalue", "Can confirm the values of her country")]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "key", "language"], name="country_value_one_per_key_and_language"
            )
        ]

    def __str__(self):
        return f"{self.country}: {self.get_key_display()}"
