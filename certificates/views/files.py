"""The stored bytes as an answer: never a new drawing, never kept by a browser in between."""

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ..award import filing
from ..models import Certificate


def pdf_of(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The A4 page. Raises Http404 where none was drawn or she was erased."""
    _check(certificate, certificate.pdf_sha256)
    return _answer(request, certificate.payload.pdf, certificate.pdf_sha256, f"certificate-{certificate.code[:4]}")


def card_of(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The wallet card. Raises as `pdf_of`."""
    _check(certificate, certificate.card_sha256)
    return _answer(request, certificate.payload.card, certificate.card_sha256, f"card-{certificate.code[:4]}")


def _check(certificate: Certificate, sha256: str) -> None:
    if not sha256 or certificate.is_erased:
        raise Http404


def _answer(request: HttpRequest, file: FieldFile, sha256: str, name: str) -> HttpResponse:
    """The file's name says nothing about anyone."""
    try:
        pdf = filing.read(file, sha256)
    except (filing.DamagedFile, FileNotFoundError):
        return render(request, "certificates/damaged.html", status=500)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
