"""Draws what was awarded and stores it, once. Called by the task and by the sweep for what a kill left behind."""

import hashlib
import logging
from datetime import timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import drawing
from .models import Certificate, CertificateEvent, CertificatePayload

MOST_TRIES = 5
LEFT_BEHIND = timedelta(minutes=2)
AT_A_TIME = 20

logger = logging.getLogger(__name__)


class DamagedFile(Exception):
    """What lies in the store is not what was drawn."""


def draw_and_store(certificate_id: UUID | str) -> bool:
    """Idempotent: whoever stores first wins, and what is stored is never drawn again. Returns whether it stored."""
    snapshot = _begin(certificate_id)
    if snapshot is None:
        return False
    try:
        pdf = drawing.draw(snapshot)
    except drawing.CannotDraw as error:
        with transaction.atomic():
            if payload := _locked(certificate_id):
                block(payload, str(error))
        return False
    return _store(certificate_id, pdf)


def sweep() -> int:
    """Draw what was awarded more than two minutes ago and is still not drawn. Returns how many it drew."""
    late = Certificate.objects.being_drawn().filter(confirmed_at__lt=timezone.now() - LEFT_BEHIND)
    return sum(_drawn_now(pk) for pk in late.order_by("confirmed_at").values_list("pk", flat=True)[:AT_A_TIME])


def stored_pdf(certificate: Certificate) -> bytes:
    """The bytes that were stored when it was drawn. Raises DamagedFile when their hash is another."""
    with certificate.payload.pdf.open("rb") as file:
        pdf = file.read()
    if hashlib.sha256(pdf).hexdigest() != certificate.pdf_sha256:
        logger.error("certificate %s: the stored file was changed", certificate.pk)
        raise DamagedFile
    return pdf


def block(payload: CertificatePayload, reason: str) -> None:
    """Stop trying and tell HR why: see the list «Blocked»."""
    payload.blocked_reason = reason[:250]
    payload.save(update_fields=["blocked_reason"])
    CertificateEvent.objects.create(
        certificate_id=payload.pk, kind=CertificateEvent.Kind.BLOCKED, note=payload.blocked_reason
    )


def _drawn_now(certificate_id: UUID) -> bool:
    """One that fails is logged by its number and stops none of the others."""
    try:
        return draw_and_store(certificate_id)
    except Exception:
        logger.exception("certificate %s could not be drawn", certificate_id)
        return False


@transaction.atomic
def _begin(certificate_id: UUID | str) -> dict | None:
    """Count the try before it is made, so that a crash counts too. None: there is nothing to draw."""
    payload = _locked(certificate_id)
    if payload is None or payload.blocked_reason or not _waits(payload.certificate):
        return None
    if payload.tries >= MOST_TRIES:
        block(payload, _("Drawing failed %(tries)s times. Tell the administrator.") % {"tries": payload.tries})
        return None
    payload.tries += 1
    payload.save(update_fields=["tries"])
    return payload.snapshot


def _store(certificate_id: UUID | str, pdf: bytes) -> bool:
    """The file first, then the row that points to it; a file that no row points to is taken away again."""
    field = CertificatePayload._meta.get_field("pdf")
    name = field.storage.save(field.generate_filename(None, ""), ContentFile(pdf))
    with transaction.atomic():
        payload = _locked(certificate_id)
        if stored := payload is not None and _waits(payload.certificate):
            _stamp(payload, name, hashlib.sha256(pdf).hexdigest())
    if not stored:
        field.storage.delete(name)
    return stored


def _stamp(payload: CertificatePayload, name: str, sha256: str) -> None:
    certificate = payload.certificate
    payload.pdf.name = name
    payload.save(update_fields=["pdf"])
    certificate.drawn_at, certificate.pdf_sha256 = timezone.now(), sha256
    certificate.save(update_fields=["drawn_at", "pdf_sha256"])
    CertificateEvent.objects.create(certificate=certificate, kind=CertificateEvent.Kind.DRAWN)


def _waits(certificate: Certificate) -> bool:
    ended = certificate.revoked_at or certificate.superseded_at
    return bool(certificate.confirmed_at and not certificate.drawn_at and not ended)


def _locked(certificate_id: UUID | str) -> CertificatePayload | None:
    """None: its holder was erased, perhaps while it was drawn."""
    return (
        CertificatePayload.objects.select_for_update().select_related("certificate").filter(pk=certificate_id).first()
    )
