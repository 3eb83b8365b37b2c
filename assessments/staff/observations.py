"""Staff lists about practicals, of their own places: what observers signed, and who was never watched."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet

from curriculum.models import ProgrammePage
from lms.core.export import ExportMixin
from lms.learning.models import Cohort, Enrolment
from lms.people.models import Role
from lms.people.permissions import holds, sites_for

from .. import permissions, watching
from ..models import Observation

STATES = [
    ("competent", gettext_lazy("Competent")),
    ("not_yet", gettext_lazy("Not yet")),
    ("voided", gettext_lazy("Voided")),
]
IN_STATE = {
    "competent": Q(competent=True, voided_at=None),
    "not_yet": Q(competent=False, voided_at=None),
    "voided": Q(voided_at__isnull=False),
}


def state_of(observation: Observation) -> str:
    if observation.voided_at:
        return _("Voided: %(reason)s") % {"reason": observation.void_reason}
    return _("Competent") if observation.competent else _("Not yet")


def _sites(request):
    return permissions.sites_followed_by(request.user).select_related("country")


def _cohorts(request):
    return Cohort.objects.filter(sites__in=permissions.sites_followed_by(request.user)).distinct()


def _programmes() -> list[tuple[str, str]]:
    pages = ProgrammePage.objects.filter(locale__language_code="en").order_by("title")
    return [(str(key), title) for key, title in pages.values_list("translation_key", "title")]


class ObservationFilterSet(WagtailFilterSet):
    site = django_filters.ModelChoiceFilter(label=gettext_lazy("Site"), queryset=_sites)
    cohort = django_filters.ModelChoiceFilter(label=gettext_lazy("Cohort"), method="of_cohort", queryset=_cohorts)
    programme = django_filters.ChoiceFilter(label=gettext_lazy("Programme"), method="of_programme", choices=_programmes)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), method="in_state", choices=STATES)
    signed_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Signed"), widget=DateRangePickerWidget)

    class Meta:
        model = Observation
        fields: list = []

    def of_cohort(self, rows, name, cohort):
        return rows.filter(watching.asked_by(enrolment__cohort=cohort))

    def of_programme(self, rows, name, key):
        return rows.filter(watching.asked_by(enrolment__programme_key=key))

    def in_state(self, rows, name, state):
        return rows.filter(IN_STATE[state])


class PlacesReport(ExportMixin, ReportView):
    """A list of the user's own places, on the screen and as a file that no spreadsheet takes for formulas."""

    permission_policy = None
    header_icon = "view"
    file: dict = {}  # heading and value of each column of the file

    def dispatch(self, request, *args, **kwargs):
        if not permissions.sites_followed_by(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def list_export(self):
        return list(self.file)

    @cached_property
    def export_headings(self):
        return {key: heading for key, (heading, _value) in self.file.items()}

    def get_filtered_queryset(self):
        return self.get_queryset()  # which filters already

    def to_row_dict(self, item):
        return {key: value(item) for key, (_heading, value) in self.file.items()}


class ObservationList(PlacesReport):
    """Everything that was signed at the user's places. Who may not read the words gets no link."""

    page_title = gettext_lazy("Observations")
    index_url_name = "observations:index"
    index_results_url_name = "observations:results"
    model = Observation
    filterset_class = ObservationFilterSet
    export_filename = "observations"
    file = {
        "title": (gettext_lazy("Practical"), lambda row: row.title),
        "learner": (gettext_lazy("Learner"), lambda row: row.learner.get_full_name()),
        "staff_number": (gettext_lazy("Staff number"), lambda row: row.learner.staff_number),
        "observer": (gettext_lazy("Observer"), lambda row: row.observer.get_full_name()),
        "site": (gettext_lazy("Site"), lambda row: str(row.site)),
        "setting": (gettext_lazy("Setting"), lambda row: str(row.get_setting_display())),
        "signed": (gettext_lazy("Signed"), lambda row: localdate(row.signed_at)),
        "state": (gettext_lazy("State"), state_of),
    }

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=gettext_lazy("Practical"), get_url=self._result_url),
            Column("learner", label=gettext_lazy("Learner")),
            Column("observer", label=gettext_lazy("Observer")),
            Column("site", label=gettext_lazy("Site")),
            DateColumn("signed_at", label=gettext_lazy("Signed")),
            Column("state", label=gettext_lazy("State"), accessor=state_of),
        ]

    @cached_property
    def trained_sites(self) -> set:
        return set(sites_for(self.request.user, Role.TRAINER).values_list("pk", flat=True))

    def _result_url(self, observation: Observation) -> str | None:
        if observation.site_id not in self.trained_sites or observation.learner_id == self.request.user.pk:
            return None
        return reverse("assessments:observation-result", args=[observation.pk])

    def get_base_queryset(self):
        signed = Observation.objects.filter(
            signed_at__isnull=False, site__in=permissions.sites_followed_by(self.request.user)
        )
        return signed.select_related("learner", "observer", "site").order_by("-signed_at")


class NeverObservedFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(label=gettext_lazy("Cohort"), queryset=_cohorts)
    site = django_filters.ModelChoiceFilter(label=gettext_lazy("Site"), method="at_site", queryset=_sites)

    class Meta:
        model = Enrolment
        fields: list = []

    def at_site(self, rows, name, site):
        return rows.filter(site_key=site.pk)


class NeverObservedList(PlacesReport):
    """Learners whose open enrolment asks for practicals, of whom nothing was signed yet."""

    page_title = gettext_lazy("Never observed")
    index_url_name = "never-observed:index"
    index_results_url_name = "never-observed:results"
    model = Enrolment
    filterset_class = NeverObservedFilterSet
    export_filename = "never-observed"
    file = {
        "learner": (gettext_lazy("Learner"), lambda row: row.person.get_full_name()),
        "staff_number": (gettext_lazy("Staff number"), lambda row: row.person.staff_number),
        "site": (gettext_lazy("Site"), lambda row: row.site),
        "cohort": (gettext_lazy("Cohort"), lambda row: row.cohort and row.cohort.name),
        "practicals": (gettext_lazy("Practicals open"), lambda row: row.practicals_open),
        "opened": (gettext_lazy("Enrolled"), lambda row: localdate(row.opened_at)),
    }
    columns = [
        Column("learner", label=gettext_lazy("Learner"), accessor=lambda row: row.person.get_full_name()),
        Column("staff_number", label=gettext_lazy("Staff number"), accessor=lambda row: row.person.staff_number),
        Column("site", label=gettext_lazy("Site")),
        Column("cohort", label=gettext_lazy("Cohort")),
        Column("practicals_open", label=gettext_lazy("Practicals open")),
        DateColumn("opened_at", label=gettext_lazy("Enrolled")),
    ]

    def get_base_queryset(self):
        return watching.never_observed(permissions.learners_followed_by(self.request.user))


class ForPlaces(MenuItem):
    def is_shown(self, request):
        return holds(request.user, *permissions.FOLLOW)


class ListViewSet(ViewSet):
    """A list, and the same list without its frame, which the filters ask for."""

    menu_item_class = ForPlaces
    list_view: type[ReportView]

    def get_urlpatterns(self):
        view = self.list_view
        return [
            path("", view.as_view(), name="index"),
            path("results/", view.as_view(results_only=True), name="results"),
        ]


class ObservationViewSet(ListViewSet):
    name = "observations"
    icon = "view"
    menu_label = ObservationList.page_title
    list_view = ObservationList


class NeverObservedViewSet(ListViewSet):
    name = "never-observed"
    icon = "warning"
    menu_label = NeverObservedList.page_title
    list_view = NeverObservedList
