"""The report «Reviews»: every page learners read, who reviewed it, when, and until when that holds."""

from datetime import timedelta

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from lms.core.export import ExportMixin

from ..translation.permissions import may_translate
from . import queries

STATES = [
    ("overdue", gettext_lazy("Overdue")),
    ("soon", gettext_lazy("Due within 60 days")),
    ("changed", gettext_lazy("Changed since its review")),
    ("never", gettext_lazy("Never reviewed")),
    ("reviewed", gettext_lazy("Reviewed")),
]


class ReviewFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=gettext_lazy("Review"), choices=STATES, method="in_state")
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, field_name="locale__language_code"
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def in_state(self, pages: QuerySet, name: str, value: str) -> QuerySet:
        today = timezone.localdate()
        until = today + timedelta(days=queries.SOON)
        wanted = {
            "overdue": Q(due_on__lt=today),
            "soon": Q(due_on__range=(today, until)),
            "changed": Q(reviewed_at=None, last_reviewed_at__isnull=False),
            "never": Q(last_reviewed_at=None),
            "reviewed": Q(due_on__gte=today),
        }
        return pages.filter(wanted[value])


class KindColumn(Column):
    def get_value(self, instance):
        return kind_of(instance)


class StateColumn(Column):
    def get_value(self, instance):
        return state_of(instance)


class ReviewsReport(ExportMixin, ReportView):
    page_title = gettext_lazy("Reviews")
    header_icon = "tick-inverse"
    index_url_name = "reviews:list"
    index_results_url_name = "reviews:list-results"
    model = Page
    permission_policy = None
    filterset_class = ReviewFilters
    default_ordering = "due_on"
    export_filename = "reviews"
    columns = [
        TitleColumn("title", label=gettext_lazy("Page"), get_url=lambda page: _edit(page), sort_key="title"),
        KindColumn("kind", label=gettext_lazy("Kind")),
        Column("locale", label=gettext_lazy("Language")),
        Column("reviewer", label=gettext_lazy("Reviewed by")),
        DateColumn("reviewed_at", label=gettext_lazy("On")),
        DateColumn("due_on", label=gettext_lazy("Due again"), sort_key="due_on"),
        StateColumn("state", label=gettext_lazy("Review")),
    ]
    list_export = ["title", "kind", "locale", "reviewer", "reviewed_at", "due_on", "state"]
    export_headings = {
        "title": gettext_lazy("Page"),
        "kind": gettext_lazy("Kind"),
        "locale": gettext_lazy("Language"),
        "reviewer": gettext_lazy("Reviewed by"),
        "reviewed_at": gettext_lazy("On"),
        "due_on": gettext_lazy("Due again"),
        "state": gettext_lazy("Review"),
    }

    def dispatch(self, request, *args, **kwargs):
        if not may_translate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return queries.reviewable().select_related("locale", "content_type")

    def get_filtered_queryset(self):
        return self.get_queryset()

    def order_queryset(self, queryset):
        field, downwards = (self.ordering or "due_on").lstrip("-"), (self.ordering or "").startswith("-")
        first = F(field).desc(nulls_last=True) if downwards else F(field).asc(nulls_last=True)
        return queryset.order_by(first, "path")

    def to_row_dict(self, item):
        reviewed_at = timezone.localdate(item.reviewed_at) if item.reviewed_at else ""
        found = {"kind": kind_of(item), "state": state_of(item), "locale": str(item.locale), "title": item.title}
        return found | {"reviewer": item.reviewer or "", "reviewed_at": reviewed_at, "due_on": item.due_on or ""}


def kind_of(page: Page) -> str:
    return capfirst(str(page.specific_class._meta.verbose_name))


def state_of(page: Page) -> str:
    """`page` is a row of queries.reviewable()."""
    today = timezone.localdate()
    if page.due_on and page.due_on < today:
        return _("Overdue")
    if page.due_on:
        return _("Due soon") if page.due_on <= today + timedelta(days=queries.SOON) else _("Reviewed")
    return _("Changed since its review") if page.last_reviewed_at else _("Never reviewed")


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
