"""Reads the chain and says what is wrong with it, each in a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from ..models import Seal, SealedEntry
from . import chain, entries

UNSEALED = timedelta(minutes=10)
NEWEST = 5


@dataclass
class Verdict:
    seals: int = 0
    entries: int = 0
    head: Seal | None = None
    faults: list[str] = field(default_factory=list)


def check(expect: tuple[int, str] | None = None) -> Verdict:
    """All of the chain, against the log as it is. `expect`: number and hash of a link that was written down before."""
    verdict = Verdict()
    before: Seal | None = None
    for seal in Seal.objects.order_by("number").iterator(chunk_size=entries.CHUNK):
        _judge(verdict, seal, before)
        before = seal
    verdict.head = before
    verdict.faults += _not_as_expected(expect)
    verdict.faults += _unsealed()
    return verdict


def check_newest() -> list[str]:
    """The last links only: cheap enough for each minute."""
    verdict = Verdict()
    newest = list(Seal.objects.order_by("-number")[: NEWEST + 1])[::-1]
    for before, seal in zip(newest, newest[1:], strict=False):
        _judge(verdict, seal, before)
    return verdict.faults


def _judge(verdict: Verdict, seal: Seal, before: Seal | None) -> None:
    number, previous_hash = (before.number + 1, before.hash) if before else (1, "")
    if (seal.number, seal.previous_hash) != (number, previous_hash):
        verdict.faults.append(f"Seal {seal.number} does not follow the one before it: one is missing or was changed.")
    covered = list(seal.entries.order_by("pk"))
    digested = (row.digest for row in covered)
    if chain.link(seal.number, seal.previous_hash, seal.sealed_at, digested) != seal.hash:
        verdict.faults.append(f"Seal {seal.number} was changed: its hash is not that of what it covers.")
    verdict.faults += _changed(covered)
    verdict.seals += 1
    verdict.entries += len(covered)


def _changed(covered: list[SealedEntry]) -> Iterator[str]:
    for log in entries.LOGS:
        rows = [row for row in covered if row.log == log]
        found = entries.digests(log, [row.entry for row in rows]) if rows else {}
        for row in rows:
            if row.entry not in found:
                yield f"Entry {log} {row.entry} is missing (seal {row.seal_id})."
            elif found[row.entry] != row.digest:
                yield f"Entry {log} {row.entry} was changed (seal {row.seal_id})."


def _not_as_expected(expect: tuple[int, str] | None) -> Iterator[str]:
    if expect and not Seal.objects.filter(number=expect[0], hash=expect[1]).exists():
        yield f"Seal {expect[0]} with the hash that was written down is not there: the chain was cut off or rewritten."


def _unsealed() -> Iterator[str]:
    """Put in afterwards with an old date, or never sealed because nothing does what is due."""
    for chunk in entries.keys(until=timezone.now() - UNSEALED):
        for log, pk in entries.unsealed(chunk):
            yield f"Entry {log} {pk} is older than {UNSEALED.seconds // 60} minutes and in no seal."
