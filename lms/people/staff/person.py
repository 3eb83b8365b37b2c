"""One person in the admin: what is known about her, her postings."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.log_actions import log

from .. import services
from ..models import Posting
from ..permissions import may_edit, person_for, roles_to_give
from .buttons import person_buttons
from .forms import LastDayForm, PostingForm
from .pages import editable_person, person_page, person_url


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_for(request.user, pk)
    log(person, "people.view", user=request.user, title=person.staff_number)
    context = {
        "edits": may_edit(request.user, person),
        "postings": person.postings.select_related("site", "country"),
        "today": timezone.localdate(),
        "header_buttons": person_buttons(request.user, person),
    }
    return person_page(request, "people/staff/person.html", person, "", **context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_posting(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = editable_person(request, pk)
    form = PostingForm(request.POST or None, instance=Posting(country=person.country), for_user=request.user)
    if form.is_bound and form.is_valid():
        services.post_person(person, **form.cleaned_data, by=request.user)
        return redirect(person_url("show", person))
    context = {"form": form, "submit_button_label": _("Save"), "submit_button_active_label": _("Saving…")}
    return person_page(request, "people/staff/form.html", person, _("Add a posting"), **context)


@require_http_methods(["GET", "HEAD", "POST"])
def end_posting(request: HttpRequest, pk: UUID, posting: int) -> HttpResponse:
    person = editable_person(request, pk)
    row = get_object_or_404(person.postings.select_related("site", "country"), pk=posting)
    if row.role not in roles_to_give(request.user, row.country_id):
        raise PermissionDenied
    form = LastDayForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.end_posting(row, on=form.cleaned_data["ends_on"], by=request.user)
            return redirect(person_url("show", person))
        except services.PostingIsOver:
            form.add_error("ends_on", _("This posting is over already, or did not begin by that day."))
    context = {"form": form, "lead": row, "submit_button_label": _("Save"), "submit_button_active_label": _("Saving…")}
    return person_page(request, "people/staff/form.html", person, _("End a posting"), **context)
