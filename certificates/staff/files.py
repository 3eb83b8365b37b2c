"""The stored files in the admin, for who keeps the records: each look is noted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from ..permissions import certificate_kept_by
from ..views.files import card_of, pdf_of


@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_kept_by(request.user, pk)
    answer = pdf_of(request, certificate)
    log(certificate, "certificates.download", user=request.user)
    return answer


@require_safe
def card(request: HttpRequest, pk: UUID) -> HttpResponse:
    certificate = certificate_kept_by(request.user, pk)
    answer = card_of(request, certificate)
    log(certificate, "certificates.download", user=request.user)
    return answer
