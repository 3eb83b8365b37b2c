"""To another site of the country, or handed over to another country."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from lms.people import transfers
from lms.people.models import User
from lms.people.permissions import may_edit
from lms.people.staff.pages import editable_person, person_page, person_url

from ..capacity import CohortFull
from ..enrolling import move_to_cohort
from ..models import Enrolment
from .forms import HandOverForm, TransferForm
from .permissions import is_seen


@require_http_methods(["GET", "HEAD", "POST"])
def to_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = editable_person(request, pk)
    form = TransferForm(request.POST or None, user=request.user, person=person)
    if form.is_bound and form.is_valid() and _transfer(form, person, request.user):
        messages.success(request, _("Transferred."))
        return redirect(person_url("show", person))
    country = HeaderButton(_("To another country"), url=_url("hand-over", person), icon_name="globe")
    labels = {"submit_button_label": _("Transfer"), "submit_button_active_label": _("Saving…")}
    context = {"form": form, "header_buttons": [country]} | labels
    return person_page(request, "learning/staff/transfer.html", person, _("Transfer"), **context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Given by the country that she leaves. A second press, when she is gone, is a 404: she is theirs by then."""
    person = editable_person(request, pk)
    form = HandOverForm(request.POST or None, person=person)
    if form.is_bound and form.is_valid() and _hand_over(form, person, request.user):
        messages.success(
            request, _("Her record belongs to %(country)s now.") % {"country": form.cleaned_data["country"]}
        )
        if is_seen(request.user, person):
            return redirect(person_url("show", person))
        return redirect("staff_people:index")
    labels = {"submit_button_label": _("Hand over"), "submit_button_active_label": _("Saving…")}
    title = _("Transfer to another country")
    return person_page(request, "learning/staff/hand_over.html", person, title, form=form, **labels)


def buttons(user: User, person: User) -> list[HeaderButton]:
    if not may_edit(user, person):
        return []
    return [HeaderButton(_("Transfer"), url=_url("transfer", person), icon_name="redirect", priority=500)]


@transaction.atomic
def _transfer(form: TransferForm, person: User, by: User) -> bool:
    data = form.cleaned_data
    try:
        if cohort := data["cohort"]:
            enrolments = Enrolment.objects.open().filter(person=person, programme_key=cohort.programme_key)
            move_to_cohort(enrolments, cohort, by=by)
    except CohortFull:
        form.add_error("cohort", _("This cohort is full."))
        return False
    days = {"last_day": data["last_day"], "first_day": data["first_day"]}
    transfers.transfer(person, data["postings"], to=data["site"], **days, by=by)
    return True


def _hand_over(form: HandOverForm, person: User, by: User) -> bool:
    try:
        transfers.hand_over(person, form.cleaned_data["country"], last_day=form.cleaned_data["last_day"], by=by)
        return True
    except transfers.NotYet:
        form.add_error("last_day", _("Hand her over on her last day, or afterwards."))
    except transfers.HoldsOffice:
        form.add_error("country", _("She still holds a staff role here. End it first."))
    return False


def _url(name: str, person: User) -> str:
    return reverse(f"staff_enrolments:{name}", args=[person.pk])
