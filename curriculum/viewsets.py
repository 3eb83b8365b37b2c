"""Country values as staff see them in the menu."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from .forms import CountryValueForm
from .models import CountryValue
from .permissions import may_write_value


class CountryValueFilters(WagtailFilterSet):
    class Meta:
        model = CountryValue
        fields = {"country": ["exact"], "key": ["exact"], "language": ["exact"], "confirmed_on": ["isnull"]}


class ConfirmedColumn(Column):
    def get_value(self, instance):
        return date_format(instance.confirmed_on) if instance.confirmed_on else _("Not yet")


class EditCountryValue(EditView):
    def get_object(self, queryset=None):
        value = super().get_object(queryset)
        if not may_write_value(self.request.user, value.country_id):
            raise PermissionDenied
        return value


class CountryValueList(IndexView):
    """For finding one; a whole country is written in its table."""

    @cached_property
    def header_buttons(self):
        buttons = list(super().header_buttons)
        if self.request.user.has_perm("curriculum.change_countryvalue"):
            tables = HeaderButton(_("Tables of countries"), url=reverse("country_values:overview"), icon_name="table")
            buttons.append(tables)
        return buttons


class CountryValueViewSet(SnippetViewSet):
    model = CountryValue
    index_view_class = CountryValueList
    icon = "globe"
    menu_label = _("Country values")
    menu_name = "country-values"
    menu_order = 208
    add_to_admin_menu = True
    copy_view_enabled = False
    edit_view_class = EditCountryValue
    inspect_view_enabled = True
    list_per_page = 50
    list_display = [
        "__str__",
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("value", label=_("Value")),
        ConfirmedColumn("confirmed_on", label=_("Confirmed"), sort_key="confirmed_on"),
    ]
    search_fields = ["value", "note"]
    search_backend_name = None
    filterset_class = CountryValueFilters
    ordering = ["country__name", "key", "language"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("country"), FieldPanel("key"), FieldPanel("language")]),
            FieldPanel("value"),
            FieldPanel("note"),
            FieldPanel("confirmed_on"),
        ],
        base_form_class=CountryValueForm,
    )

    def get_queryset(self, request):
        return CountryValue.objects.select_related("country")
