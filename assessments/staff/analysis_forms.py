"""The filters above item analysis and knowledge gain: only places of who looks."""

from datetime import date
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curriculum.models import ProgrammePage
from lms.core.models import Country
from lms.learning.models import Cohort
from lms.people.models import Role, Site, User
from lms.people.permissions import countries_for, sites_for

from ..analysis.gains import Wanted, modules_with_pre_test
from ..analysis.selection import Selection
from ..models.quiz import Purpose

FIRST_DAY = date(2000, 1, 1)
ROLES = (Role.TRAINER, Role.HR, Role.LEAD, Role.REVIEWER)


def countries_of(user: User) -> QuerySet[Country]:
    """Hers as a whole, and those of her sites."""
    whole = countries_for(user, *ROLES).values("pk")
    return Country.objects.filter(Q(pk__in=whole) | Q(pk__in=sites_for(user, *ROLES).values("country")))


def day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[MinValueValidator(FIRST_DAY)],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class PlacesForm(forms.Form):
    """Who and when."""

    country = forms.ModelChoiceField(Country.objects.none(), label=_("Country"), required=False, empty_label=_("All"))
    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=_("Cohort"), required=False, empty_label=_("All"))
    since = day(_("Handed in from"))
    as_of = day(_("As of"))

    def __init__(self, user: User, data):
        super().__init__(data)
        countries = countries_of(user)
        self.fields["country"].queryset = countries
        self.fields["cohort"].queryset = Cohort.objects.filter(country__in=countries)

    @property
    def chosen(self) -> dict:
        """What is filtered by. A value that cannot be read filters nothing; its field says so."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def last_day(self) -> date:
        return min(self.chosen.get("as_of", timezone.localdate()), timezone.localdate())

    @property
    def selection(self) -> Selection:
        chosen = self.chosen
        return Selection(self.last_day, chosen.get("since"), country=chosen.get("country"), cohort=chosen.get("cohort"))


class AnalysisForm(PlacesForm):
    tries = forms.ChoiceField(label=_("Attempts"), required=False, choices=[("", _("First ones")), ("all", _("All"))])
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    field_order = ["tries", "purpose", "country", "language", "cohort", "since", "as_of"]

    def __init__(self, user: User, data):
        super().__init__(user, data)
        short = [(value, label.split(":")[0]) for value, label in Purpose.choices]
        self.fields["purpose"].choices = [("", _("All")), *short]
        self.fields["language"].choices = [("", _("All")), *settings.LANGUAGES]

    @property
    def selection(self) -> Selection:
        chosen = self.chosen
        return Selection(
            self.last_day,
            chosen.get("since"),
            first_only=not chosen.get("tries"),
            purpose=chosen.get("purpose", ""),
            country=chosen.get("country"),
            language=chosen.get("language", ""),
            cohort=chosen.get("cohort"),
        )


class GainForm(PlacesForm):
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    module = forms.ChoiceField(label=_("Module"), required=False)
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False, empty_label=_("All"))

    field_order = ["programme", "module", "country", "site", "cohort", "since", "as_of"]

    def __init__(self, user: User, data):
        super().__init__(user, data)
        programmes = ProgrammePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("title")
        modules = [(str(module.key), module.title) for module in modules_with_pre_test()]
        self.fields["programme"].choices = [("", _("All")), *programmes.values_list("translation_key", "title")]
        self.fields["module"].choices = [("", _("All")), *modules]
        self.fields["site"].queryset = sites_for(user, *ROLES).select_related("country")

    @property
    def wanted(self) -> Wanted:
        chosen = self.chosen
        programme, module = (chosen.get(name) for name in ("programme", "module"))
        return Wanted(
            self.selection,
            UUID(str(programme)) if programme else None,
            UUID(module) if module else None,
            chosen.get("site"),
        )
