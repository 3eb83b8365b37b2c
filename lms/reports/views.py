"""Reports in the Wagtail admin: people and their progress, on the screen and as a file; one person's record."""

from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from lms.core.export import ExportMixin
from lms.learning.models import Enrolment
from lms.people import saved_views
from lms.people.permissions import KEEP_RECORDS, countries_for
from lms.people.staff.finding import FindPeopleMixin, people_found
from lms.people.staff.picking import PickPeopleMixin, TickColumn

from . import export, listing, permissions, queries
from .filters import PeopleFilterSet
from .memory import remembered
from .states import CERTIFIED, State

# The key to its swatch, the heading, and the states that it counts: none means all.
STRIP = (
    ("all", gettext_lazy("Enrolled"), ()),
    ("in_progress", gettext_lazy("In progress"), (State.IN_PROGRESS,)),
    ("certified", gettext_lazy("Certified"), CERTIFIED),
    ("ends_soon", gettext_lazy("Ends within 90 days"), (State.ENDS_SOON,)),
    ("expired", gettext_lazy("Expired"), (State.EXPIRED,)),
    ("withdrawn", gettext_lazy("Withdrawn"), (State.WITHDRAWN,)),
    ("specimen", gettext_lazy("Specimen"), (State.SPECIMEN,)),
)

BY_NAME = "person__family_name"


class CellColumn(Column):
    """A cell with a template of its own, reports/<name>_cell.html, which gets the row as `value`."""

    def __init__(self, name, **kwargs):
        super().__init__(name, accessor=lambda row: row, **kwargs)
        self.cell_template_name = f"reports/{name}_cell.html"


class PeopleReport(PickPeopleMixin, FindPeopleMixin, ExportMixin, ReportView):
    """Everyone the user may see in a programme, as of a day: one query for screen, totals and file."""

    template_name = "reports/people.html"
    results_template_name = "reports/people_results.html"
    page_title = gettext_lazy("People and certificates")
    header_icon = "group"
    index_url_name = "reports:people"
    index_results_url_name = "reports:people-results"
    model = Enrolment
    permission_policy = None
    filterset_class = PeopleFilterSet
    picks_rows = True
    paginator_class = listing.Live
    export_filename = "people"
    export_headings = export.HEADINGS
    columns = [
        TickColumn(lambda row: row.person),
        CellColumn("person", label=gettext_lazy("Name"), sort_key=BY_NAME),
        CellColumn("place", label=gettext_lazy("Site")),
        CellColumn("programme", label=gettext_lazy("Programme, cohort"), sort_key="cohort__name"),
        CellColumn("progress", label=gettext_lazy("Progress"), sort_key="done_count"),
        Column("practicals_open", label=gettext_lazy("Practicals open")),
        CellColumn("activity", label=gettext_lazy("Last activity")),
        CellColumn("state", label=gettext_lazy("Certificate"), sort_key="valid_until"),
    ]

    def dispatch(self, request, *args, **kwargs):
        permissions.check_may_read_reports(request.user)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def list_export(self):
        return list(export.FILE) + (list(export.KEPT) if permissions.may_see_jobs(self.request.user) else [])

    @property
    def on(self):
        return self.filters.day

    def get_base_queryset(self):
        """Without a filter the first of them by name are wanted, with one it may be any."""
        return listing.rows_of(self.request.user, self.on, many=bool(self.is_filtering or self.is_export))

    def get_counted_queryset(self):
        return listing.rows_of(self.request.user, self.on, many=True)

    def get_detailed_queryset(self):
        """What is said of each row of a page or a file."""
        return queries.detailed(Enrolment.objects.all(), self.on)

    def get_filtered_queryset(self):
        """Filtered and searched already; a file reads it in chunks."""
        rows = self.get_queryset()
        return listing.Detailed(rows, self.get_detailed_queryset()) if self.is_export else rows

    def order_queryset(self, queryset):
        """What is empty comes last either way; by name where nothing else decides."""
        ordering, names = self.ordering or BY_NAME, (BY_NAME, "person__given_names", "pk")
        key, downwards = ordering.lstrip("-"), ordering.startswith("-")
        if key == BY_NAME:
            return queryset.order_by(*(f"-{name}" for name in names) if downwards else names)
        if key == "valid_until" and key not in queryset.query.annotations:
            queryset = queryset.annotate(valid_until=listing.ends_on(self.on))
        first = F(key).desc(nulls_last=True) if downwards else F(key).asc(nulls_last=True)
        return queryset.order_by(first, *names)

    def search_queryset(self, queryset):
        return queryset.filter(person__in=people_found(self.search_query)) if self.search_query else queryset

    def get_paginator(self, queryset, per_page, **kwargs):
        """The totals were counted anyway: where only states narrow them, the list is not counted once more."""
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        chosen = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        if not chosen.get("ends_before"):
            paginator.count = sum(self.counted[state] for state in chosen.get("state") or ("all",))
        return paginator

    def paginate_queryset(self, queryset, page_size):
        paginator, page, keys, more = super().paginate_queryset(queryset.values_list("pk", flat=True), page_size)
        page.object_list = listing.in_order(list(keys), self.get_detailed_queryset())
        return paginator, page, page.object_list, more

    @cached_property
    def counted(self) -> dict[str, int]:
        """How many stand where, the filter of states apart; remembered for a minute, as the status report's numbers."""
        query = self.request.GET.copy()
        for name in ("state", "find", "ordering", "export", self.page_kwarg):
            query.pop(name, None)
        return remembered(
            lambda: listing.count_states(self._narrowed(), self.on),
            (self.request.path, self.request.user.pk, query.urlencode(), self.search_query, self.on),
        )[0]

    def _narrowed(self):
        return self.search_queryset(self.filters.narrowed(self.get_counted_queryset()))

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            context |= {"strip": self._strip(), "on": self.on, "is_searching": bool(self.search_query)}
            context |= saved_views.context_for(self.request, PeopleReport.index_url_name) | {"saved_as": "report"}
        return context

    def _strip(self) -> list[dict]:
        """Totals of the rows as filtered, the states themselves apart; each leads to its list."""
        return [self._total(key, label, states) for key, label, states in STRIP]

    def _total(self, key: str, label: str, states: tuple) -> dict:
        query = self.request.GET.copy()
        query.pop(self.page_kwarg, None)
        query.setlist("state", states)
        count = sum(self.counted[state] for state in states) if states else self.counted["all"]
        return {"key": key, "label": label, "count": count, "url": f"{self.index_url}?{query.urlencode()}"}

    @cached_property
    def _kept(self) -> set[str]:
        return set(countries_for(self.request.user, *KEEP_RECORDS).values_list("pk", flat=True))

    def to_row_dict(self, item):
        row = export.as_row(item, whole=item.person.country_id in self._kept)
        return {key: row[key] for key in self.list_export}
