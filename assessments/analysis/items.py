"""A question's numbers, put together from what the database counted. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import statistics, words
from .statistics import Sums

SHOWN = 12  # lines of a list of written answers
CLEARLY = 0.1


@dataclass
class Count:
    """How often a line was chosen: by all, by the weak third, by the strong third."""

    text: str
    right: bool = False
    offered: bool = False
    all: int = 0
    weak: int = 0
    strong: int = 0


@dataclass
class Tally:
    """What the database counted for one question or one version of it."""

    sums: Sums = field(default_factory=Sums)
    seconds: Counter = field(default_factory=Counter)
    chosen: dict[str, Count] = field(default_factory=dict)
    unanswered: int = 0
    weak: int = 0
    strong: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        whole = Tally(self.sums + other.sums, self.seconds + other.seconds)
        whole.unanswered, whole.weak, whole.strong = (
            getattr(self, name) + getattr(other, name) for name in ("unanswered", "weak", "strong")
        )
        for count in [*self.chosen.values(), *other.chosen.values()]:
            mine = whole.chosen.setdefault(count.text, Count(count.text))
            mine.all, mine.weak, mine.strong = mine.all + count.all, mine.weak + count.weak, mine.strong + count.strong
        return whole

    def add_choice(self, lines: Sequence[str] | None, all_: int, weak: int, strong: int) -> None:
        """So many marks in which exactly these lines were chosen; None: nothing was."""
        self.weak, self.strong = self.weak + weak, self.strong + strong
        if lines is None:
            self.unanswered += all_
        for line in dict.fromkeys(lines or ()):
            count = self.chosen.setdefault(line, Count(line))
            count.all, count.weak, count.strong = count.all + all_, count.weak + weak, count.strong + strong


@dataclass(frozen=True)
class Shown:
    """What a version shows, from one of its papers: the answers to choose from, and the right one in words."""

    offered: Sequence[str] = ()
    right: Sequence[str] = ()


def answers(tally: Tally, shown: Shown) -> list[Count]:
    """Offered and right answers first, then what was written, the most frequent first."""
    known = list(dict.fromkeys([*shown.offered, *shown.right]))
    rows = [tally.chosen.get(text) or Count(text) for text in known]
    others = sorted((row for row in tally.chosen.values() if row.text not in known), key=lambda row: -row.all)
    for row in rows:
        row.offered, row.right = row.text in shown.offered, row.text in shown.right
    return rows + others[: max(0, SHOWN - len(rows))]


def numbers(tally: Tally, rows: Iterable[Count]) -> words.Numbers:
    """What the verdicts look at."""
    n, rows = tally.sums.n, list(rows)
    return words.Numbers(
        n=n,
        facility=statistics.facility(tally.sums),
        discrimination=statistics.discrimination(tally.sums),
        seconds=statistics.median(tally.seconds),
        left_out=tally.unanswered / n if n else 0.0,
        dead=[row.text for row in rows if row.offered and not row.all],
        drawn_to=[row.text for row in rows if row.offered and not row.right and _draws_the_strong(row, tally)],
    )


def _draws_the_strong(row: Count, tally: Tally) -> bool:
    """Clearly more of the strong third than of the weak third."""
    if not tally.strong or not tally.weak:
        return False
    return row.strong / tally.strong - row.weak / tally.weak >= CLEARLY
