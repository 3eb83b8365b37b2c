"""How many people were certified at the end of each of the last months: table, chart and file from one query."""

from datetime import date, datetime, timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.models import Certificate
from lms.people.models import User
from lms.people.permissions import people_visible_to

from . import permissions
from .choosing import ChoosingForm
from .heads import heads
from .memory import remembered
from .states import valid_on
from .tables import file_asked_for, table_file

MONTHS = 24


class TrendForm(ChoosingForm):
    def __init__(self, user, data):
        super().__init__(user, data)
        for name in ("site", "cohort"):
            del self.fields[name]


def month_ends(day: date, count: int = MONTHS) -> list[date]:
    """The day itself, and the last days of the months before it; the oldest first."""
    found = [day]
    while len(found) < count:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]


def certified_on(user: User, days: list[date], *, country: str = "", programme=None) -> list[int]:
    """How many of the people whom this user sees held a valid certificate on each day. One query."""
    people = people_visible_to(user).filter(merged_into=None, erased_at=None)
    narrowed = {"country_code": country, "programme_key": programme}
    rows = Certificate.objects.filter(holder__in=people, **{field: value for field, value in narrowed.items() if value})
    counts = {f"at_{number}": Count("holder", distinct=True, filter=valid_on(day)) for number, day in enumerate(days)}
    return list(rows.aggregate(**counts).values())


def lines(form: TrendForm) -> tuple[list[tuple[date, int]], datetime]:
    """Day and number; and when they were counted."""
    days = month_ends(form.day)
    chosen = {"country": form.chosen.get("country", ""), "programme": form.programme_key}
    counted, counted_at = remembered(
        lambda: certified_on(form.user, days, **chosen), (*form.scope, "trend", form.day, *chosen.values())
    )
    return list(zip(days, counted, strict=True)), counted_at


@require_safe
@never_cache
def trend(request: HttpRequest) -> HttpResponse:
    permissions.check_may_read_reports(request.user)
    form = TrendForm(request.user, request.GET)
    found, counted_at = lines(form)
    if file_asked_for(request):
        rows = [{"day": day, "people": count} for day, count in found]
        return table_file(request, "certified-by-month", {"day": _("Day"), "people": _("Certified")}, rows, form)
    context = heads(_("Certified by month"), icon="history") | {
        "form": form,
        "counted_at": counted_at,
        "query": form.query(),
        "lines": found[::-1],
        "chart": {
            "kind": "months",
            "labels": [date_format(day, "M Y") for day, _count in found],
            "values": [count for _day, count in found],
        },
    }
    return render(request, "reports/trend.html", context)
