"""Somebody leaves, left by mistake, or comes back: the pages for it."""

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton

from .. import leaving
from ..models import Departure, Role, Site, User
from ..permissions import KEEP_RECORDS, may_edit, may_restore, roles_to_give, sites_for
from ..slips import Slip, print_slips
from .pages import editable_person, person_page, person_url


class LeaveForm(forms.Form):
    left_on = forms.DateField(label=gettext_lazy("Last day"), initial=timezone.localdate, widget=AdminDateInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", gettext_lazy("Choose one")), *Departure.Reason.choices],
        help_text=gettext_lazy("For the office only."),
    )
    at_once = forms.BooleanField(
        label=gettext_lazy("Sign her out now"),
        required=False,
        help_text=gettext_lazy("Else at the end of her last day."),
    )


class RejoinForm(forms.Form):
    site = forms.ModelChoiceField(Site.objects.none(), label=gettext_lazy("Site"))
    on = forms.DateField(label=gettext_lazy("First day"), initial=timezone.localdate, widget=AdminDateInput)
    go_on = forms.BooleanField(
        label=gettext_lazy("Go on where she was"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Her programmes that were closed when she left are opened again."),
    )

    def __init__(self, *args, user: User, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        sites = sites_for(user, *KEEP_RECORDS).open().filter(country=person.country_id)
        self.fields["site"].queryset = sites


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = editable_person(request, pk)
    form = LeaveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        leaving.leave(person, **form.cleaned_data, by=request.user)
        messages.success(request, _("The departure is noted. Her certificates stay: HR decides about them."))
        return redirect(person_url("show", person))
    labels = {"submit_button_label": _("Save"), "submit_button_active_label": _("Saving…")}
    return person_page(request, "people/staff/leave.html", person, _("Note a departure"), form=form, **labels)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: UUID, departure: int) -> HttpResponse:
    person = editable_person(request, pk)
    row = person.departures.filter(pk=departure).first()
    if row and not may_restore(request.user, row):
        raise PermissionDenied
    if request.method != "POST":
        row = get_object_or_404(person.departures, pk=departure)
        return person_page(request, "people/staff/take_back.html", person, _("Take the departure back"), departure=row)
    if row:
        _take_back(request, row)
    return redirect(person_url("show", person))


def _take_back(request: HttpRequest, departure: Departure) -> None:
    try:
        leaving.take_back(departure, by=request.user)
        messages.success(request, _("Taken back: everything is as it was before."))
    except leaving.TooLate:
        messages.error(request, _("It is too late to take this back. She can be taken in again."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rejoin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where and from when; then the slip with her new code, this once."""
    person = editable_person(request, pk)
    departure = leaving.open_departure(person)
    if Role.LEARNER not in roles_to_give(request.user, person.country_id):
        raise PermissionDenied
    if not departure or not departure.ended_at:
        messages.error(request, _("She is here."))
        return redirect(person_url("show", person))
    form = RejoinForm(request.POST or None, user=request.user, person=person)
    if form.is_bound and form.is_valid():
        try:
            code = leaving.rejoin(departure, **form.cleaned_data, by=request.user)
            return print_slips(request, [Slip(person, code)], back_url=person_url("show", person))
        except leaving.BackTooEarly:
            form.add_error("on", _("This must be after her last day, %(day)s.") % {"day": departure.left_on})
    labels = {"submit_button_label": _("Save and show the slip"), "submit_button_active_label": _("Saving…")}
    return person_page(request, "people/staff/form.html", person, _("Take in again"), form=form, **labels)


def buttons(user: User, person: User) -> list[HeaderButton]:
    if not may_edit(user, person):
        return []
    departure = leaving.open_departure(person)
    if not departure:
        return [_button(_("Note a departure"), "leave", person, icon="logout")]
    found = []
    if leaving.may_take_back(departure) and may_restore(user, departure):
        found.append(_button(_("Take the departure back"), "take-back", person, departure.pk, icon="undo"))
    if departure.ended_at:
        found.append(_button(_("Take in again"), "rejoin", person, icon="login"))
    return found


def _button(label: str, name: str, person: User, *args, icon: str) -> HeaderButton:
    url = person_url(name, person, *args)
    return HeaderButton(label, url=url, icon_name=icon, priority=600)


urlpatterns = [
    path("<uuid:pk>/leave/", leave, name="leave"),
    path("<uuid:pk>/departures/<int:departure>/take-back/", take_back, name="take-back"),
    path("<uuid:pk>/rejoin/", rejoin, name="rejoin"),
]
