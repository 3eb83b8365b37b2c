"""The two forms of an intake: the upload, and one row of the sheet."""

import unicodedata

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from lms.core.models import Country
from lms.core.sheets import normalise
from lms.people.models import Site, User

from ..models import Cohort, Intake
from . import permissions, queries
from .columns import COLUMNS
from .reading import MAX_BYTES, FileRefused, RawRow, read

FORMULA_STARTS = ("=", "+", "-", "@")
YOUNGEST, OLDEST = 16, 80
SEXES = {"f": "f", "female": "f", "woman": "f", "m": "m", "male": "m", "man": "m"}


class IntakeForm(forms.ModelForm):
    """What is the same for all recruits of a file, and the file."""

    programme_key = forms.ChoiceField(label=gettext_lazy("programme"))
    file = forms.FileField(
        label=gettext_lazy("spreadsheet"),
        allow_empty_file=True,
        help_text=gettext_lazy("CSV or XLSX, at most 2,000 rows and 2 MB. The first row holds the headings."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    class Meta:
        model = Intake
        fields = ["country", "cohort_name", "programme_key", "done_before", "site", "starts_on"]
        labels = {
            "country": gettext_lazy("country"),
            "site": gettext_lazy("site"),
            "starts_on": gettext_lazy("starts on"),
        }
        help_texts = {"site": gettext_lazy("For every row that has no site code of its own.")}
        widgets = {"starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.uploaded_by = user
        countries = permissions.countries_for(user)
        self.fields["country"].queryset = countries
        self.fields["site"].queryset = permissions.sites_for(user).select_related("country")
        self.fields["site"].required = True
        self.fields["programme_key"].choices = queries.programme_choices()
        if len(countries) == 1:
            self.initial.setdefault("country", countries[0])
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def clean_file(self):
        try:
            self.instance.rows = [row.as_dict() for row in read(self.cleaned_data["file"].read(MAX_BYTES + 1))]
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal), code=type(refusal).__name__) from refusal

    def clean(self):
        cleaned = super().clean()
        country, site = cleaned.get("country"), cleaned.get("site")
        if country and site and site.country_id != country.pk:
            self.add_error("site", _("This site is in another country."))
        cohort = Cohort.objects.filter(country=country, name=cleaned.get("cohort_name")).first()
        if cohort and cleaned.get("programme_key") not in (None, str(cohort.programme_key)):
            self.add_error("cohort_name", _("There is a cohort of this name already, with another programme."))
        if country and cleaned.get("programme_key"):
            self._check_programme(country, cleaned["programme_key"], cleaned.get("done_before"))
        return cleaned

    def _check_programme(self, country: Country, key: str, done_before: bool) -> None:
        programme = queries.programmes().get(translation_key=key)
        if not programme.rows_for(country):
            self.add_error("programme_key", _("It asks for nothing in %(country)s.") % {"country": country.name})
        elif (firsts := programme.comes_after()) and not done_before:
            words = _("It comes after %(titles)s. Tick the box below if they did that elsewhere, or choose another.")
            self.add_error("programme_key", words % {"titles": ", ".join(first.programme.title for first in firsts)})


class RecruitForm(forms.Form):
    """One row. `sites` are the sites where the sender may take in, by code in small letters."""

    given_names = forms.CharField(max_length=80)
    family_name = forms.CharField(max_length=60)
    site = forms.CharField(required=False)
    phone = forms.CharField(required=False)
    language = forms.CharField(required=False)
    sex = forms.CharField(required=False)
    birth_year = forms.IntegerField(required=False)
    email = forms.EmailField(max_length=254, required=False)
    hr_number = forms.CharField(max_length=30, required=False)
    job = forms.CharField(max_length=60, required=False)

    def __init__(self, row: RawRow, *, country: Country, site: Site, sites: dict[str, Site]):
        super().__init__({key: _tidy(value) for key, value in row.values.items()})
        self.country, self.site, self.sites, self.spilled = country, site, sites, row.spilled
        for column in COLUMNS:
            self.fields[column.key].label = column.label
            self.fields[column.key].error_messages["required"] = _("The cell is empty.")

    def clean(self):
        if self.spilled:
            self.add_error(None, _("More cells than headings. Is there a separator inside a name?"))
        for key, value in self.data.items():
            if value.startswith(FORMULA_STARTS) and not (key == "phone" and value.startswith("+")):
                self._errors.pop(key, None)
                self.add_error(
                    key, _("Starts with «%(sign)s» like a formula. Type the value itself.") % {"sign": value[0]}
                )

    def clean_given_names(self):
        return _name(self.cleaned_data["given_names"])

    def clean_family_name(self):
        return _name(self.cleaned_data["family_name"])

    def clean_site(self):
        code = self.cleaned_data["site"]
        if not code:
            return self.site
        site = self.sites.get(code.lower())
        if not site or site.country_id != self.country.pk:
            raise forms.ValidationError(_("«%(code)s» is not a site where you take in recruits.") % {"code": code})
        return site

    def clean_phone(self):
        text = self.cleaned_data["phone"]
        if not text:
            return ""
        wrong = _("Not a phone number. One from another country starts with +.")
        field = PhoneNumberField(region=self.country.code, error_messages={"invalid": wrong})
        if text.isdigit() and text.startswith(self.country.dialling_code.lstrip("+")):
            text = f"+{text}"  # a spreadsheet took the plus away
        return field.clean(text)

    def clean_language(self):
        text = normalise(self.cleaned_data["language"])
        if not text:
            return _first_language(self.country)
        known = {normalise(word): code for code, label in settings.LANGUAGES for word in (code, str(label))}
        if text not in known:
            names = ", ".join(code for code, label in settings.LANGUAGES)
            raise forms.ValidationError(_("Not a language of this site. Use one of: %(codes)s.") % {"codes": names})
        return known[text]

    def clean_sex(self):
        text = normalise(self.cleaned_data["sex"])
        if text and text not in SEXES:
            raise forms.ValidationError(_("Use f or m, or leave it empty."))
        return SEXES.get(text, "")

    def clean_birth_year(self):
        year, now = self.cleaned_data["birth_year"], timezone.localdate().year
        if year and not now - OLDEST <= year <= now - YOUNGEST:
            between = {"first": now - OLDEST, "last": now - YOUNGEST}
            raise forms.ValidationError(_("A year between %(first)d and %(last)d.") % between)
        return year


def _tidy(text: str) -> str:
    """One way to write each letter, single spaces, no line breaks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _name(text: str) -> str:
    strange = any(letter in "<>{}[]|\\" or not letter.isprintable() for letter in text)
    if strange or not any(letter.isalpha() for letter in text):
        raise forms.ValidationError(_("This is not a name."))
    return text


def _first_language(country: Country) -> str:
    offered = dict(settings.LANGUAGES)
    return next((code for code in country.languages if code in offered), settings.LANGUAGE_CODE)
