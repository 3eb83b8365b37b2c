"""Sites, partners and countries."""

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from lms.core.models import Country

from ..models import Partner, Site
from ..permissions import KEEP_RECORDS, countries_for
from .viewset import OwnIndexView, OwnRowsViewSet

TASKS = ("malaria_rdt", "hiv_test", "glucose_test")


class SiteForm(WagtailAdminModelForm):
    """Offers the countries whose records one keeps."""

    class Meta:
        model = Site
        fields = ["code", "name", "country", "kind", "district", "closed_on"]
        widgets = {"closed_on": AdminDateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = countries_for(self.for_user, *KEEP_RECORDS)


class SiteFilterSet(WagtailFilterSet):
    country = django_filters.ModelChoiceFilter(queryset=None, label=_("Country"))

    class Meta:
        model = Site
        fields = ["country", "kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["country"].queryset = countries_for(self.request.user, *KEEP_RECORDS)


class SiteIndexView(OwnIndexView):
    related = ("country",)


class SiteViewSet(OwnRowsViewSet):
    model = Site
    name = "staff_sites"
    url_prefix = "sites-and-clinics"
    menu_label = _("Sites")
    icon = "home"
    index_view_class = SiteIndexView
    filterset_class = SiteFilterSet
    list_display = ["name", "code", "country", "kind", "district", DateColumn("closed_on", label=_("Closed"))]
    search_fields = ["name", "code", "district"]

    def get_form_class(self, for_update=False):
        return SiteForm


class PartnerForm(WagtailAdminModelForm):
    """Who keeps records in some countries adds and takes away those only."""

    class Meta:
        model = Partner
        fields = ["name", "countries"]
        widgets = {"countries": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["countries"].queryset = countries_for(self.for_user, *KEEP_RECORDS)

    def clean_countries(self):
        chosen = list(self.cleaned_data["countries"])
        held = self.instance.countries.exclude(pk__in=self.fields["countries"].queryset) if self.instance.pk else ()
        return [*chosen, *held]


class PartnerViewSet(OwnRowsViewSet):
    model = Partner
    name = "staff_partners"
    url_prefix = "partners"
    icon = "group"
    list_display = ["name"]
    search_fields = ["name"]

    def get_form_class(self, for_update=False):
        return PartnerForm


class CountryForm(WagtailAdminModelForm):
    """What a country speaks, what it lets its workers do, and when its people may be written to."""

    first_language = forms.ChoiceField(label=_("First language"), choices=settings.LANGUAGES)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Country
        fields = [
            "first_language",
            "languages",
            *TASKS,
            "help_line",
            "quiet_from",
            "quiet_until",
            "sms_price",
            "sms_currency",
        ]
        widgets = {"quiet_from": AdminTimeInput, "quiet_until": AdminTimeInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_language"].initial = next(iter(self.instance.languages), None)

    def clean(self):
        """The first language stands first, whether its box is ticked or not."""
        data = super().clean()
        first, others = data.get("first_language"), data.get("languages") or []
        data["languages"] = [first, *(code for code in others if code != first)] if first else others
        return data

    def clean_sms_currency(self):
        code = self.cleaned_data["sms_currency"].upper()
        if len(code) != 3 or not code.isalpha():
            raise forms.ValidationError(_("Three letters, such as KES."))
        return code


def _languages(country: Country) -> str:
    names = dict(settings.LANGUAGES)
    return ", ".join(str(names.get(code, code)) for code in country.languages)


class CountryViewSet(OwnRowsViewSet):
    """What a country lets its workers do: switched by its lead."""

    model = Country
    name = "staff_countries"
    url_prefix = "countries"
    icon = "globe"
    list_display = [
        "name",
        Column("languages", label=_("Languages"), accessor=_languages),
        *(BooleanColumn(name, label=Country._meta.get_field(name).verbose_name) for name in TASKS),
    ]

    def get_form_class(self, for_update=False):
        return CountryForm
