"""What is looked at: the filters above every report, offering only places of who looks."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lms.learning.models import Cohort
from lms.people.models import User

from . import permissions, queries

FIRST_DAY = date(2000, 1, 1)
NONE = "none"
NARROWING = ("programme", "country", "site", "cohort", "job")


def not_later_than_today(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("Choose today or a day before."))


class ChoosingForm(forms.Form):
    """Every value is optional. One that cannot be read filters nothing, and its field says so."""

    programme = forms.ChoiceField(label=_("Programme"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    site = forms.ChoiceField(label=_("Site"), required=False)
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    on = forms.DateField(
        label=_("As of"),
        required=False,
        validators=[MinValueValidator(FIRST_DAY), not_later_than_today],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, user: User, data):
        super().__init__(data)
        self.user = user
        countries = permissions.countries_reported_to(user)
        sites = permissions.sites_reported_to(user)
        cohorts = Cohort.objects.filter(country__in=countries)
        if country := data.get("country"):
            sites, cohorts = sites.filter(country=country), cohorts.filter(country=country)
        self._offer("programme", queries.programme_choices())
        self._offer("country", countries.values_list("code", "name"))
        self._offer("site", sites.values_list("pk", "name"), (NONE, _("No site")))
        called = cohorts.values_list("pk", "name", "country_id")
        self._offer("cohort", ((key, f"{name} · {code}") for key, name, code in called), (NONE, _("No cohort")))
        self.places = tuple(self.named("country")), tuple(self.named("site"))

    def _offer(self, name: str, choices, *more) -> None:
        self.fields[name].choices = [("", _("All")), *((str(key), label) for key, label in choices), *more]

    def named(self, level: str) -> dict[str, str]:
        """What its values are called."""
        return dict(getattr(self.fields[level], "choices", [])[1:])

    @cached_property
    def chosen(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def scope(self) -> tuple:
        """Whose people, at which places: what numbers depend on beside the choice."""
        return self.user.pk, timezone.localdate(), timezone.get_current_timezone_name(), self.places

    def query(self, **more: str) -> str:
        """What is chosen as an address, and more."""
        chosen = {name: self.data[name] for name in self.fields if name in self.chosen}
        return urlencode(chosen | more)

    @property
    def narrowed(self) -> list[tuple[str, str]]:
        """Label and value of what narrows the people."""
        places = [name for name in NARROWING if name in self.chosen]
        return [
            (self.fields[name].label, self.named(name).get(self.chosen[name], self.chosen[name])) for name in places
        ]

    @property
    def day(self) -> date:
        return self.chosen.get("on") or timezone.localdate()

    @property
    def programme_key(self) -> UUID | None:
        return UUID(self.chosen["programme"]) if "programme" in self.chosen else None

    @property
    def at(self) -> dict:
        """The places chosen, as the database keeps them; None where «none» was chosen."""
        read = {"country": str, "site": int, "cohort": int}
        chosen = {level: self.chosen[level] for level in read if level in self.chosen}
        return {level: None if value == NONE else read[level](value) for level, value in chosen.items()}
