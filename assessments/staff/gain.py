"""Knowledge gain in the admin: what the same people knew before a module and after it."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from lms.people.models import Role, User
from lms.people.permissions import holds

from ..analysis import charts, gains
from ..analysis.gains import GainRow
from .analysis_forms import GainForm
from .files import table_file

TITLE = gettext_lazy("Knowledge gain")
ROLES = (Role.HR, Role.LEAD, Role.TRAINER)

# Heading and value of each column of the file, in order.
FILE = (
    (gettext_lazy("Module"), lambda row: row.module.title),
    (gettext_lazy("Cohort"), lambda row: who(row)),
    (gettext_lazy("After is"), lambda row: _("post-test") if row.module.by_post_test else _("first certifying try")),
    (gettext_lazy("Learners with both"), lambda row: row.gain.n if row.gain else 0),
    (gettext_lazy("Only before"), lambda row: row.only_before),
    (gettext_lazy("Only after"), lambda row: row.only_after),
    (gettext_lazy("Mean share before"), lambda row: row.gain and row.gain.before),
    (gettext_lazy("Mean share after"), lambda row: row.gain and row.gain.after),
    (gettext_lazy("Gain"), lambda row: row.gain and row.gain.difference),
    (gettext_lazy("Normalised gain"), lambda row: row.gain and row.gain.normalised),
    (gettext_lazy("Know more"), lambda row: row.gain and row.gain.more),
    (gettext_lazy("Know the same"), lambda row: row.gain and row.gain.same),
    (gettext_lazy("Know less"), lambda row: row.gain and row.gain.fewer),
    (gettext_lazy("Cohen's d"), lambda row: row.gain and row.gain.d),
    (gettext_lazy("d from (95 %)"), lambda row: row.gain and row.gain.d_from),
    (gettext_lazy("d to (95 %)"), lambda row: row.gain and row.gain.d_to),
)


def may_read_gain(user: User) -> bool:
    """Staff who may see the people may see what they gained."""
    return holds(user, *ROLES)


def who(row: GainRow) -> str:
    if row.is_all:
        return _("All together")
    return row.cohort.name if row.cohort else _("No cohort")


@require_safe
@never_cache
def gain(request: HttpRequest) -> HttpResponse:
    """One query behind the screen, the chart and the file. With a module chosen: its questions and its scores too."""
    if not may_read_gain(request.user):
        raise PermissionDenied
    form = GainForm(request.user, request.GET)
    wanted = form.wanted
    rows = gains.gain_rows(request.user, wanted)
    if kind := request.GET.get("file"):
        headings, reads = zip(*FILE, strict=True)
        return table_file("knowledge-gain", kind, headings, [[read(row) for read in reads] for row in rows])
    context = _heads(request, form) | {"rows": [(who(row), row) for row in rows], "chart": _chart(rows)}
    if wanted.module_key and rows:
        context |= _closer(rows[0])
    return render(request, "assessments/staff/gain.html", context)


def _chart(rows: list[GainRow]) -> charts.Arrows:
    told = [row for row in rows if row.gain]
    return charts.arrows([(row.module.title, who(row), row.gain) for row in told])


def _closer(everyone: GainRow) -> dict:
    """The first row of a module counts all its people."""
    bands = gains.bands(everyone.pairs)
    return {
        "module": everyone.module,
        "bands": charts.bars(bands),
        "changes": gains.question_changes(everyone.pairs),
    }


def _heads(request: HttpRequest, form: GainForm) -> dict:
    asked = {field: value for field in form.fields if (value := request.GET.get(field))}
    return {
        "form": form,
        "as_of": form.last_day,
        "asked": urlencode(asked),
        "header_title": TITLE,
        "header_icon": "arrow-up",
        "breadcrumbs_items": [{"label": _("Home"), "url": reverse("wagtailadmin_home")}, {"label": TITLE, "url": ""}],
    }


class ForReaders(MenuItem):
    def is_shown(self, request):
        return may_read_gain(request.user)


class GainViewSet(ViewSet):
    name = "knowledge-gain"
    icon = "arrow-up"
    menu_label = TITLE
    menu_item_class = ForReaders

    def get_urlpatterns(self):
        return [path("", gain, name="index")]
