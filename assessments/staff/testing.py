"""Trainers' lists: quizzes that wait for a conversation, and what observers signed. Scoped to their places."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from lms.people.models import Role
from lms.people.permissions import sites_for

from .. import permissions, queries, services
from ..forms import ExtraTryForm
from ..models import Attempt, Observation


class ForTrainers(MenuItem):
    def is_shown(self, request):
        return sites_for(request.user, Role.TRAINER).exists()


class PersonColumn(Column):
    def get_value(self, instance):
        return f"{instance.person.get_full_name()} · {instance.person.staff_number}"


class ScoreColumn(Column):
    def get_value(self, attempt):
        return _("%(score)s of %(of)s") % {"score": attempt.points, "of": len(attempt.paper)}


class StateColumn(Column):
    def get_value(self, observation):
        if observation.voided_at:
            return _("Voided: %(reason)s") % {"reason": observation.void_reason}
        return _("Competent") if observation.competent else _("Not yet")


class LockedList(generic.BaseListingView):
    """The last try of each learner whose tries are used up."""

    page_title = gettext_lazy("Locked quizzes")
    header_icon = "lock"
    paginate_by = 50
    verbose_name_plural = gettext_lazy("locked quizzes")
    columns = [
        TitleColumn("title", label=gettext_lazy("Quiz"), url_name="locked-quizzes:open"),
        PersonColumn("person", label=gettext_lazy("Learner")),
        ScoreColumn("score", label=gettext_lazy("Last result")),
        DateColumn("handed_in_at", label=gettext_lazy("Handed in")),
    ]

    def get_base_queryset(self):
        locked = queries.locked_attempts(permissions.learners_trained_by(self.request.user))
        found = Attempt.objects.filter(pk__in=[attempt.pk for attempt in locked])
        return found.select_related("person").order_by("-handed_in_at")


@require_http_methods(["GET", "HEAD", "POST"])
def open_try(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a conversation and open one more try."""
    attempt = permissions.locked_attempt_for(request.user, pk)
    form = ExtraTryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _opened(request, attempt, form.cleaned_data["conversation"])
    context = {
        "attempt": attempt,
        "form": form,
        "missed": [item for item in attempt.paper if item["id"] in _missed(attempt)],
        "page_title": _("Open another try"),
        "header_title": _("Open another try"),
        "header_icon": "lock",
        "breadcrumbs_items": [
            {"url": reverse("locked-quizzes:index"), "label": _("Locked quizzes")},
            {"url": "", "label": _("Open another try")},
        ],
    }
    return render(request, "assessments/staff/open_try.html", context)


def _opened(request: HttpRequest, attempt: Attempt, conversation: str) -> HttpResponse:
    try:
        services.open_extra_try(request.user, attempt, conversation)
    except services.NotLocked:
        messages.error(request, _("This quiz is not locked any more."))
    else:
        name = attempt.person.get_full_name()
        messages.success(request, _("%(name)s can try %(title)s again.") % {"name": name, "title": attempt.title})
    return redirect("locked-quizzes:index")


def _missed(attempt: Attempt) -> set[str]:
    return {mark.item_id for mark in attempt.marks.all() if not mark.right}


class ObservationList(generic.BaseListingView):
    page_title = gettext_lazy("Observations")
    header_icon = "view"
    paginate_by = 50
    verbose_name_plural = gettext_lazy("observations")

    @cached_property
    def columns(self):
        return [
            TitleColumn("title", label=gettext_lazy("Practical"), get_url=_result_url),
            Column("learner", label=gettext_lazy("Learner")),
            Column("observer", label=gettext_lazy("Observer")),
            Column("site", label=gettext_lazy("Site")),
            DateColumn("signed_at", label=gettext_lazy("Signed")),
            StateColumn("state", label=gettext_lazy("State")),
        ]

    def get_base_queryset(self):
        signed = Observation.objects.filter(
            signed_at__isnull=False, site__in=sites_for(self.request.user, Role.TRAINER)
        )
        return signed.select_related("learner", "observer", "site").order_by("-signed_at")


def _result_url(observation: Observation) -> str:
    return reverse("assessments:observation-result", args=[observation.pk])


class LockedViewSet(ViewSet):
    name = "locked-quizzes"
    icon = "lock"
    menu_label = gettext_lazy("Locked quizzes")
    menu_item_class = ForTrainers

    def get_urlpatterns(self):
        return [path("", LockedList.as_view(), name="index"), path("<uuid:pk>/", open_try, name="open")]


class ObservationViewSet(ViewSet):
    name = "observations"
    icon = "view"
    menu_label = gettext_lazy("Observations")
    menu_item_class = ForTrainers

    def get_urlpatterns(self):
        return [path("", ObservationList.as_view(), name="index")]


class TestingGroup(ViewSetGroup):
    items = (LockedViewSet, ObservationViewSet)
    menu_label = gettext_lazy("Tests")
    menu_icon = "clipboard-list"
    menu_order = 206
