"""All reports on one page, each with a sentence; the same list makes the menu."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.people.models import User

from . import permissions
from .audit import may_read_log
from .heads import heads


@dataclass(frozen=True)
class Report:
    name: str
    title: str
    said: str
    icon: str
    address: list = field(default_factory=list)
    may: Callable[[User], bool] = permissions.may_read_reports

    @property
    def url(self) -> str:
        return reverse(f"reports:{self.name}", args=self.address)


REPORTS = [
    Report(
        "people",
        gettext_lazy("People and certificates"),
        gettext_lazy("Everyone with progress and certificate, to search, filter and act on."),
        "group",
    ),
    Report(
        "status",
        gettext_lazy("Certification status"),
        gettext_lazy("How many are certified, ending, expired and overdue, by country, site, cohort and job."),
        "table",
    ),
    Report(
        "status-list",
        gettext_lazy("Expiring"),
        gettext_lazy("Whose certificate ends within 30, 60 or 90 days."),
        "date",
        ["ends"],
    ),
    Report(
        "status-list",
        gettext_lazy("Overdue"),
        gettext_lazy("Who is not through on her last day."),
        "warning",
        ["overdue"],
    ),
    Report(
        "status-list",
        gettext_lazy("To confirm"),
        gettext_lazy("Whose certificate waits for HR’s word."),
        "check",
        ["to_confirm"],
    ),
    Report(
        "status-list",
        gettext_lazy("Must retrain"),
        gettext_lazy("Whose result no longer stands and is not done again."),
        "redirect",
        ["again"],
    ),
    Report(
        "funnel",
        gettext_lazy("Intake funnel"),
        gettext_lazy("How many of those invited came how far, and how many days lay between."),
        "order-down",
    ),
    Report(
        "trend",
        gettext_lazy("Certified by month"),
        gettext_lazy("How many people were certified at the end of each of the last 24 months."),
        "history",
    ),
    Report(
        "donor",
        gettext_lazy("Donor and ministry table"),
        gettext_lazy("People certified or through by country, sex, age, job, area and quarter; none below five."),
        "globe",
        may=permissions.may_see_jobs,
    ),
    Report(
        "audit",
        gettext_lazy("Audit log"),
        gettext_lazy("Who looked at whom, took a list, issued, withdrew, reset, merged or erased."),
        "history",
        may=may_read_log,
    ),
]


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    permissions.check_may_read_reports(request.user)
    context = heads(_("Reports"), icon="table")
    context["breadcrumbs_items"].pop(1)
    context["reports"] = [report for report in REPORTS if report.may(request.user)]
    return render(request, "reports/index.html", context)
