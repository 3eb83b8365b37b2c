"""The two forms of a face-to-face day: the day itself, and who was there."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Attendance, Day, Enrolment

State = Attendance.State


class DayForm(forms.ModelForm):
    class Meta:
        model = Day
        fields = ["on", "topic", "site"]
        widgets = {"on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
        labels = {"on": gettext_lazy("day")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = self.instance.cohort.sites.select_related("country")
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def clean_on(self):
        on, cohort = self.cleaned_data["on"], self.instance.cohort
        if on < cohort.starts_on or (cohort.ends_on and on > cohort.ends_on):
            raise forms.ValidationError(_("The cohort runs %(days)s.") % {"days": _span(cohort)})
        return on


class AttendanceForm(forms.Form):
    """One field a person, under her staff number; none has to be filled. `all_there` fills those that are empty."""

    seen = forms.DateTimeField(required=False)
    all_there = forms.BooleanField(required=False)

    def __init__(self, rows: Iterable[Enrolment], data):
        super().__init__(data)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[row.person.staff_number] = forms.ChoiceField(choices=State.choices, required=False)

    @property
    def states(self) -> dict[UUID, str]:
        """A person’s key → what was chosen for her. Who joined after the day is there only if somebody says so."""
        rest = State.THERE if self.cleaned_data["all_there"] else ""
        chosen = {
            row.person_id: self.cleaned_data[row.person.staff_number] or (rest if not row.joined_later else "")
            for row in self.rows
        }
        return {person: state for person, state in chosen.items() if state}


def _span(cohort) -> str:
    first = date_format(cohort.starts_on, "j F Y")
    if not cohort.ends_on:
        return _("from %(first)s") % {"first": first}
    return _("from %(first)s to %(last)s") % {"first": first, "last": date_format(cohort.ends_on, "j F Y")}
