"""Withdrawing a certificate in the admin, what a second person answers, and what is let stand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..award import revoking
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
            revoking.revoke_certificate(certificate, by=request.user, **form.cleaned_data)
            messages.success(request, _("Certificate %(code)s is withdrawn.") % {"code": certificate})
        except revoking.Replaced:
            messages.error(request, _("This certificate was withdrawn or replaced before."))
        return redirect(address("show", certificate))
    return page(request, "certificates/staff/revoke.html", certificate, _("Withdraw"), form=form)


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second person: `uphold`, else she gives it back."""
    certificate = certificate_changed_by(request.user, pk)
    try:
        messages.success(request, _answered(certificate, request))
    except revoking.SamePerson:
        messages.error(request, _("You withdrew it: somebody else confirms it or gives it back."))
    except revoking.AlreadyUpheld:
        messages.error(request, _("The withdrawal is confirmed: she would need a new certificate."))
    except revoking.NotRevoked:
        messages.error(request, _("It is not withdrawn (any more)."))
    return redirect(address("show", certificate))


@require_POST
def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_changed_by(request.user, pk)
    if revoking.keep_certificate(certificate, by=request.user, note=_note(request)):
        messages.success(request, _("Certificate %(code)s stands.") % {"code": certificate})
    return redirect(address("show", certificate))


def _answered(certificate: Certificate, request: HttpRequest) -> str:
    if "uphold" in request.POST:
        revoking.uphold_revocation(certificate, by=request.user, note=_note(request))
        return _("The withdrawal of %(code)s is confirmed.") % {"code": certificate}
    revoking.reinstate_certificate(certificate, by=request.user, note=_note(request))
    return _("Certificate %(code)s is given back.") % {"code": certificate}


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").strip()
