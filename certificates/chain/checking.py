"""Reads the register's chain and says what is wrong with it, each in a sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q
from django.utils import timezone

from lms.core.audit import chain
from lms.core.models import Seal

from ..models import CertificateEvent, CertificateSeal
from . import digests

UNSEALED = timedelta(minutes=10)
NEWEST = 5


@dataclass
class Verdict:
    certificates: int = 0
    events: int = 0
    seals: int = 0
    head: CertificateSeal | None = None
    faults: list[str] = field(default_factory=list)


def check(expect: tuple[int, str] | None = None) -> Verdict:
    """All of the chain, against the events as they are. `expect`: number and hash of a link written down before."""
    verdict = Verdict()
    before: CertificateSeal | None = None
    for seal in CertificateSeal.objects.order_by("number").iterator(chunk_size=50):
        _judge(verdict, seal, before)
        before = seal
    verdict.head = before
    verdict.faults += _not_as_expected(expect)
    verdict.faults += _unsealed()
    return verdict


def check_newest() -> list[str]:
    """The last links only: cheap enough for each minute."""
    verdict = Verdict()
    newest = list(CertificateSeal.objects.order_by("-number")[: NEWEST + 1])[::-1]
    for before, seal in zip(newest, newest[1:], strict=False):
        _judge(verdict, seal, before)
    return verdict.faults


def _judge(verdict: Verdict, seal: CertificateSeal, before: CertificateSeal | None) -> None:
    number, previous_hash = (before.number + 1, before.hash) if before else (1, "")
    if (seal.number, seal.previous_hash) != (number, previous_hash):
        verdict.faults.append(f"Seal {seal.number} does not follow the one before it: one is missing or was changed.")
    digested = (digest for _pk, digest in seal.covers)
    if chain.link(seal.number, seal.previous_hash, seal.sealed_at, digested) != seal.hash:
        verdict.faults.append(f"Seal {seal.number} was changed: its hash is not that of what it covers.")
    verdict.faults += _changed(seal)
    verdict.seals += 1
    verdict.events += len(seal.covers)


def _changed(seal: CertificateSeal) -> Iterator[str]:
    """One query: what the seal covers, and what says that it does. A few more where something is old."""
    covered = dict(seal.covers)
    rows = CertificateEvent.objects.filter(pk__in=covered) | CertificateEvent.objects.filter(seal=seal)
    found = {row.pk: row for row in rows.select_related("certificate")}
    not_before = _not_before(seal, found.values())
    for pk in covered.keys() - found.keys():
        yield f"Event {pk} is missing (seal {seal.number})."
    for pk, row in sorted(found.items()):
        about = f"Event {pk} of {row.certificate}, {row.kind}"
        if pk not in covered or row.seal_id != seal.number:
            yield f"{about}: was put in or moved (seal {seal.number})."
        elif digests.of_event(row) != covered[pk]:
            yield f"{about}: was changed (seal {seal.number})."
        elif not_before and row.at < not_before:
            yield f"{about}: was put in later than it says, or a clock was wrong (seal {seal.number})."
        elif row.note and digests.of_note(row.note_salt, row.note) != row.note_sha256:
            yield f"{about}: its note was changed."
        elif str(row.by_id or "") not in ("", row.facts.get("by", "")):
            yield f"{about}: who did it was changed."


def _not_before(seal: CertificateSeal, rows: Iterable[CertificateEvent]) -> datetime | None:
    """What this seal covers is not older: something newer was sealed before, here or in the audit log, by the same
    tick. None where nothing is old, or nothing shows that the tick did not merely stand still."""
    until = seal.sealed_at - UNSEALED
    if all(row.at >= until - UNSEALED for row in rows):
        return None
    here = CertificateSeal.objects.filter(number__lt=seal.number).aggregate(
        first=Min("sealed_at"), last=Max("sealed_at", filter=Q(sealed_at__lt=until))
    )
    if here["last"] is None:  # all are of one run
        return None
    log = Seal.objects.filter(sealed_at__gte=here["first"], sealed_at__lt=until)
    if later := Seal.objects.filter(sealed_at__gte=until).order_by("number").first():
        log = log.filter(number__lt=later.number)  # a clock that ran ahead and was set right dates newer ones earlier
    return max(here["last"], log.aggregate(last=Max("sealed_at"))["last"] or here["last"]) - UNSEALED


def _not_as_expected(expect: tuple[int, str] | None) -> Iterator[str]:
    if expect and not CertificateSeal.objects.filter(number=expect[0], hash=expect[1]).exists():
        yield f"Seal {expect[0]} with the hash that was written down is not there: the chain was cut off or rewritten."


def _unsealed() -> Iterator[str]:
    """Put in afterwards with an old date, or never sealed because nothing does what is due."""
    late = CertificateEvent.objects.filter(seal=None, at__lt=timezone.now() - UNSEALED).select_related("certificate")
    for row in late.iterator(chunk_size=1000):
        minutes = UNSEALED.seconds // 60
        yield f"Event {row.pk} of {row.certificate}, {row.kind}: older than {minutes} minutes and in no seal."
