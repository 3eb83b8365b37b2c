"""Certification status in the admin: strip, table with bars, file; every number opens its list."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import permissions
from ..choosing import NONE
from ..heads import heads
from ..memory import remembered
from ..tables import file_asked_for, table_file
from .bars import parts_of
from .forms import StatusForm
from .standing import count_by

AT_FIRST = 50
LEVELS = {
    "country": gettext_lazy("Country"),
    "site": gettext_lazy("Site"),
    "cohort": gettext_lazy("Cohort"),
    "job": gettext_lazy("Job"),
}
MEASURES = {
    "people": gettext_lazy("People"),
    "certified": gettext_lazy("Certified"),
    "ends": gettext_lazy("Ends"),
    "expired": gettext_lazy("Expired"),
    "in_progress": gettext_lazy("In progress"),
    "overdue": gettext_lazy("Overdue"),
    "long_overdue": gettext_lazy("Over 30 d"),
    "to_confirm": gettext_lazy("To confirm"),
    "blocked": gettext_lazy("Blocked"),
    "again": gettext_lazy("Must retrain"),
    "specimen": gettext_lazy("Specimen"),
    "other": gettext_lazy("Other"),
}
STRIP = {
    "people": "all",
    "certified": "certified",
    "ends": "ends_soon",
    "expired": "expired",
    "in_progress": "in_progress",
}


@dataclass(frozen=True)
class Line:
    """One row: what it is called, its numbers, where the row and each number lead."""

    label: str
    counts: dict[str, int]
    url: str
    query: str | None

    @cached_property
    def parts(self):
        return parts_of(self.counts)

    @property
    def cells(self) -> list[tuple[str, int, str]]:
        """Measure, number and the list behind it."""
        return [(key, count, list_url(key, self.query) if count else "") for key, count in self.counts.items()]


def list_url(measure: str, query: str | None) -> str:
    if query is None:
        return ""
    url = reverse("reports:status-list", args=[measure])
    return f"{url}?{query}" if query else url


def counted_by(form: StatusForm) -> tuple[list[tuple], datetime]:
    """Value of the level and a number for each measure; and when they were counted."""
    level, chosen = form.level, form.chosen_standing
    return remembered(lambda: count_by(form.user, chosen, level, list(MEASURES)), (*form.scope, level, chosen))


def lines(form: StatusForm, counted: list[tuple]) -> list[Line]:
    """Largest first. What the screen, the chart and the file show."""
    level, names = form.level, form.named(form.level)
    found = [_line(form, level, names, key, dict(zip(MEASURES, counts, strict=True))) for key, *counts in counted]
    return sorted(found, key=lambda line: (-line.counts["people"], line.label))


def _line(form: StatusForm, level: str, names: dict, key, counts: dict) -> Line:
    """A place that is no longer hers to look at leads nowhere."""
    value = str(key) if key not in (None, "") else NONE
    if level == "job":
        names = {value: _("No job noted") if value == NONE else value}
    if value not in names:
        return Line(_("Elsewhere"), counts, "", None)
    below, query = form.next_level(level), form.query(**{level: value})
    return Line(names[value], counts, f"?{query}&by={below}" if below else "", query)


def total(form: StatusForm, found: list[Line]) -> Line:
    counts = {measure: sum(line.counts[measure] for line in found) for measure in MEASURES}
    return Line(_("All"), counts, "", form.query())


@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    permissions.check_may_read_reports(request.user)
    form = StatusForm(request.user, request.GET)
    counted, counted_at = counted_by(form)
    found = lines(form, counted)
    everyone = total(form, found)
    if file_asked_for(request):
        return table_file(request, "certification-status", headings(form), file_rows([*found, everyone]), form)
    shown = found if "all" in request.GET else found[:AT_FIRST]
    context = heads(_("Certification status"), icon="list-ul") | {
        "form": form,
        "counted_at": counted_at,
        "query": form.query(),
        "lines": shown,
        "everyone": everyone,
        "count": len(found),
        "level": LEVELS[form.level],
        "by": [(level, LEVELS[level], level == form.level) for level in form.levels],
        "strip": strip(everyone),
        "headings": MEASURES,
    }
    return render(request, "reports/status.html", context)


def strip(everyone: Line) -> list[tuple]:
    """Key to the swatch, heading, number, list."""
    return [
        (key, MEASURES[measure], everyone.counts[measure], list_url(measure, everyone.query))
        for measure, key in STRIP.items()
    ]


def headings(form: StatusForm) -> dict[str, str]:
    ends = {"ends": _("Certified, ends within %(days)s days") % {"days": form.days}}
    return {"label": LEVELS[form.level]} | MEASURES | ends | {"long_overdue": _("Overdue over 30 days")}


def file_rows(found: list[Line]) -> list[dict]:
    return [{"label": line.label} | line.counts for line in found]
