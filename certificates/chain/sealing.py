"""Seals the events that are new, each minute, so that no change of the register waits for another one's.

What stays unsealed for longer is found by the check.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.core.audit import chain

from ..models import CertificateEvent, CertificateSeal
from . import digests

BATCH = 500


def seal() -> int:
    """Seal every event that no seal covers. Idempotent, and safe beside another process: who comes second stops.

    Returns how many events were sealed.
    """
    sealed = 0
    while batch := _sealed_batch():
        sealed += batch
    return sealed


def _sealed_batch() -> int:
    """0: nothing was new, or another process was quicker, by the constraints that a chain does not fork."""
    try:
        with transaction.atomic():
            return _write()
    except IntegrityError:
        return 0


def _write() -> int:
    """The last link is read before the events: one that is written meanwhile is caught by its number."""
    last = CertificateSeal.objects.order_by("-number").first()
    events = list(CertificateEvent.objects.filter(seal=None).order_by("at", "pk")[:BATCH])
    if not events:
        return 0
    now = timezone.now()
    number, before = (last.number + 1, last.hash) if last else (1, "")
    covers = [[event.pk, digests.of_event(event)] for event in events]
    hashed = chain.link(number, before, now, (digest for _event, digest in covers))
    made = CertificateSeal.objects.create(
        number=number, previous_hash=before, hash=hashed, covers=covers, sealed_at=now
    )
    CertificateEvent.objects.filter(pk__in=[event.pk for event in events]).update(seal=made)
    return len(events)
