"""What a holder sees of her certificates, and the file itself."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from .. import issuing, permissions
from ..standings import standing


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = [(row, standing(row, today)) for row in permissions.certificates_of(request.user)]
    context = {"rows": rows, "back_url": reverse("wagtail_serve", args=[""]), "back_text": _("Home")}
    return render(request, "certificates/mine.html", context)


@login_required
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The stored bytes, never a new drawing. The file's name says nothing about anyone."""
    certificate = permissions.certificate_for(request.user, pk)
    if not certificate.drawn_at or certificate.is_erased:
        raise Http404
    try:
        pdf = issuing.stored_pdf(certificate)
    except (issuing.DamagedFile, FileNotFoundError):
        return render(request, "certificates/damaged.html", status=500)
    if certificate.holder_id != request.user.pk:
        log(certificate, "certificates.download", user=request.user)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="certificate-{certificate.code[:4]}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
