"""Attempts in the admin: a list that is searched, and the record of one for a dispute."""

from uuid import UUID

import django_filters
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from lms.core.models import Country
from lms.learning.models import Cohort, Enrolment
from lms.people.models import Posting, Role, Site
from lms.people.permissions import SEE_A_COUNTRY, sites_for

from ..models import Attempt, Mark, Purpose, QuizPage, Remark
from ..records import building, drawing, files, words
from ..records.permissions import attempt_recorded_for, attempts_recorded_for, may_read_attempts
from ..reveal import points_in_words

MOST_WORDS = 10  # a database refuses a question of a thousand parts

RESULTS = {
    "complete": (gettext_lazy("Passed"), Q(completed_at__isnull=False)),
    "put_right": (gettext_lazy("Passed, to put right"), Q(passed_at__isnull=False, completed_at=None)),
    "not_yet": (gettext_lazy("Not yet"), Q(handed_in_at__isnull=False, passed_at=None, completed_at=None)),
    "open": (gettext_lazy("Not handed in"), Q(handed_in_at=None)),
    "regraded": (gettext_lazy("Regraded"), Q(Exists(Remark.objects.filter(attempt=OuterRef("pk"))))),
    "flagged": (
        gettext_lazy("Does not stand after a regrade"),
        Q(completed_at=None) & Q(Exists(Remark.objects.filter(attempt=OuterRef("pk"), effect=Remark.Effect.FLAGGED))),
    ),
}


def _quizzes() -> list[tuple[str, str]]:
    quizzes = QuizPage.objects.filter(locale__language_code="en").order_by("title")
    return [(str(key), title) for key, title in quizzes.values_list("translation_key", "title")]


def _sites(request):
    return sites_for(request.user, *SEE_A_COUNTRY).select_related("country")


def _countries(request):
    return Country.objects.filter(pk__in=sites_for(request.user, *SEE_A_COUNTRY).values("country"))


def _cohorts(request):
    return Cohort.objects.filter(country__in=_countries(request))


class AttemptFilters(WagtailFilterSet):
    unit_key = django_filters.ChoiceFilter(label=gettext_lazy("Quiz"), choices=_quizzes)
    result = django_filters.ChoiceFilter(
        label=gettext_lazy("Result"), choices=[(key, name) for key, (name, _q) in RESULTS.items()], method="with_result"
    )
    country = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Country"), field_name="person__country", queryset=_countries
    )
    site = django_filters.ModelChoiceFilter(label=gettext_lazy("Site"), method="at_site", queryset=_sites)
    cohort = django_filters.ModelChoiceFilter(label=gettext_lazy("Cohort"), method="of_cohort", queryset=_cohorts)
    started_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Started"), widget=django_filters.widgets.DateRangeWidget({"type": "date"})
    )

    class Meta:
        model = Attempt
        fields: list = []

    def with_result(self, attempts, name, value):
        return attempts.filter(RESULTS[value][1])

    def at_site(self, attempts, name, site: Site):
        learners = Posting.objects.current().filter(role=Role.LEARNER, site=site)
        return attempts.filter(person__in=learners.values("person"))

    def of_cohort(self, attempts, name, cohort: Cohort):
        return attempts.filter(person__in=Enrolment.objects.filter(cohort=cohort).values("person"))


class PersonColumn(Column):
    def get_value(self, attempt):
        return f"{attempt.person.get_full_name()} · {attempt.person.staff_number}"


class PurposeColumn(Column):
    def get_value(self, attempt):
        return str(Purpose(attempt.purpose).label).split(":")[0]


class ResultColumn(Column):
    """The score and what it came to. How long the paper is, its marks tell: no paper is read for a list."""

    def get_value(self, attempt):
        if attempt.is_open:
            return RESULTS["open"][0]
        scored = {"score": points_in_words(attempt.score), "of": attempt.questions}
        return f"{_('%(score)s of %(of)s') % scored}{self._state(attempt)}"

    def _state(self, attempt) -> str:
        if attempt.purpose in (Purpose.PRE_TEST, Purpose.POST_TEST):
            return ""
        key = "complete" if attempt.completed_at else "put_right" if attempt.passed_at else "not_yet"
        return f" · {RESULTS[key][0]}"


class MomentColumn(Column):
    """A day and an hour: «in 12 months» or «1 minute ago» would not do for a dispute."""

    def get_value(self, instance):
        moment = super().get_value(instance)
        return date_format(timezone.localtime(moment), "j M Y H:i") if moment else ""


class AttemptList(generic.BaseListingView):
    """Everyone's at one's places, the newest first. A fixed number of queries."""

    page_title = gettext_lazy("Attempts")
    header_icon = "form"
    paginate_by = 50
    verbose_name_plural = gettext_lazy("attempts")
    index_url_name = "attempts:index"
    index_results_url_name = "attempts:index-results"
    filterset_class = AttemptFilters
    is_searchable = True
    columns = [
        TitleColumn("title", label=gettext_lazy("Quiz"), url_name="attempts:show"),
        PersonColumn("person", label=gettext_lazy("Learner")),
        Column("country_code", label=gettext_lazy("Country")),
        PurposeColumn("purpose", label=gettext_lazy("Purpose")),
        Column("number", label=gettext_lazy("Try")),
        ResultColumn("result", label=gettext_lazy("Result")),
        MomentColumn("handed_in_at", label=gettext_lazy("Handed in")),
    ]

    def get_base_queryset(self):
        rows = attempts_recorded_for(self.request.user).select_related("person").defer("paper", "key")
        marks = Mark.objects.filter(attempt=OuterRef("pk")).order_by().values("attempt").annotate(n=Count("pk"))
        return rows.annotate(questions=marks.values("n")).order_by("-started_at")

    def search_queryset(self, queryset):
        """Each word in one of the names or the staff number."""
        for word in self.search_query.split()[:MOST_WORDS]:
            queryset = queryset.filter(
                Q(person__given_names__icontains=word)
                | Q(person__family_name__icontains=word)
                | Q(person__staff_number__icontains=word)
            )
        return queryset


@require_safe
@never_cache
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The record of an attempt, with its key. That it was looked at is logged."""
    attempt = attempt_recorded_for(request.user, pk)
    _log(request, attempt, "assessments.view_record")
    record = building.record(attempt)
    title = _("Record of an attempt")
    heads = {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("attempts:index"), "label": AttemptList.page_title},
            {"url": "", "label": title},
        ],
        "header_title": title,
        "page_title": title,
        "header_icon": "form",
    }
    copy = {"attempt": attempt, "sha256": building.sha256(record)}
    return render(request, "assessments/staff/record.html", heads | words.context(record) | copy)


@require_safe
@never_cache
def as_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    attempt = attempt_recorded_for(request.user, pk)
    _log(request, attempt, "assessments.export_record", format="json")
    return files.as_json(attempt, building.record(attempt))


@require_safe
@never_cache
def as_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    attempt = attempt_recorded_for(request.user, pk)
    try:
        response = files.as_pdf(attempt, building.record(attempt), made_by=request.user, made_at=timezone.now())
    except drawing.MissingLibrary as missing:
        messages.error(request, str(missing))
        return redirect("attempts:show", attempt.pk)
    _log(request, attempt, "assessments.export_record", format="pdf")
    return response


def _log(request: HttpRequest, attempt: Attempt, action: str, **data) -> None:
    """Under the staff number: the log names nobody."""
    log(attempt, action, user=request.user, title=attempt.person.staff_number, data=data)


class ForReaders(MenuItem):
    def is_shown(self, request):
        return may_read_attempts(request.user)


class AttemptViewSet(ViewSet):
    name = "attempts"
    icon = "form"
    menu_label = gettext_lazy("Attempts")
    menu_item_class = ForReaders

    def get_urlpatterns(self):
        return [
            path("", AttemptList.as_view(), name="index"),
            path("results/", AttemptList.as_view(results_only=True), name="index-results"),
            path("<uuid:pk>/", show, name="show"),
            path("<uuid:pk>.json", as_json, name="json"),
            path("<uuid:pk>.pdf", as_pdf, name="pdf"),
        ]


def log_actions(actions):
    actions.register_action("assessments.view_record", _("Look at an attempt"), _("Record of an attempt looked at"))
    actions.register_action("assessments.view_observation", _("Look at an observation"), _("Observation looked at"))
    actions.register_action("assessments.export_record", _("Take a record"), _("Record of an attempt taken as a file"))
