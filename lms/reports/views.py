"""Reports in the Wagtail admin: people and their progress, on the screen and as a file; one person's record."""

from uuid import UUID

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from assessments.models import Attempt
from assessments.permissions import learners_trained_by
from assessments.queries import locked_attempts
from certificates.permissions import certificates_kept_by
from lms.core.export import ExportMixin
from lms.learning.models import Enrolment
from lms.people.models import User
from lms.people.permissions import person_for
from lms.people.staff.buttons import person_buttons

from . import export, permissions, queries
from .filters import PeopleFilterSet
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

MOST_WORDS = 10  # a database refuses a question of a thousand parts


class CellColumn(Column):
    """A cell with a template of its own, reports/<name>_cell.html, which gets the row as `value`."""

    def __init__(self, name, **kwargs):
        super().__init__(name, accessor=lambda row: row, **kwargs)
        self.cell_template_name = f"reports/{name}_cell.html"


class PeopleReport(ExportMixin, ReportView):
    """Everyone the user may see in a programme: as of today, one query for screen, totals and file."""

    template_name = "reports/people.html"
    results_template_name = "reports/people_results.html"
    page_title = gettext_lazy("People and certificates")
    header_icon = "group"
    index_url_name = "reports:people"
    index_results_url_name = "reports:people-results"
    model = Enrolment
    permission_policy = None
    filterset_class = PeopleFilterSet
    is_searchable = True
    export_filename = "people"
    list_export = list(export.FILE)
    export_headings = {key: heading for key, (heading, _read) in export.FILE.items()}
    columns = [
        CellColumn("person", label=gettext_lazy("Name"), sort_key="person__family_name"),
        CellColumn("place", label=gettext_lazy("Site"), sort_key="site"),
        CellColumn("programme", label=gettext_lazy("Programme, cohort"), sort_key="cohort__name"),
        CellColumn("progress", label=gettext_lazy("Progress"), sort_key="done_count"),
        Column("practicals_open", label=gettext_lazy("Practicals open"), sort_key="practicals_open"),
        CellColumn("activity", label=gettext_lazy("Last activity"), sort_key="last_active_at"),
        CellColumn("state", label=gettext_lazy("Certificate"), sort_key="valid_until"),
    ]

    def dispatch(self, request, *args, **kwargs):
        permissions.check_may_read_reports(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return queries.progress_of_people(self.request.user, timezone.localdate())

    def get_filtered_queryset(self):
        return self.get_queryset()  # which filters and searches already

    def order_queryset(self, queryset):
        """What is empty comes last either way; by name where nothing else decides."""
        field = F((self.ordering or "person__family_name").lstrip("-"))
        downwards = (self.ordering or "").startswith("-")
        first = field.desc(nulls_last=True) if downwards else field.asc(nulls_last=True)
        return queryset.order_by(first, "person__family_name", "person__given_names", "pk")

    def search_queryset(self, queryset):
        """Each word in one of the names or the staff number."""
        for word in self.search_query.split()[:MOST_WORDS]:
            queryset = queryset.filter(
                Q(person__given_names__icontains=word)
                | Q(person__family_name__icontains=word)
                | Q(person__staff_number__icontains=word)
            )
        return queryset

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            context |= {"strip": self._strip(), "today": timezone.localdate(), "is_filtering": self.is_filtering}
        return context

    def _strip(self) -> list[dict]:
        """Totals of the rows as filtered, the states themselves apart; each leads to its list."""
        data = self.request.GET.copy()
        data.pop("state", None)
        filters, rows = self.filterset_class(data, request=self.request), self.get_base_queryset()
        counted = queries.totals(self.search_queryset(filters.filter_queryset(rows) if filters.is_valid() else rows))
        return [self._total(counted, data, key, label, states) for key, label, states in STRIP]

    def _total(self, counted: dict, data, key: str, label: str, states: tuple) -> dict:
        query = data.copy()
        query.setlist("state", states)
        count = sum(counted[state] for state in states) if states else counted["all"]
        return {"key": key, "label": label, "count": count, "url": f"{self.index_url}?{query.urlencode()}"}

    def to_row_dict(self, item):
        return export.as_row(item)


@require_safe
@never_cache
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person's record. That it was looked at is written into the audit log."""
    permissions.check_may_read_reports(request.user)
    person = person_for(request.user, pk)
    log(person, "reports.view_person", user=request.user, title=person.staff_number)
    return render(request, "reports/person.html", _heads(request, person) | _record(request.user, person))


def _record(user: User, person: User) -> dict:
    today = timezone.localdate()
    return {
        "person": person,
        "today": today,
        "postings": person.postings.select_related("site", "country"),
        "enrolments": queries.enrolments_of(person),
        "attempts": queries.attempts_of(person),
        "observations": queries.observations_of(person),
        "flagged": queries.flagged_of(person),
        "certificates": queries.certificates_of(person, today),
        "kept": set(certificates_kept_by(user).filter(holder=person).values_list("pk", flat=True)),
        "locked": _locked(user, person),
    }


def _locked(user: User, person: User) -> list[Attempt]:
    """The quizzes in which this user may open another try."""
    if not learners_trained_by(user).filter(pk=person.pk).exists():
        return []
    return locked_attempts(User.objects.filter(pk=person.pk))


def _heads(request: HttpRequest, person: User) -> dict:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("reports:people"), "label": PeopleReport.page_title},
        {"url": "", "label": str(person)},
    ]
    return {
        "breadcrumbs_items": trail,
        "header_title": str(person),
        "header_icon": "user",
        "header_buttons": _buttons(request.user, person),
    }


def _buttons(user: User, person: User) -> list:
    kept = reverse("staff_people:show", args=[person.pk])
    return [HeaderButton(_("Postings and data"), url=kept, icon_name="user"), *person_buttons(user, person)]
