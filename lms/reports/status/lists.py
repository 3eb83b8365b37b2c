"""The people behind a number of the status report: expiring, overdue, to confirm, to learn again and the rest."""

from datetime import date

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.views.reports import ReportView

from lms.core.export import ExportMixin
from lms.learning.models import Enrolment
from lms.people.permissions import KEEP_RECORDS, countries_for

from .. import permissions, queries, states
from ..heads import heads
from ..memory import remembered
from ..states import State
from ..tables import Filtered
from ..views import CellColumn
from . import parts
from .forms import StatusForm
from .standing import enrolments_where

TITLES = {
    "people": gettext_lazy("Enrolled"),
    "certified": gettext_lazy("Certified"),
    "ends": gettext_lazy("Expiring"),
    "expired": gettext_lazy("Expired"),
    "in_progress": gettext_lazy("In progress"),
    "overdue": gettext_lazy("Overdue"),
    "long_overdue": gettext_lazy("Overdue over 30 days"),
    "to_confirm": gettext_lazy("To confirm"),
    "blocked": gettext_lazy("Blocked"),
    "again": gettext_lazy("Must retrain"),
    "specimen": gettext_lazy("Specimens"),
    "other": gettext_lazy("Other"),
}
SAID = {
    "ends": gettext_lazy("Their certificate ends soon: enrol them in the refresher in time."),
    "overdue": gettext_lazy("Not through on their last day: their own, else the cohort’s."),
    "long_overdue": gettext_lazy("Not through on their last day: their own, else the cohort’s."),
    "to_confirm": gettext_lazy("Awarded, and waiting for HR’s word."),
    "blocked": gettext_lazy("Awarded, and could not be drawn."),
    "again": gettext_lazy("A result that their programme requires no longer stands, and is not done again."),
    "specimen": gettext_lazy("They rest on lessons that no clinician has reviewed."),
    "other": gettext_lazy("Complete without a certificate, being drawn, withdrawn, or left the programme."),
}
FIRST = {"ends": "valid_until", "expired": "valid_until", "overdue": "due", "long_overdue": "due"}
TO_DO = ("to_confirm", "blocked")


class StatusList(ExportMixin, ReportView):
    """One number's people, by the same query as the number."""

    template_name = "reports/status_list.html"
    results_template_name = "reports/status_list_results.html"
    header_icon = "list-ul"
    index_url_name = "reports:status-list"
    model = Enrolment
    permission_policy = None
    export_filename = "status"
    list_export = ["name", "staff_number", "country", "site", "cohort", "programme", "state", "valid_until", "due"]
    export_headings = {
        "name": gettext_lazy("Name"),
        "staff_number": gettext_lazy("Staff number"),
        "country": gettext_lazy("Country"),
        "site": gettext_lazy("Site"),
        "cohort": gettext_lazy("Cohort"),
        "programme": gettext_lazy("Programme"),
        "state": gettext_lazy("State"),
        "valid_until": gettext_lazy("Valid until"),
        "due": gettext_lazy("Last day"),
    }
    columns = [
        CellColumn("person", label=gettext_lazy("Name"), sort_key="person__family_name"),
        CellColumn("where", label=gettext_lazy("Site"), sort_key="site"),
        CellColumn("programme", label=gettext_lazy("Programme, cohort"), sort_key="cohort__name"),
        CellColumn("state", label=gettext_lazy("Certificate"), sort_key="valid_until"),
        CellColumn("due", label=gettext_lazy("Last day"), sort_key="due"),
    ]

    def dispatch(self, request, *args, **kwargs):
        permissions.check_may_read_reports(request.user)
        if self.measure not in TITLES:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def measure(self) -> str:
        return self.kwargs["measure"]

    @cached_property
    def form(self) -> StatusForm:
        return StatusForm(self.request.user, self.request.GET)

    def get_base_queryset(self):
        chosen = self.form.chosen_standing
        return as_of(enrolments_where(self.request.user, chosen, self.measure), chosen.on)

    def order_queryset(self, queryset):
        """What is empty comes last either way; by name where nothing else decides."""
        ordering = self.ordering or FIRST.get(self.measure, "person__family_name")
        field = F(ordering.lstrip("-"))
        first = field.desc(nulls_last=True) if ordering.startswith("-") else field.asc(nulls_last=True)
        return queryset.order_by(first, "person__family_name", "person__given_names", "pk")

    def get_paginator(self, queryset, *args, **kwargs):
        """How many there are is remembered for a minute, like the number that led here."""
        paginator = super().get_paginator(queryset, *args, **kwargs)
        what = (*self.form.scope, self.measure, self.form.chosen_standing)
        paginator.count, _counted_at = remembered(queryset.count, what)
        return paginator

    def get_page_title(self):
        return TITLES[self.measure]

    def get_index_url(self):
        return reverse("reports:status-list", args=[self.measure])

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            keeps = self.measure in TO_DO and countries_for(self.request.user, *KEEP_RECORDS).exists()
            context |= heads(str(TITLES[self.measure]), icon=self.header_icon)
            context |= {"form": self.form, "said": SAID.get(self.measure, ""), "to_do": keeps}
        return context

    def as_spreadsheet(self, queryset, spreadsheet_format):
        """Our form narrowed the rows, not Wagtail's filters: the way out writes down what it used."""
        self.filters = Filtered(self.form)
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def to_row_dict(self, item):
        return {
            "name": item.person.get_full_name(),
            "staff_number": item.person.staff_number,
            "country": item.place_country,
            "site": item.site,
            "cohort": item.cohort and item.cohort.name,
            "programme": item.programme,
            "state": str(State(item.state).label),
            "valid_until": item.valid_until,
            "due": item.due,
        }


def as_of(rows: QuerySet[Enrolment], on: date) -> QuerySet[Enrolment]:
    """What is said of each row, as of the day: by the same parts as the numbers."""
    hers = {"holder_id": OuterRef("person"), "programme_key": OuterRef("programme_key")}
    held = parts.certificates(on).filter(**hers)
    place = parts.places(on).filter(person=OuterRef("person"))
    return rows.select_related("person", "cohort").annotate(
        programme=queries.programme_title(),
        site=Subquery(place.values("site__name")[:1]),
        place_country=Coalesce(Subquery(place.values("country__name")[:1]), F("person__country__name")),
        state=Coalesce(Subquery(held.values("state")[:1]), states.of_enrolment_alone(on), output_field=CharField()),
        valid_until=Subquery(held.values("valid_until")[:1]),
        due=parts.due(states.end_of(on)),
    )
