"""Seals what is new in the audit log. A lock on the chain inside each change would let one long intake hold up
everybody: entries are sealed afterwards, each minute, and what stays unsealed for longer is found by the check.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from ..models import Seal, SealedEntry
from . import chain, entries

BATCH = 1000
# An entry is dated when it is written, and seen when its transaction is committed: no transaction is as long as this.
LATE = timedelta(hours=1)


def seal() -> int:
    """Seal every entry that no seal covers. Idempotent, and safe beside another process: who comes second stops.

    Returns how many entries were sealed.
    """
    sealed = 0
    for batch in _batches(_since()):
        if not _seal(batch):
            break
        sealed += len(batch)
    return sealed


def _batches(since: datetime | None) -> Iterator[list[tuple[str, int]]]:
    batch: list[tuple[str, int]] = []
    for chunk in entries.keys(since=since):
        batch += entries.unsealed(chunk)
        while len(batch) >= BATCH:
            yield batch[:BATCH]
            batch = batch[BATCH:]
    if batch:
        yield batch


def _seal(batch: list[tuple[str, int]]) -> bool:
    """False: another process was quicker, by the constraints that a chain does not fork and an entry has one seal."""
    try:
        with transaction.atomic():
            _write(batch)
    except IntegrityError:
        return False
    return True


def _write(batch: list[tuple[str, int]]) -> None:
    found = {log: entries.digests(log, [pk for of, pk in batch if of == log]) for log in entries.LOGS}
    covered = [(log, str(pk), found[log][str(pk)]) for log, pk in batch]
    last = Seal.objects.order_by("-number").first()
    number, before = (last.number + 1, last.hash) if last else (1, "")
    now = timezone.now()
    hashed = chain.link(number, before, now, (digest for _log, _entry, digest in covered))
    made = Seal.objects.create(number=number, previous_hash=before, hash=hashed, sealed_at=now)
    SealedEntry.objects.bulk_create(
        SealedEntry(seal=made, log=log, entry=entry, digest=digest) for log, entry, digest in covered
    )


def _since() -> datetime | None:
    """From when on entries may be unsealed; None: look at all, as where the newest is dated by a clock that ran ahead.

    The newest entry of the last seal, not the seal's own time: a run that was killed left what is newer than that.
    """
    last = Seal.objects.order_by("-number").first()
    newest = [_newest(last, log) for log in entries.LOGS] if last else []
    since = max((moment - LATE for moment in newest if moment), default=None)
    return since if since and since < timezone.now() else None


def _newest(last: Seal, log: str) -> datetime | None:
    pks = list(last.entries.filter(log=log).values_list("entry", flat=True))
    return entries.LOGS[log].objects.filter(pk__in=pks).aggregate(newest=Max("timestamp"))["newest"]
