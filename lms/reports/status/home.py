"""Certification status on the admin's first page: today's numbers of her places, each with its list behind it."""

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from lms.people.permissions import KEEP_RECORDS, holds

from .forms import StatusForm
from .numbers import counted_by, lines, strip, total


class StatusPanel(Component):
    name = "certification_today"
    order = 97
    template_name = "reports/home.html"

    class Media:
        css = {"all": ["css/report.css"]}

    def get_context_data(self, parent_context):
        form = StatusForm(parent_context["request"].user, {})
        counted, _counted_at = counted_by(form)
        return {"strip": strip(total(form, lines(form, counted))), "days": form.days}


def tell_numbers(request: HttpRequest, panels: list) -> None:
    if holds(request.user, *KEEP_RECORDS):
        panels.append(StatusPanel())
