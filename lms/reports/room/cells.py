"""How far one person is, module by module: pure reckoning over the rows of one enrolment, in words a trainer uses."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from lms.learning.unlocking import Row, is_gone, waiting

PRACTICAL = "practical"


@dataclass(frozen=True)
class Marks:
    """What is known beside the rows: withdrawn keys; units she began, must do again, or was credited with."""

    gone: Set[UUID] = frozenset()
    begun: Set[UUID] = frozenset()
    again: Set[UUID] = frozenset()
    credited: Set[UUID] = frozenset()


@dataclass(frozen=True)
class Cell:
    """One module, or one unit that stands alone: «done», «credited», «going», «new», «locked», «again», «none»."""

    state: str
    done: int = 0
    of: int = 0

    @property
    def words(self) -> str:
        if self.state == "going":
            return _("%(done)s of %(all)s") % {"done": self.done, "all": self.of}
        return WORDS[self.state]()

    @property
    def is_done(self) -> bool:
        return self.state in ("done", "credited")


NOT_ASKED = Cell("none")
WORDS = {
    "done": lambda: _("Done"),
    "credited": lambda: _("Credited"),
    "new": lambda: _("Not begun"),
    "locked": lambda: _("Locked"),
    "again": lambda: _("Again"),
    "none": lambda: _("Not asked"),
}


@dataclass(frozen=True)
class Progress:
    """`cells`: a module's, or a single unit's, key → how far. `next`: the unit she can do now."""

    cells: dict[UUID, Cell]
    practicals_done: int
    practicals: int
    next: UUID | None

    @property
    def modules_done(self) -> int:
        return sum(cell.is_done for cell in self.cells.values())


def progress(rows: Sequence[Row], marks: Marks) -> Progress:
    """Judge the rows of one enrolment, given in their order. What is withdrawn is asked of nobody."""
    waits = waiting(rows, marks.gone)
    asked = [row for row in rows if not is_gone(row, marks.gone)]
    groups: dict[UUID, list[Row]] = {}
    for row in asked:
        if row.kind != PRACTICAL:
            groups.setdefault(row.module_key or row.unit_key, []).append(row)
    watched = _wanted([row for row in asked if row.kind == PRACTICAL])
    return Progress(
        {key: _cell(group, waits, marks) for key, group in groups.items()},
        sum(row.completed_at is not None for row in watched),
        len(watched),
        _next(asked, waits),
    )


def _wanted(rows: list[Row]) -> list[Row]:
    """Those that are required; of an optional module, all."""
    return [row for row in rows if row.required] or rows


def _cell(rows: list[Row], waits: dict[UUID, list[str]], marks: Marks) -> Cell:
    wanted = _wanted(rows)
    open_ones = [row for row in wanted if not row.completed_at]
    done = len(wanted) - len(open_ones)
    if not open_ones:
        state = "credited" if {row.unit_key for row in wanted} <= marks.credited else "done"
    elif any(row.unit_key in marks.again for row in open_ones):
        state = "again"
    elif done or any(row.unit_key in marks.begun for row in open_ones):
        state = "going"
    else:
        state = "locked" if all(waits[row.unit_key] for row in open_ones) else "new"
    return Cell(state, done, len(wanted))


def _next(rows: list[Row], waits: dict[UUID, list[str]]) -> UUID | None:
    """The first step she can do herself; when none is left, the first that an observer watches."""
    ready = [row for row in rows if row.required and not row.completed_at and not waits[row.unit_key]]
    own = [row for row in ready if row.kind != PRACTICAL]
    return next((row.unit_key for row in [*own, *ready]), None)
