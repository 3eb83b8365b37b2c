"""Staff: whom to practise with after a second «not yet», and that it was done."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from .. import permissions, watching
from ..forms import CoachingForm
from ..models import Observation
from ..views.practicals import missed_of, practical_or_404, record
from .observations import ListViewSet, PlacesReport


class CoachingList(PlacesReport):
    """The second «not yet» of everyone who is to be practised with, or waits after it."""

    page_title = gettext_lazy("Practise with her")
    header_icon = "group"
    index_url_name = "coaching:index"
    index_results_url_name = "coaching:results"
    model = Observation
    export_filename = "practise-with-her"

    @cached_property
    def file(self):
        return {
            "title": (gettext_lazy("Practical"), lambda row: row.title),
            "learner": (gettext_lazy("Learner"), lambda row: row.learner.get_full_name()),
            "staff_number": (gettext_lazy("Staff number"), lambda row: row.learner.staff_number),
            "site": (gettext_lazy("Site"), lambda row: str(row.site)),
            "signed": (gettext_lazy("Last “not yet”"), lambda row: localdate(row.signed_at)),
            "state": (gettext_lazy("What comes next"), self.what_next),
        }

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=gettext_lazy("Practical"), get_url=self._record_url),
            Column("learner", label=gettext_lazy("Learner")),
            Column("site", label=gettext_lazy("Site")),
            DateColumn("signed_at", label=gettext_lazy("Last “not yet”")),
            Column("state", label=gettext_lazy("What comes next"), accessor=self.what_next),
        ]

    @cached_property
    def waiting(self) -> dict:
        return watching.waiting_places(permissions.learners_followed_by(self.request.user))

    @cached_property
    def coached_learners(self) -> set:
        return set(permissions.learners_trained_by(self.request.user).values_list("pk", flat=True))

    def what_next(self, observation: Observation) -> str:
        until = self._standing(observation).waits_until
        if until:
            return _("Next observation from %(day)s.") % {"day": date_format(until, "j F Y")}
        return _("Practise with her first")

    def _standing(self, observation: Observation) -> watching.Standing:
        return self.waiting[observation.learner_id, observation.unit_key]

    def _record_url(self, observation: Observation) -> str | None:
        if observation.learner_id not in self.coached_learners or not self._standing(observation).needs_coaching:
            return None
        return reverse("coaching:record", args=[observation.learner_id, observation.unit_key])

    def get_base_queryset(self):
        newest = Observation.objects.filter(pk__in=[where.last.pk for where in self.waiting.values()])
        return newest.select_related("learner", "site").order_by("signed_at")


@require_http_methods(["GET", "HEAD", "POST"])
def record_coaching(request: HttpRequest, learner_id: UUID, unit_key: UUID) -> HttpResponse:
    """The same form as on the phone."""
    learner = permissions.learner_for_coach(request.user, learner_id)
    page = practical_or_404(unit_key)
    form = CoachingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := record(request, learner, page, form)):
        messages.success(request, done)
        return redirect("coaching:index")
    context = {
        "learner": learner,
        "page": page,
        "form": form,
        "missed": missed_of(watching.standing(learner, page)),
        "page_title": CoachingList.page_title,
        "header_title": CoachingList.page_title,
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("coaching:index"), "label": CoachingList.page_title},
            {"url": "", "label": learner.get_full_name()},
        ],
    }
    return render(request, "assessments/staff/coaching.html", context, status=422 if form.errors else 200)


class CoachingViewSet(ListViewSet):
    name = "coaching"
    icon = "group"
    menu_label = CoachingList.page_title
    list_view = CoachingList

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<uuid:learner_id>/<uuid:unit_key>/", record_coaching, name="record")]
