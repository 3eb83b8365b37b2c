"""Short text in files. A star is any words to Moodle: ours has none, and writes one that is meant as a star."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...exchange.mapping import (
    Cell,
    Exchange,
    Unheld,
    all_filled,
    mark_cell,
    mark_of,
    note_apart,
    note_cells,
)
from ...exchange.moodle import FULL, Answer, Kind, Question, plain_number
from . import plain

ANY_WORDS = re.compile(r"(?<!\\)\*")


class ShortTextExchange(Exchange):
    sheet = gettext_lazy(
        "Every right way to say it as an answer of its own, with x under «right». An answer without x is one that you "
        "expect and that is wrong; «50%» is half right. Without any x all of them are right."
    )
    example = (
        "Which medicine against TB turns urine orange?",
        (Cell("rifampicin", "x"), Cell("rifampin", "x"), Cell("isoniazid", "", "Isoniazid does not colour urine.")),
    )

    def to_moodle(self, value):
        answers = [Answer(_starred(text), FULL) for text in value["accepted"]]
        answers += [
            Answer(_starred(row["text"]), Decimal(row["share"]), row["feedback"] or "")
            for row in value.get("others") or []
        ]
        return Question(Kind.SHORT_ANSWER, answers=answers, wrong_feedback=value.get("feedback") or "")

    def from_moodle(self, question):
        if question.kind != Kind.SHORT_ANSWER:
            return None
        if any(ANY_WORDS.search(answer.text) for answer in question.answers):
            raise Unheld(_("A star (*) stands for any words. Write the answers out instead."))
        rows: dict[str, tuple] = {}
        for answer in question.answers:
            text = answer.text.replace("\\*", "*")
            if plain(text) in rows:
                question.note(_("Answers that differ only in capitals, spaces or accents are kept once."))
            rows.setdefault(plain(text), (text, answer.fraction, answer.feedback))
        return _value(list(rows.values()), question.wrong_feedback)

    def to_cells(self, value):
        others = [
            Cell(row["text"], mark_cell(Decimal(row["share"]) or None), row["feedback"] or "")
            for row in value.get("others") or []
        ]
        return [Cell(text, "x") for text in value["accepted"]] + others + note_cells(value)

    def from_cells(self, cells):
        cells, note = note_apart(cells)
        marks = [mark_of(cell, number) for number, cell in enumerate(all_filled(cells), 1)]
        if not any(marks):
            marks = [FULL] * len(cells)
        return _value([(cell.answer, mark or 0, cell.feedback) for cell, mark in zip(cells, marks, strict=True)], note)


def _value(rows: list[tuple], note: str) -> dict:
    """Right ones without words of their own are simply accepted; the first right one always is."""
    accepted = [row for row in rows if row[1] == FULL and not row[2]] or [row for row in rows if row[1] == FULL][:1]
    others = [row for row in rows if row not in accepted]
    return {
        "accepted": [text for text, _share, _said in accepted],
        "others": [
            {"text": text, "share": plain_number(max(share, 0)), "feedback": said} for text, share, said in others
        ],
        "feedback": note,
    }


def _starred(text: str) -> str:
    return text.replace("*", "\\*")


EXCHANGE = ShortTextExchange()
