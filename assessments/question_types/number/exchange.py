"""Numbers in files. Other numbers and the note travel as Moodle's further answers."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...exchange.mapping import (
    Cell,
    CellProblem,
    Exchange,
    Unheld,
    all_filled,
    mark_cell,
    mark_of,
    note_apart,
    note_cells,
)
from ...exchange.moodle import FULL, Answer, Kind, Question, plain_number

WRITTEN = re.compile(
    r"([+\-−]?\d{1,12}(?:[.,]\d{1,6})?)\s*(?:(?:±|\+/-)\s*(\d{1,12}(?:[.,]\d{1,6})?))?\s*(.*)", re.ASCII
)
LARGEST = Decimal(10) ** 12


class NumberExchange(Exchange):
    sheet = gettext_lazy(
        "Answer 1 is the number, with its tolerance and its unit where it has them: 37 ± 0.5 °C. Further answers are "
        "other numbers that you expect, with «50%» under «right» of one that is half right."
    )
    example = (
        "Above how many copies/mL is a viral load unsuppressed?",
        (Cell("1000 ± 0 copies/mL"), Cell("200", "", "200 is another limit. Read the card again.")),
    )

    def to_moodle(self, value):
        others = value.get("others") or []
        answers = [_answer(value, FULL, ""), *(_answer(row, Decimal(row["share"]), row["feedback"]) for row in others)]
        return Question(
            Kind.NUMERICAL, answers=answers, unit=value["unit"] or "", wrong_feedback=value.get("feedback") or ""
        )

    def from_moodle(self, question):
        if question.kind != Kind.NUMERICAL:
            return None
        whole = next((answer for answer in question.answers if answer.fraction == FULL), None)
        if not whole:
            raise Unheld(_("No number is wholly right (100%)."))
        if whole.feedback and not question.feedback:
            question.feedback = whole.feedback
        elif whole.feedback:
            question.note(_("What is said to the right number is not kept: write it under «why»."))
        others = [answer for answer in question.answers if answer is not whole]
        return _row(whole) | {
            "unit": question.unit,
            "feedback": question.wrong_feedback,
            "others": [
                _row(answer) | {"share": plain_number(max(answer.fraction, 0)), "feedback": answer.feedback}
                for answer in others
            ],
        }

    def to_cells(self, value):
        others = [
            Cell(_written(row), mark_cell(Decimal(row["share"]) or None), row["feedback"] or "")
            for row in value.get("others") or []
        ]
        return [Cell(_written(value)), *others, *note_cells(value)]

    def from_cells(self, cells):
        cells, note = note_apart(cells)
        if not cells:
            raise CellProblem("answer_1", _("Write the right number."))
        rows = [_read(cell, number) for number, cell in enumerate(all_filled(cells), 1)]
        others = [
            {name: row[name] for name in ("answer", "tolerance")}
            | {"share": plain_number(max(mark_of(cell, number) or 0, 0)), "feedback": cell.feedback}
            for number, (row, cell) in enumerate(zip(rows[1:], cells[1:], strict=True), 2)
        ]
        return rows[0] | {"others": others, "feedback": note}


def _answer(row, fraction: Decimal, feedback: str) -> Answer:
    return Answer(plain_number(row["answer"]), fraction, feedback or "", tolerance=plain_number(row["tolerance"]))


def _row(answer: Answer) -> dict:
    try:
        numbers = plain_number(answer.text), plain_number(abs(Decimal(answer.tolerance or 0)))
        if not all(abs(Decimal(number)) < LARGEST for number in numbers):
            raise InvalidOperation
    except InvalidOperation:
        raise Unheld(_("«%(text)s» is not a number.") % {"text": answer.text[:30]}) from None
    return {"answer": numbers[0], "tolerance": numbers[1]}


def _written(row) -> str:
    parts = [plain_number(row["answer"])]
    if Decimal(row["tolerance"]):
        parts.append(f"± {plain_number(row['tolerance'])}")
    return " ".join([*parts, row.get("unit") or ""]).strip()


def _read(cell: Cell, number: int) -> dict:
    found = WRITTEN.fullmatch(cell.answer.replace("−", "-"))
    if not found:
        raise CellProblem(f"answer_{number}", _("Write a number, such as 37 or 37 ± 0.5 °C."))
    answer, tolerance = found[1].replace(",", "."), (found[2] or "0").replace(",", ".")
    return {"answer": plain_number(answer), "tolerance": plain_number(tolerance), "unit": found[3].strip()}


EXCHANGE = NumberExchange()
