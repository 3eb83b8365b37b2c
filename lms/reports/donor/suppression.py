"""Keeps back what would point at few people, and what would let it be reckoned from what is shown. Pure.

Counts below the threshold are kept back; then, in every line that adds up, further ones until none of those kept back
follows from the rest: by one subtraction, or because only one way is left to fill the gap.
Method: cell suppression, Hundepool et al., Statistical Disclosure Control (2012), chapter 4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

THRESHOLD = 5
Place = tuple[int, int]


@dataclass
class Table:
    """Numbers in rows. With `across` each row ends in its total, with `down` the last row holds the totals."""

    numbers: list[list[int]]
    across: bool
    down: bool
    few: set[Place] = field(default_factory=set)
    kept_back: set[Place] = field(default_factory=set)

    @property
    def hidden(self) -> set[Place]:
        return self.few | self.kept_back

    def at(self, place: Place) -> int:
        return self.numbers[place[0]][place[1]]


def guarded(cells: Sequence[Sequence[int]], *, across: bool, down: bool) -> Table:
    """The table with its totals, and what of it stays hidden.

    A nought is few, too: it says of everybody there that she is not among them. Only a row in which nobody is at all
    shows its noughts.
    """
    numbers = [[*row, *([sum(row)] if across else [])] for row in cells]
    if down:
        numbers.append([sum(column) for column in zip(*numbers, strict=True)])
    table = Table(numbers, across, down)
    table.few = {
        (i, j) for i, row in enumerate(numbers) if any(row) for j, number in enumerate(row) if number < THRESHOLD
    }
    while any(_secure(table, line) for line in _lines(table)):
        pass
    return table


def _lines(table: Table) -> Iterator[list[Place]]:
    """Every line whose last number is the sum of those before it."""
    height, width = len(table.numbers), len(table.numbers[0])
    if table.across:
        yield from ([(i, j) for j in range(width)] for i in range(height))
    if table.down:
        yield from ([(i, j) for i in range(height)] for j in range(width))


def _secure(table: Table, line: list[Place]) -> bool:
    """Hide one more number of a line that gives a hidden one away. Returns whether it did."""
    if not _gives_away(table, line):
        return False
    *parts, total = line
    shown = [place for place in parts if place not in table.hidden and table.at(place)]
    if shown:
        table.kept_back.add(min(shown, key=lambda place: (table.at(place), place)))
    elif total not in table.hidden:
        table.kept_back.add(total)
    else:
        return False
    return True


def _gives_away(table: Table, line: list[Place]) -> bool:
    *parts, total = line
    gaps = [place for place in line if place in table.hidden]
    if len(gaps) < 2 or total in gaps:
        return len(gaps) == 1
    left = table.at(total) - sum(table.at(place) for place in parts if place not in gaps)
    few = sum(place in table.few for place in gaps)
    more = len(gaps) - few
    return left == more * THRESHOLD or (not more and left == few * (THRESHOLD - 1))
