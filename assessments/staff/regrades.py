"""The runs: a list, what one did to whom, its remarks as a file."""

import csv
from uuid import UUID

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from lms.core.cells import neutral

from ..models import Regrade, Remark
from ..records.permissions import may_read_attempts
from ..regrades import permissions
from .attempts import MomentColumn
from .regrading import RUNS, heads, places_in_words, preview, totals

Effect = Remark.Effect
A_PAGE = 50


@require_safe
@never_cache
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One run: how far it is, and what it did to whom."""
    regrade = permissions.regrade_for(request.user, pk)
    remarks = permissions.remarks_for(request.user, regrade).order_by("pk")
    effect = request.GET.get("effect", "")
    chosen = remarks.filter(effect=effect) if effect in Effect.values else remarks
    done = regrade.remarks.values("attempt").distinct().count()
    context = {
        "regrade": regrade,
        "done": done,
        "totals": totals(_counted(regrade)),
        "places": places_in_words(regrade.countries),
        "remarks": Paginator(chosen, A_PAGE).get_page(request.GET.get("p")),
        "seen": remarks.count(),
        "effects": Effect.choices,
        "effect": effect,
        "losing": remarks.filter(effect=Effect.FLAGGED).count(),
    }
    title = _("Regrade of %(code)s") % {"code": regrade.code}
    return render(request, "assessments/staff/regrade.html", heads(title) | context)


def _counted(regrade: Regrade) -> dict:
    """Papers by effect."""
    found = dict.fromkeys(Effect.values, 0)
    for _attempt, effect in set(regrade.remarks.order_by().values_list("attempt", "effect")):
        found[effect] += 1
    return found


@require_safe
@never_cache
def remarks_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The remarks that she may read, for a spreadsheet. That it was taken is logged."""
    regrade = permissions.regrade_for(request.user, pk)
    remarks = permissions.remarks_for(request.user, regrade).order_by("pk")
    log(regrade, "assessments.export_remarks", user=request.user, title=str(regrade), data={"rows": remarks.count()})
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="regrade-{regrade.pk}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(heading for heading, _read in REMARK_FILE)
    for remark in remarks.iterator():
        writer.writerow(_cell(read(remark)) for _heading, read in REMARK_FILE)
    return response


def _cell(value) -> object:
    return neutral(value) if isinstance(value, str) else value


def _yes(value: bool | None) -> str:
    return "" if value is None else _("yes") if value else _("no")


# Heading and value of each column of the file, in order.
REMARK_FILE = (
    (gettext_lazy("Staff number"), lambda remark: remark.attempt.person.staff_number),
    (gettext_lazy("Name"), lambda remark: remark.attempt.person.get_full_name()),
    (gettext_lazy("Country"), lambda remark: remark.attempt.person.country.name),
    (gettext_lazy("Quiz"), lambda remark: remark.attempt.title),
    (gettext_lazy("Cycle"), lambda remark: remark.attempt.cycle),
    (gettext_lazy("Try"), lambda remark: remark.attempt.number),
    (gettext_lazy("Effect"), lambda remark: str(Effect(remark.effect).label)),
    (gettext_lazy("Right before"), lambda remark: _yes(remark.right_before)),
    (gettext_lazy("Right now"), lambda remark: _yes(remark.right_after)),
    (gettext_lazy("Score before"), lambda remark: remark.score_before),
    (gettext_lazy("Score now"), lambda remark: remark.score_after),
    (gettext_lazy("Judged again"), lambda remark: timezone.localtime(remark.made_at).isoformat(timespec="seconds")),
    (gettext_lazy("Attempt"), lambda remark: str(remark.attempt_id)),
)


class WhoColumn(Column):
    def get_value(self, regrade):
        return regrade.made_by.get_full_name()


class StateColumn(Column):
    def get_value(self, regrade):
        if not regrade.finished_at:
            return _("Under way")
        return ngettext("%(count)s paper", "%(count)s papers", regrade.papers) % {"count": regrade.papers}


class RegradeFilters(WagtailFilterSet):
    verdict = django_filters.ChoiceFilter(label=gettext_lazy("Verdict"), choices=Regrade.Verdict.choices)
    made_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Date"), widget=django_filters.widgets.DateRangeWidget({"type": "date"})
    )
    may_lower = django_filters.ChoiceFilter(
        label=gettext_lazy("Marks lowered too"),
        choices=[(True, gettext_lazy("yes")), (False, gettext_lazy("no"))],
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Regrade
        fields: list = []


class RegradeList(generic.BaseListingView):
    """Runs of one's own, and those that touched people whose attempts one may read."""

    page_title = RUNS
    header_icon = "redirect"
    paginate_by = A_PAGE
    verbose_name_plural = gettext_lazy("regrades")
    index_url_name = "regrades:index"
    index_results_url_name = "regrades:index-results"
    filterset_class = RegradeFilters
    is_searchable = True
    search_fields = ["code", "stem", "reason"]
    columns = [
        TitleColumn("code", label=gettext_lazy("Question"), url_name="regrades:show"),
        Column("stem", label=gettext_lazy("Asks")),
        Column("get_verdict_display", label=gettext_lazy("Verdict")),
        StateColumn("state", label=gettext_lazy("Judged again")),
        WhoColumn("made_by", label=gettext_lazy("By")),
        MomentColumn("made_at", label=gettext_lazy("When")),
    ]

    def get_base_queryset(self):
        return permissions.regrades_for(self.request.user).select_related("made_by").order_by("-made_at")


class ForReadersOfAttempts(MenuItem):
    def is_shown(self, request):
        return may_read_attempts(request.user) or permissions.may_regrade(request.user)


class RegradeViewSet(ViewSet):
    name = "regrades"
    icon = "redirect"
    menu_label = RUNS
    menu_item_class = ForReadersOfAttempts

    def get_urlpatterns(self):
        return [
            path("", RegradeList.as_view(), name="index"),
            path("results/", RegradeList.as_view(results_only=True), name="index-results"),
            path("question/<int:pk>/", preview, name="preview"),
            path("<uuid:pk>/", show, name="show"),
            path("<uuid:pk>/remarks.csv", remarks_file, name="remarks"),
        ]


def log_actions(actions):
    actions.register_action("assessments.regrade", _("Regrade"), _("Papers judged again"))
    actions.register_action(
        "assessments.export_remarks", _("Take remarks as a file"), _("Remarks of a regrade taken as a file")
    )
