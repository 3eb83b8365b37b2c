"""A cohort’s days on a phone: the list, one day with who was there, the sheet of paper, the register as a file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..models import Attendance, Cohort, Day
from ..views import SeeOther
from . import permissions, queries, services
from .forms import AttendanceForm, DayForm

SHORT = {  # four beside each other on a phone
    Attendance.State.THERE: gettext_lazy("There"),
    Attendance.State.PART: gettext_lazy("Part"),
    Attendance.State.EXCUSED: gettext_lazy("Excused"),
    Attendance.State.ABSENT: gettext_lazy("Not there"),
}
GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@login_required
def days(request: HttpRequest, cohort: int) -> HttpResponse:
    found = permissions.cohort_for(request.user, cohort)
    return _page(request, "days", found, days=queries.days_of(request.user, found))


@GET_AND_POST
@never_cache
@login_required
def add(request: HttpRequest, cohort: int) -> HttpResponse:
    return _edit(request, Day(cohort=permissions.cohort_taught_by(request.user, cohort)))


@GET_AND_POST
@never_cache
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, permissions.day_taught_by(request.user, pk))


def _edit(request: HttpRequest, day: Day) -> HttpResponse:
    form = DayForm(request.POST or None, instance=day)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_day(form.instance, by=request.user)
        except services.DayThereAlready:
            form.add_error("topic", _("This day is there already, with this topic."))
        else:
            return SeeOther(reverse("attendance:day", args=[saved.pk]))
    status = 422 if form.errors else 200
    return _page(request, "edit", day.cohort, status, form=form, day=day)


@GET_AND_POST
@never_cache
@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, and says how much was noted."""
    day = permissions.day_deleted_by(request.user, pk)
    if request.method == "POST":
        services.delete_day(day, by=request.user)
        messages.success(request, _("Deleted."))
        return SeeOther(reverse("attendance:days", args=[day.cohort_id]))
    return _page(request, "delete", day.cohort, day=day, noted=day.attendances.count())


@GET_AND_POST
@never_cache
@login_required
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """One row a person; saved as one form, fifty at a time. Who only reads sees the words."""
    if request.method == "POST":
        return _note(request, permissions.day_taught_by(request.user, pk))
    found = permissions.day_for(request.user, pk)
    rows = queries.page_of(request.user, found, request.GET.get("page"))
    noted = sum(1 for row in rows if row.state)
    return _page(request, "day", found.cohort, day=found, rows=rows, states=SHORT.items(), noted=noted)


def _note(request: HttpRequest, day: Day) -> HttpResponse:
    rows = queries.page_of(request.user, day, request.GET.get("page"))
    form = AttendanceForm(rows, request.POST)
    if not form.is_valid():
        messages.error(request, _("Something was not understood. Nothing was saved: choose again."))
        return SeeOther(request.get_full_path())
    noted = services.note_attendance(day, form.states, by=request.user, seen=form.cleaned_data["seen"])
    _tell(request, noted)
    return SeeOther(_next_page(request, day, rows))


def _tell(request: HttpRequest, noted: services.Noted) -> None:
    count = len(noted.new) + len(noted.changed)
    if count:
        messages.success(request, ngettext("%(n)s person noted.", "%(n)s people noted.", count) % {"n": count})
    for row in noted.kept:
        words = _("Noted by somebody else meanwhile: %(name)s, %(state)s. Look again.")
        messages.warning(request, words % {"name": row.person, "state": row.get_state_display()})


def _next_page(request: HttpRequest, day: Day, rows) -> str:
    """On to the next fifty where she said so, else back to where she was."""
    number = rows.next_page_number() if "next" in request.POST and rows.has_next() else rows.number
    return reverse("attendance:day", args=[day.pk]) + (f"?page={number}" if number > 1 else "")


@require_safe
@never_cache
@login_required
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """All of them on paper, with a line to sign on."""
    found = permissions.day_for(request.user, pk)
    rows = [row for row in queries.rows_of(request.user, found) if not row.closed_at]
    return _page(request, "sheet", found.cohort, day=found, rows=rows)


def _page(request: HttpRequest, name: str, cohort: Cohort, status: int = 200, **context) -> HttpResponse:
    return render(request, f"learning/attendance/{name}.html", {"cohort": cohort} | context, status=status)
