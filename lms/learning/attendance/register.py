"""The register of a cohort as a file: one row a person, one column a day."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import View

from lms.core.export import ExportMixin

from ..models import Attendance, Enrolment
from . import permissions, queries

WHO = ("name", "staff_number")


class Register(LoginRequiredMixin, ExportMixin, View):
    http_method_names = ["get", "head", "options"]
    export_filename = "attendance"

    def get(self, request: HttpRequest, cohort: int) -> HttpResponse:
        self.cohort = permissions.cohort_for(request.user, cohort)
        self.days = list(self.cohort.days.all())
        self.states = queries.states_of(self.cohort)
        self.list_export = [*WHO, *(f"day_{day.pk}" for day in self.days), "there"]
        days = {f"day_{day.pk}": f"{date_format(day.on, 'j M Y')} · {day.topic}" for day in self.days}
        self.export_headings = {"name": _("Name"), "staff_number": _("Staff number"), "there": _("Days there")} | days
        response = self.as_spreadsheet(list(queries.members(request.user, self.cohort)), self.FORMAT_XLSX)
        response["Cache-Control"] = "no-store"
        return response

    def get_heading(self, queryset, field):
        return self.export_headings[field]

    def to_row_dict(self, item: Enrolment) -> dict:
        states = [self.states.get((item.person_id, day.pk), "") for day in self.days]
        said = [str(Attendance.State(state).label) if state else "" for state in states]
        there = sum(state in queries.WAS_THERE for state in states)
        values = [str(item.person), item.person.staff_number, *said, there]
        return dict(zip(self.list_export, values, strict=True))
