"""The forms of an intake: the upload, and which column holds what."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.core.models import Country
from lms.people.models import User

from ..models import Cohort, Intake
from . import permissions, queries
from .columns import COLUMNS, LABELS, REQUIRED
from .matching import SheetColumn, guess, matched_rows
from .reading import MAX_BYTES, FileRefused, read


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
        self.fields["site"].queryset = permissions.sites_for(user).open().select_related("country")
        self.fields["site"].required = True
        self.fields["programme_key"].choices = queries.programme_choices()
        if len(countries) == 1:
            self.initial.setdefault("country", countries[0])
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def clean_file(self):
        """Rows are read at once where every heading is known; else somebody matches the columns first."""
        try:
            lines = read(self.cleaned_data["file"].read(MAX_BYTES + 1))
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal), code=type(refusal).__name__) from refusal
        guessed = guess(lines)
        self.instance.lines, self.instance.columns = lines, {str(at): key for at, key in guessed.columns.items()}
        if guessed.is_certain:
            self.instance.rows = [row.as_dict() for row in matched_rows(lines, guessed.columns)]

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


class ColumnsForm(forms.Form):
    """Which of our fields each column of the sheet holds. `cleaned_data["columns"]`: its number → our key."""

    def __init__(self, columns: list[SheetColumn], chosen: dict[str, str], data=None):
        super().__init__(data)
        self.columns = columns
        fields = [(column.key, capfirst(column.label)) for column in COLUMNS]
        for column in columns:
            self.fields[self._name(column)] = forms.ChoiceField(
                choices=[("", _("Leave out")), *fields],
                initial=chosen.get(str(column.at), ""),
                required=False,
                label=column.heading or _("(no heading)"),
            )

    def clean(self):
        chosen = {column.at: key for column in self.columns if (key := self.cleaned_data.get(self._name(column)))}
        keys = list(chosen.values())
        if missing := [key for key in REQUIRED if key not in keys]:
            raise forms.ValidationError(_("No column is set for: %(fields)s.") % {"fields": _listed(missing)})
        if doubled := {key for key in keys if keys.count(key) > 1}:
            raise forms.ValidationError(_("Set twice: %(fields)s. Leave one out.") % {"fields": _listed(doubled)})
        return {"columns": chosen}

    def rows(self):
        """Column and its bound field, for the table."""
        return [(column, self[self._name(column)]) for column in self.columns]

    @staticmethod
    def _name(column: SheetColumn) -> str:
        return f"column-{column.at}"


def _listed(keys) -> str:
    return ", ".join(str(LABELS[key]) for key in keys)
