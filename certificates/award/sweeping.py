"""What the tick does for the register: it goes on with what a kill left behind, and with what waited for a key."""

import logging
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .. import keys
from ..models import CertificatePayload
from ..paper import wallet
from ..tasks import draw_certificate
from . import issuing, tries

AT_A_TIME = 20

logger = logging.getLogger(__name__)


def sweep() -> int:
    """Draw what is due and not stored: its task was lost or failed. Returns how many files it stored."""
    due = CertificatePayload.objects.filter(next_try_at__lte=timezone.now()).order_by("next_try_at")
    return sum(_drawn_now(pk) for pk in list(due.values_list("pk", flat=True)[:AT_A_TIME]))


def resume() -> int:
    """Let go on what was blocked for want of a key, where there is one now. Returns how many."""
    standing = {"certificate__revoked_at": None, "certificate__superseded_at": None}
    waiting = CertificatePayload.objects.filter(resumes=True, **standing).exclude(blocked_reason="")
    countries = waiting.order_by().values_list("certificate__country_code", flat=True).distinct()
    able = [code for code in countries if _can_sign(code)]
    rows = waiting.filter(certificate__country_code__in=able).values_list("pk", flat=True)
    return sum(_unblocked(pk) for pk in list(rows))


def _drawn_now(certificate_id: UUID) -> int:
    """One that fails is logged by its number and stops none of the others."""
    try:
        stored = issuing.draw_and_store(certificate_id) + wallet.draw_and_store(certificate_id)
    except Exception:
        logger.exception("certificate %s could not be drawn", certificate_id)
        return 0
    if not stored:
        _forget(certificate_id)
    return stored


@transaction.atomic
def _forget(certificate_id: UUID) -> None:
    """It was withdrawn or replaced before it was drawn: nothing is due any more."""
    payload = tries.locked(certificate_id)
    if payload and not issuing.waits(payload.certificate) and not wallet.waits(payload.certificate):
        payload.next_try_at = None
        payload.save(update_fields=["next_try_at"])


def _can_sign(country_code: str) -> bool:
    try:
        keys.signing_key(country_code)
    except (keys.NoKey, keys.ClockWentBack):
        return False
    return True


@transaction.atomic
def _unblocked(certificate_id: UUID) -> bool:
    payload = tries.locked(certificate_id)
    if payload is None or not payload.resumes:
        return False
    tries.unblock(payload)
    draw_certificate.enqueue(str(certificate_id))
    return True
