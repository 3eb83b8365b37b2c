"""Facts and country values as staff see them in the menu."""

from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from lms.core.natural import natural

from .forms import CountryValueForm
from .models import CountryValue, Fact
from .permissions import may_write_value


class StatementColumn(Column):
    """The statement in full: a list of facts is for reading."""

    def get_value(self, instance):
        return format_html("<div>{}</div><small>{}</small>", instance.statement, instance.source)


class MarksColumn(Column):
    """In words, and only what is so."""

    def get_value(self, instance):
        marks = [name for name in ("safety_critical", "varies_by_country") if getattr(instance, name)]
        rows = ((capfirst(Fact._meta.get_field(name).verbose_name),) for name in marks)
        return format_html_join("", "<div>{}</div>", rows)


class ChooseFactColumns:
    ordering = natural("code")

    @property
    def columns(self):
        return [*super().columns, StatusTagColumn("status", label=_("Status"), accessor="get_status_display")]


class ChooseFact(ChooseFactColumns, ChooseView):
    pass


class ChooseFactResults(ChooseFactColumns, ChooseResultsView):
    pass


class FactChooser(SnippetChooserViewSet):
    choose_view_class = ChooseFact
    choose_results_view_class = ChooseFactResults


class FactList(IndexView):
    def order_queryset(self, queryset):
        """Codes as people count: f2 before f10. The search knows plain fields only."""
        if self.is_searching or self.ordering not in ("code", "-code"):
            return super().order_queryset(queryset)
        ordered = queryset.order_by(*natural("code"))
        return ordered.reverse() if self.ordering == "-code" else ordered


class FactFilters(WagtailFilterSet):
    class Meta:
        model = Fact
        fields = ["status", "safety_critical", "varies_by_country"]


class FactViewSet(SnippetViewSet):
    model = Fact
    icon = "tick-inverse"
    menu_label = _("Facts")
    menu_name = "facts"
    menu_order = 207
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    list_display = [
        "code",
        StatementColumn("statement", label=_("Statement and source")),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        Column("as_of", label=_("As of"), sort_key="as_of"),
        MarksColumn("marks", label=_("Take care")),
    ]
    filterset_class = FactFilters
    ordering = "code"
    index_view_class = FactList
    chooser_viewset_class = FactChooser
    chooser_per_page = 15


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


class CountryValueViewSet(SnippetViewSet):
    model = CountryValue
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
