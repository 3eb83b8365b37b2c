"""Wishes about data in the admin: what waits, the answer, and a second look before somebody is erased."""

from uuid import UUID

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from ..models import DataRequest, User
from ..permissions import KEEP_RECORDS, countries_for, may_edit
from ..staff.policies import PeoplePolicy
from . import requests
from .forms import AnswerForm, EraseAnswerForm
from .permissions import wish_for, wishes_kept_by, wishes_waiting_for

TITLE = gettext_lazy("Wishes about data")
STATES = (
    ("waiting", gettext_lazy("Waiting")),
    ("granted", gettext_lazy("Granted")),
    ("refused", gettext_lazy("Refused")),
)
GRANTED = {"waiting": None, "granted": True, "refused": False}


def _countries(request):
    return countries_for(request.user, *KEEP_RECORDS)


class WishFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Wish"), choices=DataRequest.Kind.choices)
    country = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Country"), field_name="person__country", queryset=_countries
    )

    class Meta:
        model = DataRequest
        fields: list = []

    def in_state(self, rows, name, value):
        return rows.filter(granted=GRANTED[value])


class WishList(generic.BaseListingView):
    """Those of one's countries, the longest waiting first."""

    page_title = TITLE
    header_icon = "mail"
    paginate_by = 50
    verbose_name_plural = TITLE
    index_url_name = "staff_wishes:index"
    index_results_url_name = "staff_wishes:index-results"
    filterset_class = WishFilters
    columns = [
        TitleColumn("person", label=gettext_lazy("Name"), url_name="staff_wishes:show"),
        Column("staff_number", label=gettext_lazy("Staff number"), accessor="person.staff_number"),
        Column("country", label=gettext_lazy("Country"), accessor="person.country"),
        Column("kind", label=gettext_lazy("Wish"), accessor="get_kind_display"),
        Column("made_at", label=gettext_lazy("Asked on"), accessor=lambda wish: _day(wish.made_at)),
        Column("state", label=gettext_lazy("State"), accessor=lambda wish: _state(wish)),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not _countries(request).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return wishes_kept_by(self.request.user).exclude(person=self.request.user).order_by("decided_at", "made_at")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One wish; answered here, but for an erasure, which has a page of its own."""
    wish = wish_for(request.user, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, wish, form.cleaned_data["answer"])
    if request.method != "POST":
        log(wish.person, "people.view_wish", user=request.user, title=wish.person.staff_number)
    context = {"form": form, "may_answer": may_edit(request.user, wish.person)}
    return _page(request, "people/rights/staff/wish.html", wish, str(wish.get_kind_display()), **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What goes and what stays; then her staff number, typed."""
    wish = _answerable(request, wish_for(request.user, pk))
    if wish.kind != DataRequest.Kind.ERASE or wish.decided_at:
        return redirect("staff_wishes:show", wish.pk)
    form = EraseAnswerForm(request.POST or None, person=wish.person)
    if form.is_bound and form.is_valid():
        if _decide(request, wish, granted=True, answer=""):
            messages.success(request, _("%(number)s is erased.") % {"number": wish.person.staff_number})
        return redirect("staff_wishes:index")
    stays = [line for hook in hooks.get_hooks("stays_after_erasure") for line in hook(wish.person)]
    return _page(request, "people/rights/staff/erase.html", wish, _("Erase"), form=form, stays=stays)


def _answer(request: HttpRequest, wish: DataRequest, answer: str) -> HttpResponse:
    """A correction that is granted leads to her data; an erasure is only ever refused here."""
    _answerable(request, wish)
    granted = request.POST.get("granted") == "yes" and wish.kind == DataRequest.Kind.CORRECT
    if not _decide(request, wish, granted=granted, answer=answer):
        return redirect("staff_wishes:show", wish.pk)
    if granted:
        messages.success(request, _("She reads your answer. Now correct her data here."))
        return redirect("staff_people:edit", wish.person_id)
    messages.success(request, _("She reads your answer."))
    return redirect("staff_wishes:index")


def _decide(request: HttpRequest, wish: DataRequest, *, granted: bool, answer: str) -> bool:
    try:
        requests.decide(wish, by=request.user, granted=granted, answer=answer)
    except requests.Decided:
        messages.warning(request, _("This wish was answered or taken back before."))
        return False
    return True


def _answerable(request: HttpRequest, wish: DataRequest) -> DataRequest:
    if not may_edit(request.user, wish.person):
        raise PermissionDenied
    return wish


def _page(request: HttpRequest, template: str, wish: DataRequest, title: str, **context) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("staff_wishes:index"), "label": TITLE},
        {"url": "", "label": str(wish.person)},
    ]
    heads = {"breadcrumbs_items": crumbs, "header_title": title, "page_title": title, "header_icon": "mail"}
    return render(request, template, {"wish": wish, "person": wish.person} | heads | context)


def _day(moment) -> str:
    return date_format(localtime(moment), "j M Y")


def _state(wish: DataRequest) -> str:
    names = {value: label for (_key, label), value in zip(STATES, GRANTED.values(), strict=True)}
    return str(names[wish.granted])


class WaitingWishes(Component):
    """On the admin's first page."""

    name = "wishes_waiting"
    template_name = "people/rights/staff/waiting.html"
    order = 95

    def __init__(self, user):
        self.user = user

    @cached_property
    def count(self) -> int:
        return wishes_waiting_for(self.user).count()

    def get_context_data(self, parent_context):
        return {"count": self.count}


def tell_what_waits(request: HttpRequest, panels: list) -> None:
    panel = WaitingWishes(request.user)
    if panel.count:
        panels.append(panel)


class ForKeepers(MenuItem):
    def is_shown(self, request):
        """From the postings that the menu has read already."""
        return PeoplePolicy(User).holds(request.user, KEEP_RECORDS, in_a_country=True)


class WishViewSet(ViewSet):
    name = "staff_wishes"
    url_prefix = "wishes-about-data"
    icon = "mail"
    menu_label = TITLE
    menu_item_class = ForKeepers

    def get_urlpatterns(self):
        return [
            path("", WishList.as_view(), name="index"),
            path("results/", WishList.as_view(results_only=True), name="index-results"),
            path("<uuid:pk>/", show, name="show"),
            path("<uuid:pk>/erase/", erase, name="erase"),
        ]
