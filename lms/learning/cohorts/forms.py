"""A cohort’s form: only places, partners and trainers of who edits it."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from lms.people.models import Partner, Site

from ..intake import permissions, queries
from ..models import Cohort

FIXED = ("country", "programme_key")  # what its people’s enrolments rest on


class CohortForm(WagtailAdminModelForm):
    """A cohort, within the countries of the person who edits it."""

    programme_key = forms.ChoiceField(label=gettext_lazy("Programme"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        countries = permissions.cohort_countries_for(self.for_user)
        codes = list(countries.values_list("pk", flat=True))
        self.fields["country"].queryset = countries
        self.fields["programme_key"].choices = queries.programme_choices()
        self.fields["sites"].queryset = Site.objects.filter(_open_ones(self.instance), country__in=codes)
        self.fields["trainers"].queryset = queries.trainers(countries)
        anywhere = Q(countries=None) | Q(countries__in=codes)
        self.fields["partner"].queryset = Partner.objects.filter(anywhere).distinct()
        self.people = self.instance.enrolments.filter(closed_at=None).count() if self.instance.pk else 0
        for name in FIXED if self.people else ():
            self.fields[name].disabled = True

    def clean_capacity(self):
        capacity = self.cleaned_data["capacity"]
        if capacity is not None and capacity < self.people:
            raise forms.ValidationError(_("%(people)s people are in it already.") % {"people": self.people})
        return capacity

    def clean(self):
        cleaned = super().clean()
        country = cleaned.get("country")
        if country and any(site.country_id != country.pk for site in cleaned.get("sites") or ()):
            self.add_error("sites", _("A site is in another country."))
        trainers = cleaned.get("trainers")
        if country and trainers and trainers.exclude(pk__in=queries.trainers([country])).exists():
            self.add_error("trainers", _("A trainer is not posted in this country."))
        return cleaned


class ClosingForm(forms.Form):
    """What becomes of those who are not done."""

    reason = forms.CharField(
        max_length=120,
        required=False,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("With a reason, who is not done leaves the programme. Empty: they may go on, overdue."),
    )


def _open_ones(cohort: Cohort) -> Q:
    """Sites that are open, and those it has already."""
    return Q(closed_on=None) | Q(pk__in=cohort.sites.values("pk") if cohort.pk else [])
