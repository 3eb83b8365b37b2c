"""The menu «Tests», and quizzes that wait for a conversation. Scoped to the trainer's places."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup

from lms.people.models import Role
from lms.people.permissions import holds, sites_for

from .. import permissions, queries, services
from ..forms import ExtraTryForm
from ..models import Attempt
from .analysis import AnalysisViewSet
from .attempts import AttemptViewSet
from .coaching import CoachingViewSet
from .gain import GainViewSet
from .importing import QuestionImportViewSet
from .observations import NeverObservedViewSet, ObservationViewSet
from .regrades import RegradeViewSet
from .tags import TagViewSet


class ForTrainers(MenuItem):
    def is_shown(self, request):
        return holds(request.user, Role.TRAINER)


class PersonColumn(Column):
    def get_value(self, instance):
        return f"{instance.person.get_full_name()} · {instance.person.staff_number}"


class ScoreColumn(Column):
    def get_value(self, attempt):
        return _("%(score)s of %(of)s") % {"score": attempt.points, "of": len(attempt.paper)}


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

    def dispatch(self, request, *args, **kwargs):
        if not sites_for(request.user, Role.TRAINER).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

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


class LockedViewSet(ViewSet):
    name = "locked-quizzes"
    icon = "lock"
    menu_label = gettext_lazy("Locked quizzes")
    menu_item_class = ForTrainers

    def get_urlpatterns(self):
        return [path("", LockedList.as_view(), name="index"), path("<uuid:pk>/", open_try, name="open")]


class TestingGroup(ViewSetGroup):
    items = (
        LockedViewSet,
        ObservationViewSet,
        CoachingViewSet,
        NeverObservedViewSet,
        AttemptViewSet,
        RegradeViewSet,
        QuestionImportViewSet,
        AnalysisViewSet,
        GainViewSet,
        TagViewSet,
    )
    menu_label = gettext_lazy("Tests")
    menu_icon = "clipboard-list"
    menu_order = 206
