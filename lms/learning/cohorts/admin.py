"""The list of cohorts, its form, and the page that closes one."""

from django.contrib import messages
from django.db.models import Count, Q
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from lms.people.models import User
from lms.people.staff.viewset import OwnEditView, OwnIndexView, OwnRowsViewSet

from ..intake import permissions
from ..models import Cohort
from .closing import NotBegun, close_cohort
from .forms import ClosingForm, CohortForm


def _first_day(cohort: Cohort) -> str:
    return date_format(cohort.starts_on, "j M Y")


def _last_day(cohort: Cohort) -> str:
    return date_format(cohort.ends_on, "j M Y") if cohort.ends_on else ""


def _people(cohort: Cohort) -> str:
    if cohort.capacity is None:
        return str(cohort.people)
    return _("%(people)s of %(places)s") % {"people": cohort.people, "places": cohort.capacity}


def _state(cohort: Cohort) -> str:
    today = timezone.localdate()
    if cohort.starts_on > today:
        return _("Coming")
    return _("Past") if cohort.ends_on and cohort.ends_on < today else _("Running")


def cohort_buttons(cohort: Cohort, user: User) -> list[Button]:
    """Ways from a cohort into the rooms above: the hook `cohort_buttons`, fn(cohort, user) → Buttons."""
    return [button for hang in hooks.get_hooks("cohort_buttons") for button in hang(cohort, user)]


class CohortList(OwnIndexView):
    related = ("country", "partner")

    def get_base_queryset(self):
        return super().get_base_queryset().annotate(people=Count("enrolments", filter=Q(enrolments__closed_at=None)))


class CohortEditView(OwnEditView):
    @cached_property
    def header_more_buttons(self):
        close, room = reverse("cohorts:close", args=[self.object.pk]), reverse("room:cohort", args=[self.object.pk])
        return [
            *super().header_more_buttons,
            HeaderButton(_("How far everybody is"), url=room, icon_name="group", priority=5),
            HeaderButton(_("Close"), url=close, icon_name="lock", priority=6),
            *cohort_buttons(self.object, self.request.user),
        ]


class CohortViewSet(OwnRowsViewSet):
    model = Cohort
    name = "cohorts"
    icon = "list-ul"
    search_fields = ["name"]
    search_backend_name = None
    list_filter = ["country"]
    index_view_class = CohortList
    edit_view_class = CohortEditView
    list_display = [
        "name",
        "country",
        Column("starts_on", label=gettext_lazy("From"), accessor=_first_day),
        Column("ends_on", label=gettext_lazy("To"), accessor=_last_day),
        Column("people", label=gettext_lazy("People"), accessor=_people),
        Column("state", label=gettext_lazy("State"), accessor=_state),
        Column("partner", label=gettext_lazy("Partner")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("country"), FieldPanel("programme_key")]),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            FieldRowPanel([FieldPanel("capacity"), FieldPanel("partner")]),
            FieldPanel("sites", widget=CheckboxSelectMultiple),
            FieldPanel("trainers", widget=CheckboxSelectMultiple),
        ],
        base_form_class=CohortForm,
    )

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<int:pk>/close/", close, name="close")]


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Says who is not done, and asks."""
    cohort = get_object_or_404(permissions.cohorts_for(request.user), pk=pk)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = close_cohort(cohort, by=request.user, reason=form.cleaned_data["reason"].strip())
        except NotBegun:
            messages.error(request, _("It has not begun yet. Change its days instead."))
        else:
            told = ngettext("Closed; %(n)s enrolment with it.", "Closed; %(n)s enrolments with it.", count)
            messages.success(request, told % {"n": count})
        return redirect("cohorts:edit", cohort.pk)
    return render(request, "learning/cohorts/close.html", _heads(cohort) | {"cohort": cohort, "form": form})


def _heads(cohort: Cohort) -> dict:
    title = _("Close the cohort")
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("cohorts:index"), "label": _("Cohorts")},
        {"url": reverse("cohorts:edit", args=[cohort.pk]), "label": cohort.name},
        {"url": "", "label": title},
    ]
    return {
        "breadcrumbs_items": trail,
        "header_title": title,
        "page_title": title,
        "header_icon": "lock",
        "open_ones": cohort.enrolments.filter(completed_at=None, closed_at=None).count(),
    }


def log_actions(actions):
    actions.register_action("learning.close_cohort", _("Close a cohort"), _("Cohort closed"))
