"""The filters above the report on people: only places of who looks."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from lms.learning.models import Cohort, Enrolment

from . import permissions, queries
from .states import State


def _countries(request):
    return permissions.countries_reported_to(request.user)


def _sites(request):
    return permissions.sites_reported_to(request.user).select_related("country")


def _cohorts(request):
    return Cohort.objects.filter(country__in=permissions.countries_reported_to(request.user))


class PeopleFilterSet(WagtailFilterSet):
    country = django_filters.ModelChoiceFilter(label=_("Country"), field_name="person__country", queryset=_countries)
    site = django_filters.ModelChoiceFilter(label=_("Site"), method="at_site", queryset=_sites)
    cohort = django_filters.ModelChoiceFilter(label=_("Cohort"), queryset=_cohorts)
    programme_key = django_filters.ChoiceFilter(label=_("Programme"), choices=queries.programme_choices)
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=State.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Enrolment
        fields: list = []

    def at_site(self, rows, name, site):
        return rows.filter(site_key=site.pk)
