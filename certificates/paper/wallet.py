"""The wallet card of a certificate that is drawn: signed and stored once, in a task of its own, by the same protocol.

A card that cannot be drawn holds up nothing: the certificate stands without it.
"""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import keys
from ..award import filing, tries
from ..award.tries import TakenOver, locked
from ..chain.events import record
from ..models import Certificate, CertificateEvent, CertificatePayload
from ..proof import signing
from . import card

Kind = CertificateEvent.Kind


def draw_and_store(certificate_id: UUID | str) -> bool:
    """Idempotent, as `issuing.draw_and_store`. What fails is noted, raised and tried again, five times in all; while
    the key, the clock or the store is away, as long as it takes."""
    payload = _begin(certificate_id)
    if payload is None:
        return False
    try:
        _draw(payload)
    except TakenOver:
        filing.take_away(payload.card)
        return False
    except Exception as error:
        tries.note(payload, error)
        if isinstance(error, tries.AWAY):
            _put_off(payload)
        raise
    return True


def stored_card(certificate: Certificate) -> bytes:
    """The bytes that were stored. Raises filing.DamagedFile, FileNotFoundError."""
    return filing.read(certificate.payload.card, certificate.card_sha256)


def waits(certificate: Certificate) -> bool:
    ended = certificate.revoked_at or certificate.superseded_at
    return bool(certificate.drawn_at and not certificate.card_sha256 and not ended)


@transaction.atomic
def _begin(certificate_id: UUID | str) -> CertificatePayload | None:
    """None: there is nothing to draw, or it was tried often enough."""
    payload = locked(certificate_id)
    if payload is None or not waits(payload.certificate):
        return None
    if payload.card_tries >= tries.MOST:
        payload.next_try_at = None
        payload.save(update_fields=["next_try_at"])
        return None
    payload.card_tries += 1
    payload.next_try_at = tries.again_at(payload.card_tries)
    filing.choose_place(payload.card)
    payload.save(update_fields=["card_tries", "next_try_at", "card"])
    return payload


def _put_off(tried: CertificatePayload) -> None:
    """As if it had not been tried, unless another try began meanwhile."""
    mine = CertificatePayload.objects.filter(pk=tried.pk, card=tried.card.name)
    mine.update(card_tries=tried.card_tries - 1, next_try_at=tries.again_at(tries.MOST))


def _draw(payload: CertificatePayload) -> None:
    key = keys.signing_key(payload.certificate.country_code)
    pdf = signing.sign(card.draw(payload.snapshot, payload.credential), key, timezone.now())
    filing.put(payload.card, pdf)
    _stamp(payload, hashlib.sha256(pdf).hexdigest(), key.kid)


@transaction.atomic
def _stamp(tried: CertificatePayload, sha256: str, kid: str) -> None:
    payload = locked(tried.pk)
    if payload is None or payload.card.name != tried.card.name or not waits(payload.certificate):
        raise TakenOver
    if not filing.is_there(payload.card):
        raise TakenOver
    certificate = payload.certificate
    certificate.card_sha256 = sha256
    certificate.save(update_fields=["card_sha256"])
    payload.last_failure, payload.next_try_at = "", None
    payload.save(update_fields=["last_failure", "next_try_at"])
    record(certificate, Kind.CARD_DRAWN, card_sha256=sha256, kid=kid)
