"""How question types travel: what each `exchange.py` offers, how it is found, and who takes a question of a file."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import question_types
from .moodle import FULL, Kind, Question, plain_number

MARKED = {"x", "yes", "y", "1", "true", "right", "✓", "✔"}
NOT_MARKED = {"", "no", "n", "false", "wrong", "-"}
PERCENT = re.compile(r"([+-]?\d{1,3}(?:[.,]\d{1,5})?)\s*%?", re.ASCII)
SHOWN = 8  # answers that an empty sheet has room for
MOST = 14  # answers that a sheet may have
NOTE = "*"  # the answer of a note to whoever is not right, as Moodle writes it


class Unheld(Exception):
    """A question that cannot become one of ours; the argument is a sentence that says why."""


@dataclass
class Cell:
    """One of a sheet's answers: its text, what stands under «right», and what is said to it."""

    answer: str = ""
    right: str = ""
    feedback: str = ""


class CellProblem(Exception):
    """`column` is the key of the cell that is to be mended."""

    def __init__(self, column: str, reason: str):
        super().__init__(reason)
        self.column = column


class Exchange:
    """One question type's way in and out. Pictures are `moodle.Picture` until rows are made of them.

    Values are the block's own: a StructValue on the way out, StreamField JSON on the way in.
    """

    sheet: Any = ""  # the sentence of the sheet's second page; empty: a sheet cannot hold this type
    example: tuple[str, tuple[Cell, ...]] = ("", ())  # a question and its cells, for the sheet's second page

    def to_moodle(self, value) -> Question:
        """What Moodle knows of it: kind, answers, unit; not the question's own words. Raises Unheld."""
        raise NotImplementedError

    def from_moodle(self, question: Question) -> dict | None:
        """The value; None where it is another type's. Raises Unheld where it is this type's and cannot be held."""
        raise NotImplementedError

    def to_cells(self, value) -> list[Cell]:
        """At most MOST."""
        raise NotImplementedError

    def from_cells(self, cells: list[Cell]) -> dict:
        """The value; Cells come without empty ones at the end. Raises CellProblem."""
        raise NotImplementedError

    def column(self, path: tuple) -> str:
        """The sheet's column for a place in the value, such as ("options", 2, "feedback")."""
        numbers = [part + 1 for part in path if isinstance(part, int)]
        kind = "feedback" if path and path[-1] == "feedback" else "answer"
        return f"{kind}_{numbers[0] if numbers else 1}"


@cache
def exchanges() -> dict[str, Exchange]:
    """By type. A type without an `exchange.py` stays at home."""
    modules = {name: f"{type(type_).__module__}.exchange" for name, type_ in question_types.all_types().items()}
    return {name: import_module(module).EXCHANGE for name, module in modules.items() if find_spec(module)}


def value_of(question: Question) -> tuple[str, dict]:
    """The type that takes a question of a file, and its value. Raises Unheld."""
    for name, exchange in exchanges().items():
        value = exchange.from_moodle(question)
        if value is not None:
            return name, value
    raise Unheld(_why_nobody(question))


WHY_NOT = {
    Kind.ESSAY: gettext_lazy("An essay needs a person to mark it. Ask it in a practical or as a question to choose."),
    Kind.DESCRIPTION: gettext_lazy("A description asks nothing. Put its text into a lesson."),
    Kind.CLOZE: gettext_lazy("Several answers inside one text (Cloze) are not read. Ask them one by one."),
}


def _why_nobody(question: Question) -> str:
    if question.kind in WHY_NOT:
        return str(WHY_NOT[question.kind])
    name = question.other or question.kind
    return _("«%(type)s» is a kind of question that this platform does not have.") % {"type": name[:40]}


def mark_of(cell: Cell, number: int) -> Decimal | None:
    """What stands under «right»: 100 for a mark, a percentage, None for nothing. Raises CellProblem."""
    word = cell.right.strip().casefold()
    if word in MARKED:
        return FULL
    if word in NOT_MARKED:
        return None
    if (found := PERCENT.fullmatch(word)) and abs(per_cent := Decimal(found[1].replace(",", "."))) <= 100:
        return per_cent
    wrong = _("«%(word)s» is no mark. Write x for a right answer, its part as 50%%, or nothing.")
    raise CellProblem(f"right_{number}", wrong % {"word": cell.right[:30]})


def mark_cell(per_cent: Decimal | None) -> str:
    """As `mark_of` reads it."""
    return "" if per_cent is None else "x" if per_cent == FULL else f"{plain_number(per_cent)}%"


def note_apart(cells: list[Cell]) -> tuple[list[Cell], str]:
    """The cells without the one of a note, and the note: what is said to whoever is not right."""
    notes = [cell.feedback for cell in cells if cell.answer == NOTE]
    return [cell for cell in cells if cell.answer != NOTE], notes[0] if notes else ""


def note_cells(value) -> list[Cell]:
    return [Cell(NOTE, "", value["feedback"])] if value.get("feedback") else []


def all_filled(cells: list[Cell]) -> list[Cell]:
    """The cells, where each has an answer. Raises CellProblem."""
    for number, cell in enumerate(cells, 1):
        if not cell.answer:
            raise CellProblem(f"answer_{number}", _("The cell is empty, and there is more to the right of it."))
    return cells


def only_answers(cells: list[Cell]) -> list[str]:
    """The answers of a type that takes no mark and no feedback for each. Raises CellProblem."""
    for number, cell in enumerate(all_filled(cells), 1):
        for column, text in (("right", cell.right), ("feedback", cell.feedback)):
            if text:
                raise CellProblem(f"{column}_{number}", _("This type of question takes nothing here."))
    return [cell.answer for cell in cells]
