"""Withdrawing a certificate in the admin, what a second person answers, and what is let stand."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..award import revoking
from ..chain.events import Kind
from ..models import Certificate
from ..permissions import certificate_changed_by
from .forms import RevokeForm
from .page import address, page


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        try:
            withdrawn = revoking.revoke_certificate(certificate, by=request.user, **form.cleaned_data)
            if _is_hers(request, withdrawn, Kind.REVOKED, withdrawn.revoked_at, **form.cleaned_data):
                messages.success(request, _("Certificate %(code)s is withdrawn.") % {"code": certificate})
                return redirect(address("show", certificate))
            words = _("It was withdrawn before, and your words were not kept. Go back to confirm it or give it back.")
            form.add_error(None, words)
        except revoking.Replaced:
            form.add_error(None, _("This certificate was withdrawn or replaced before."))
    return page(request, "certificates/staff/revoke.html", certificate, _("Withdraw"), form=form)


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second person: `uphold`, else she gives it back."""
    certificate = certificate_changed_by(request.user, pk)
    try:
        messages.success(request, _answered(certificate, request))
    except revoking.SamePerson:
        _refuse(request, _("You withdrew it: somebody else confirms it or gives it back."))
    except revoking.AlreadyUpheld:
        _refuse(request, _("The withdrawal is confirmed: she would need a new certificate."))
    except revoking.NotRevoked:
        _refuse(request, _("It is not withdrawn (any more)."))
    return redirect(address("show", certificate))


@require_POST
def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    if revoking.keep_certificate(certificate, by=request.user, note=_note(request)):
        messages.success(request, _("Certificate %(code)s stands.") % {"code": certificate})
    else:
        _refuse(request)
    return redirect(address("show", certificate))


def _answered(certificate: Certificate, request: HttpRequest) -> str:
    if "uphold" in request.POST:
        upheld = revoking.uphold_revocation(certificate, by=request.user, note=_note(request))
        if not _is_hers(request, upheld, Kind.UPHELD, upheld.revocation_confirmed_at, note=_note(request)):
            raise revoking.AlreadyUpheld
        return _("The withdrawal of %(code)s is confirmed.") % {"code": certificate}
    revoking.reinstate_certificate(certificate, by=request.user, note=_note(request))
    return _("Certificate %(code)s is given back.") % {"code": certificate}


def _is_hers(request: HttpRequest, certificate: Certificate, kind: str, at: datetime, **words: str) -> bool:
    """Whether what was written down is what she said: of two at once, the second changes nothing."""
    return certificate.events.filter(kind=kind, at=at, by=request.user, **words).exists()


def _refuse(request: HttpRequest, why: str = "") -> None:
    """Her note is kept nowhere: she is given it back."""
    note = _note(request)
    lost = _("Your note was not kept: %(note)s") % {"note": note} if note else ""
    if words := f"{why} {lost}".strip():
        messages.error(request, words)


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").strip()[:250]
