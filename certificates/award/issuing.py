"""Draws, signs and stores what was awarded, once. Called by the task and by the sweep for what a kill left behind.

A try begins by writing down where it will store its file; the file comes next, the row that vouches for it last. So
what a killed try left is found and taken away by the next one, and of two at once the one that began last wins. What is
stored is never made anew.
"""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import keys
from ..chain.events import record
from ..models import Certificate, CertificateEvent, CertificatePayload
from ..paper import drawing
from ..proof import credential, signing
from . import filing, tries
from .filing import DamagedFile
from .tries import TakenOver, locked

__all__ = ["DamagedFile", "draw_and_store", "stored_pdf", "waits"]

Kind = CertificateEvent.Kind


def draw_and_store(certificate_id: UUID | str) -> bool:
    """Idempotent: what is stored is never drawn again. Returns whether it stored.

    What a person or a key has to mend blocks it with a sentence. Anything else is noted, raised and tried again.
    """
    payload = _begin(certificate_id)
    if payload is None:
        return False
    try:
        _draw(payload)
    except TakenOver:
        filing.take_away(payload.pdf)
        return False
    except (drawing.CannotDraw, keys.NoKey, keys.ClockWentBack) as error:
        _block(payload, error)
        return False
    except Exception as error:
        tries.note(payload, error)
        raise
    return True


def stored_pdf(certificate: Certificate) -> bytes:
    """The bytes that were stored when it was drawn. Raises filing.DamagedFile, FileNotFoundError."""
    return filing.read(certificate.payload.pdf, certificate.pdf_sha256)


def waits(certificate: Certificate) -> bool:
    ended = certificate.revoked_at or certificate.superseded_at
    return bool(certificate.confirmed_at and not certificate.drawn_at and not ended)


@transaction.atomic
def _begin(certificate_id: UUID | str) -> CertificatePayload | None:
    """Count the try before it is made, so that a crash counts too. None: there is nothing to draw."""
    payload = locked(certificate_id)
    if payload is None or payload.blocked_reason or not waits(payload.certificate):
        return None
    if payload.tries >= tries.MOST:
        tries.block(payload, tries.gave_up(payload))
        return None
    payload.tries += 1
    payload.next_try_at = tries.again_at(payload.tries)
    filing.choose_place(payload.pdf)
    payload.save(update_fields=["tries", "next_try_at", "pdf"])
    return payload


def _draw(payload: CertificatePayload) -> None:
    key = keys.signing_key(payload.certificate.country_code)
    said = _credential(payload, key)
    pdf = signing.sign(drawing.draw(payload.snapshot, said), key, timezone.now())
    filing.put(payload.pdf, pdf)
    _stamp(payload, hashlib.sha256(pdf).hexdigest())


def _credential(payload: CertificatePayload, key: keys.SigningKey) -> str:
    """What the square says: made once and kept, so that a retry draws the same. Anew where the key is another by now:
    nobody has seen it yet."""
    certificate = payload.certificate
    if payload.credential and certificate.kid == key.kid:
        return payload.credential
    made = credential.make(payload.snapshot, key, certificate.status_list, certificate.status_index)
    with transaction.atomic():
        kept = _mine(payload)
        kept.credential, kept.certificate.kid = made, key.kid
        kept.save(update_fields=["credential"])
        kept.certificate.save(update_fields=["kid"])
    return made


@transaction.atomic
def _stamp(tried: CertificatePayload, sha256: str) -> None:
    payload = _mine(tried)
    if not filing.is_there(payload.pdf):
        raise TakenOver
    certificate = payload.certificate
    certificate.drawn_at, certificate.pdf_sha256 = timezone.now(), sha256
    certificate.save(update_fields=["drawn_at", "pdf_sha256"])
    payload.last_failure, payload.next_try_at = "", tries.again_at(0)
    payload.save(update_fields=["last_failure", "next_try_at"])
    facts = {"pdf_sha256": sha256, "kid": certificate.kid}
    facts["credential_sha256"] = hashlib.sha256(payload.credential.encode()).hexdigest()
    record(certificate, Kind.DRAWN, at=certificate.drawn_at, **facts)


def _mine(tried: CertificatePayload) -> CertificatePayload:
    """The row, locked, while this try may still store. Raises TakenOver."""
    payload = locked(tried.pk)
    if payload is None or payload.pdf.name != tried.pdf.name or not waits(payload.certificate):
        raise TakenOver
    return payload


@transaction.atomic
def _block(tried: CertificatePayload, error: Exception) -> None:
    payload = locked(tried.pk)
    if payload and waits(payload.certificate):
        tries.block(payload, str(error), resumes=not isinstance(error, drawing.CannotDraw))
