"""Which column of a sheet holds what: guessed by its heading, else by what stands below it; HR has the last word."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lms.core.sheets import Line, RawRow, normalise

from . import words
from .columns import REQUIRED, by_heading
from .values import NotUnderstood, birth_year

LOOKED_AT = 60  # cells of a column
MOST_OF = 0.7


@dataclass(frozen=True)
class SheetColumn:
    """A column as the sheet has it. `at`: its number, from 0; `examples`: the first values below the heading."""

    at: int
    heading: str
    examples: list[str]


@dataclass
class Guess:
    """`columns`: number of a column → our key. `is_certain`: every heading was known by name and none is missing."""

    columns: dict[int, str] = field(default_factory=dict)
    is_certain: bool = True


def sheet_columns(lines: list[Line]) -> list[SheetColumn]:
    """The columns up to the last heading; one that is wholly empty is left out."""
    heading = lines[0][1] if lines else []
    width = max((at + 1 for at, text in enumerate(heading) if text), default=0)
    found = [SheetColumn(at, heading[at], _values(lines, at)[:3]) for at in range(width)]
    return [column for column in found if column.heading or column.examples]


def guess(lines: list[Line]) -> Guess:
    """A heading that is known decides; the first of two alike stands. What is left is guessed by its values."""
    found, known = Guess(), by_heading()
    columns = sheet_columns(lines)
    for column in columns:
        key = known.get(normalise(column.heading))
        if key and key not in found.columns.values():
            found.columns[column.at] = key
        else:
            found.is_certain = False
    for column in columns:
        key = "" if column.at in found.columns else _by_content(_values(lines, column.at))
        if key and key not in found.columns.values():
            found.columns[column.at] = key
    found.is_certain &= set(REQUIRED) <= set(found.columns.values())
    return found


def matched_rows(lines: list[Line], columns: dict[int, str]) -> list[RawRow]:
    """The rows below the heading, by our keys. A row is `spilled` where it goes on beyond the last heading."""
    width = max((column.at + 1 for column in sheet_columns(lines)), default=0)
    return [
        RawRow(
            number,
            {columns[at]: cell for at, cell in enumerate(cells) if cell and at in columns},
            spilled=any(cells[width:]),
        )
        for number, cells in lines[1:]
    ]


def _values(lines: list[Line], at: int) -> list[str]:
    return [cells[at] for _number, cells in lines[1 : LOOKED_AT + 1] if at < len(cells) and cells[at]]


def _by_content(values: list[str]) -> str:
    if not values:
        return ""
    for key, fits in LOOKS_LIKE.items():
        if sum(map(fits, values)) >= MOST_OF * len(values):
            return key
    return ""


def _is_year(text: str) -> bool:
    try:
        return bool(birth_year(text))
    except NotUnderstood:
        return False


def _is_phone(text: str) -> bool:
    digits = sum(letter.isdigit() for letter in text)
    return 8 <= digits <= 15 and not any(letter.isalpha() for letter in text)


LOOKS_LIKE: dict[str, Callable[[str], bool]] = {
    "email": lambda text: "@" in text.strip("@"),
    "birth_year": _is_year,
    "phone": _is_phone,
    "sex": lambda text: normalise(text) in words.SEXES,
    "language": lambda text: normalise(text) in words.languages(),
}
