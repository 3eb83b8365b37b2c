"""How far an enrolment has come, and when: reckoned from its requirement rows alone, so it can be done again. Pure."""

from collections.abc import Iterable
from datetime import datetime

Row = tuple[str, datetime | None]  # the unit's kind, and when it was done


def half_at(rows: Iterable[Row]) -> datetime | None:
    """When half of what is required was done, rounded up; None before that, or where nothing is required."""
    rows = list(rows)
    done = sorted(at for _kind, at in rows if at)
    needed = (len(rows) + 1) // 2
    return done[needed - 1] if 0 < needed <= len(done) else None


def theory_at(rows: Iterable[Row]) -> datetime | None:
    """When the last required lesson or quiz was done; None before that, or where none is required."""
    done = [at for kind, at in rows if kind != "practical"]
    return max(done) if done and all(done) else None


def first_at(rows: Iterable[Row]) -> datetime | None:
    return min((at for _kind, at in rows if at), default=None)
