"""All modules in one list for those who write: whom each is for, how long it is, its cloth."""

import django_filters
from django import forms
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Locale

from .models import LessonPage, ModulePage
from .models.pages import ClientGroup, Cloth, HealthArea


def _edit_url(module: ModulePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[module.pk])


class GroupsColumn(Column):
    def get_value(self, module: ModulePage) -> str:
        return ", ".join(str(ClientGroup(group).label) for group in module.client_groups if group in ClientGroup)


class ModuleFilters(WagtailFilterSet):
    health_area = django_filters.MultipleChoiceFilter(
        label=_("Health area"), choices=HealthArea, widget=forms.CheckboxSelectMultiple
    )
    client_groups = django_filters.ChoiceFilter(label=_("For whom"), choices=ClientGroup, method="for_group")
    cloth = django_filters.ChoiceFilter(label=_("Cloth"), choices=Cloth)
    locale = django_filters.ModelChoiceFilter(label=_("Language"), queryset=Locale.objects.all())

    class Meta:
        model = ModulePage
        fields: list[str] = []

    def for_group(self, modules: QuerySet, name: str, value: str) -> QuerySet:
        """A list in one column: compared here, alike on every database. The modules are few."""
        rows = ModulePage.objects.values_list("pk", "client_groups")
        return modules.filter(pk__in=[pk for pk, groups in rows if value in groups])


class ModuleList(IndexView):
    """Without aliases: a module that is not translated yet stands there once, in English."""

    is_searchable = False
    default_ordering = "path"

    def get_base_queryset(self) -> QuerySet:
        lessons = LessonPage.objects.live().filter(path__startswith=OuterRef("path")).order_by()
        count = lessons.values("depth").annotate(number=Count("pk")).values("number")
        modules = super().get_base_queryset().filter(alias_of=None)
        return modules.annotate(lessons=Coalesce(Subquery(count, output_field=IntegerField()), 0))


class ModuleListViewSet(PageListingViewSet):
    model = ModulePage
    index_view_class = ModuleList
    name = "modules"
    icon = "folder-open-1"
    menu_label = _("Modules")
    menu_name = "modules"
    menu_order = 203
    add_to_admin_menu = True
    filterset_class = ModuleFilters
    columns = [
        # Without the buttons of Wagtail's own column: they cost seven queries a row.
        TitleColumn("title", label=_("Title"), sort_key="title", get_url=_edit_url),
        Column("health_area", label=_("Health area"), accessor="get_health_area_display", sort_key="health_area"),
        GroupsColumn("client_groups", label=_("For whom")),
        Column("lessons", label=_("Lessons"), sort_key="lessons"),
        Column("minutes", label=_("Minutes"), sort_key="minutes"),
        Column("cloth", label=_("Cloth"), accessor="get_cloth_display", sort_key="cloth"),
        PageStatusColumn("status", label=_("Status"), sort_key="live"),
    ]
