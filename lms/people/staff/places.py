"""Sites, partners and countries."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn

from lms.core.models import Country

from ..models import Partner, Site
from ..permissions import KEEP_RECORDS, countries_for
from .viewset import OwnIndexView, OwnRowsViewSet


class SiteForm(WagtailAdminModelForm):
    """Offers the countries whose records one keeps."""

    class Meta:
        model = Site
        fields = ["code", "name", "country", "kind", "district"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = countries_for(self.for_user, *KEEP_RECORDS)


class SiteIndexView(OwnIndexView):
    related = ("country",)


class SiteViewSet(OwnRowsViewSet):
    model = Site
    name = "staff_sites"
    url_prefix = "sites-and-clinics"
    menu_label = _("Sites")
    icon = "home"
    index_view_class = SiteIndexView
    list_display = ["name", "code", "country", "kind", "district"]
    list_filter = ["country", "kind"]
    search_fields = ["name", "code", "district"]

    def get_form_class(self, for_update=False):
        return SiteForm


class PartnerViewSet(OwnRowsViewSet):
    model = Partner
    name = "staff_partners"
    url_prefix = "partners"
    icon = "group"
    form_fields = ["name"]
    list_display = ["name"]
    search_fields = ["name"]


class CountryViewSet(OwnRowsViewSet):
    """What a country lets its workers do: switched by its lead."""

    model = Country
    name = "staff_countries"
    url_prefix = "countries"
    icon = "globe"
    form_fields = ["malaria_rdt", "hiv_test", "glucose_test"]
    list_display = [
        "name",
        *(BooleanColumn(name, label=Country._meta.get_field(name).verbose_name) for name in form_fields),
    ]
