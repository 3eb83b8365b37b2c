"""What is open and what waits: pure reckoning over the requirement rows of one enrolment.

`gone` holds the keys of withdrawn units and modules. What is gone holds nobody up.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Row:
    """What one requirement asks."""

    unit_key: UUID
    module_key: UUID | None
    kind: str
    required: bool
    opens_after: list[str]
    completed_at: datetime | None


def waiting(rows: Sequence[Row], gone: Set[UUID] = frozenset()) -> dict[UUID, list[str]]:
    """For each unit the keys it still waits for. A key that the enrolment does not ask for is waited for by nobody."""
    unmet = _unmet(rows, gone)
    return {row.unit_key: [key for key in _conditions(row) if key in unmet] for row in rows}


def state(row: Row, waits_for: Iterable[str], gone: Set[UUID] = frozenset()) -> str:
    """«withdrawn», «done», «locked» or «open»."""
    if is_gone(row, gone):
        return "withdrawn"
    if row.completed_at:
        return "done"
    return "locked" if waits_for else "open"


def is_gone(row: Row, gone: Set[UUID]) -> bool:
    return row.unit_key in gone or row.module_key in gone


def _conditions(row: Row) -> list[str]:
    """Practicals are open at any time."""
    return [] if row.kind == "practical" else row.opens_after


def _unmet(rows: Sequence[Row], gone: Set[UUID]) -> set[str]:
    """Units that are not done, and modules of which a required unit is not done."""
    left = [row for row in rows if not row.completed_at and not is_gone(row, gone)]
    return {str(row.unit_key) for row in left} | {
        str(row.module_key) for row in left if row.module_key and row.required
    }
