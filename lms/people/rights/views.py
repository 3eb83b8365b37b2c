"""«My data»: what is known about the signed-in person, to see, take along, correct, or have erased."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.log_actions import log

from lms.messaging import opting

from ..messages import address_of
from ..models import DataRequest, User
from . import drawing, requests
from .forms import CorrectForm, EraseForm
from .gathering import as_file, everything_about

FORMS = {DataRequest.Kind.CORRECT: CorrectForm, DataRequest.Kind.ERASE: EraseForm}


@never_cache
@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    wishes = list(request.user.data_requests.filter(withdrawn_at=None)[:5])
    context = {
        "sections": everything_about(request.user),
        "wishes": wishes,
        "waiting": {wish.kind for wish in wishes if not wish.decided_at},
        "has_address": address_of(request.user) is not None,
        "wants_messages": _wants_messages(request.user),
    }
    return render(request, "people/rights/my_data.html", context)


@never_cache
@login_required
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    return _download(request, as_file(everything_about(request.user)), "application/json", "json")


@never_cache
@login_required
@require_safe
def as_pdf(request: HttpRequest) -> HttpResponse:
    try:
        pdf = drawing.draw(everything_about(request.user))
    except drawing.MissingLibrary as missing:
        messages.error(request, str(missing))
        return redirect("people:my-data")
    return _download(request, pdf, "application/pdf", "pdf")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """A correction or an erasure. Sent twice, the second finds that it waits already."""
    if kind not in FORMS:
        raise Http404
    form = FORMS[DataRequest.Kind(kind)](request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "people/rights/ask.html", {"form": form, "kind": kind})
    try:
        requests.ask(request.user, kind, form.cleaned_data["words"])
        messages.success(request, _("Your country office reads it and answers here."))
    except requests.AskedBefore:
        messages.warning(request, _("You asked for this before. It waits for an answer."))
    return redirect("people:my-data")


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    wish = get_object_or_404(request.user.data_requests, pk=pk)
    try:
        requests.withdraw(wish)
        messages.success(request, _("You took your wish back."))
    except requests.Decided:
        messages.warning(request, _("It was answered before. Read the answer below."))
    return redirect("people:my-data")


@login_required
@require_POST
def choose_messages(request: HttpRequest) -> HttpResponse:
    """Whether she wants messages. Codes that she asks for herself come in any case."""
    if found := address_of(request.user):
        channel, address = found
        (opting.opt_in if request.POST.get("wanted") == "yes" else opting.opt_out)(channel, address)
    return redirect("people:my-data")


def _wants_messages(person: User) -> bool:
    found = address_of(person)
    return bool(found) and not opting.is_opted_out(*found)


def _download(request: HttpRequest, content: bytes, kind: str, extension: str) -> HttpResponse:
    person = request.user
    log(person, "people.take_data", user=person, title=person.staff_number, data={"format": extension})
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="data-{timezone.localdate()}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
