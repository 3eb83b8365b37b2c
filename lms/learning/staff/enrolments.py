"""One person's enrolments: what she is in, enrol her into another, move, close, open again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from lms.people.models import User
from lms.people.staff.pages import person_page

from ..capacity import CohortFull
from ..enrolling import EnrolmentCompleted, close_enrolment, move_to_cohort, reopen_enrolment
from ..intake.queries import programmes
from ..models import Enrolment
from ..services import AlreadyEnrolled, ComesAfter, enrol
from . import permissions
from .forms import CloseForm, EnrolForm, MoveForm


@require_safe
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = permissions.person_taught_by(request.user, pk)
    titles = {page.translation_key: page.title for page in programmes()}
    enrolments = list(person.enrolments.select_related("cohort"))
    for enrolment in enrolments:
        enrolment.title = titles.get(enrolment.programme_key, enrolment.programme_code)
        enrolment.state = _state(enrolment)
        enrolment.due = enrolment.due_on or (enrolment.cohort.ends_on if enrolment.cohort else None)
    button = HeaderButton(_("Enrol"), url=_url("new", person), icon_name="plus")
    context = {"enrolments": enrolments, "header_buttons": [button] if person.is_active else []}
    return person_page(request, "learning/staff/enrolments.html", person, _("Enrolments"), **context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = permissions.person_taught_by(request.user, pk)
    form = EnrolForm(request.POST or None, user=request.user, person=person)
    if form.is_bound and form.is_valid() and _enrol(form, person, request.user):
        messages.success(request, _("Enrolled."))
        return redirect(_url("of", person))
    labels = {"submit_button_label": _("Enrol"), "submit_button_active_label": _("Saving…")}
    return person_page(request, "people/staff/form.html", person, _("Enrol"), form=form, **labels)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    enrolment = permissions.enrolment_for(request.user, pk)
    form = MoveForm(
        request.POST or None, user=request.user, enrolment=enrolment, initial={"cohort": enrolment.cohort_id}
    )
    if form.is_bound and form.is_valid():
        try:
            move_to_cohort([enrolment], form.cleaned_data["cohort"], by=request.user)
            return redirect(_url("of", enrolment.person))
        except CohortFull:
            form.add_error("cohort", _("This cohort is full."))
    return _form(request, enrolment, _("Move to another cohort"), form)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    enrolment = permissions.enrolment_for(request.user, pk)
    form = CloseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            close_enrolment(enrolment, form.cleaned_data["reason"], request.user)
            return redirect(_url("of", enrolment.person))
        except EnrolmentCompleted:
            form.add_error("reason", _("She has completed it by now: there is nothing to close."))
    return _form(request, enrolment, _("Close the enrolment"), form)


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    enrolment = permissions.enrolment_for(request.user, pk)
    try:
        reopen_enrolment(enrolment, request.user)
        messages.success(request, _("She goes on where she was."))
    except AlreadyEnrolled:
        messages.error(request, _("She is in a newer cycle of this programme already."))
    except CohortFull:
        messages.error(request, _("Her cohort is full by now. Enrol her into another one."))
    except EnrolmentCompleted:
        messages.error(request, _("She has completed it."))
    return redirect(_url("of", enrolment.person))


def buttons(user: User, person: User) -> list[HeaderButton]:
    if not permissions.may_enrol(user, person):
        return []
    return [HeaderButton(_("Enrolments"), url=_url("of", person), icon_name="list-ul", priority=250)]


def _enrol(form: EnrolForm, person: User, by: User) -> Enrolment | None:
    """What stands in the way is said at its field."""
    data = dict(form.cleaned_data)
    try:
        return enrol(
            person,
            data["programme"],
            cohort=data["cohort"],
            due_on=data["due_on"],
            done_before=data["done_before"],
            by=by,
        )
    except AlreadyEnrolled:
        form.add_error("programme", _("She is in this programme already."))
    except CohortFull:
        form.add_error("cohort", _("This cohort is full."))
    except ComesAfter as missing:
        titles = ", ".join(page.title for page in missing.args[0])
        form.add_error("done_before", _("It comes after %(titles)s. She has not done that here.") % {"titles": titles})
    return None


def _state(enrolment: Enrolment) -> str:
    ended_at = enrolment.completed_at or enrolment.closed_at
    if not ended_at:
        return _("Open")
    day = date_format(timezone.localtime(ended_at), "j M Y")
    if enrolment.completed_at:
        return _("Completed on %(day)s") % {"day": day}
    return _("Closed on %(day)s: %(reason)s") % {"day": day, "reason": enrolment.closed_reason}


def _form(request: HttpRequest, enrolment: Enrolment, title: str, form) -> HttpResponse:
    labels = {"submit_button_label": _("Save"), "submit_button_active_label": _("Saving…")}
    lead = {"lead": enrolment}
    return person_page(request, "people/staff/form.html", enrolment.person, title, form=form, **lead, **labels)


def _url(name: str, person: User) -> str:
    return reverse(f"staff_enrolments:{name}", args=[person.pk])
