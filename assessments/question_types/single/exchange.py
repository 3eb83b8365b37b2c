"""Single choice in files."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...exchange import choices
from ...exchange.mapping import Cell, Exchange, Unheld
from ...exchange.moodle import FULL, Answer, Kind, Question, plain_number


class SingleExchange(Exchange):
    sheet = gettext_lazy(
        "Each answer in a column of its own. Put x under «right» of the right one, «50%» under one that is half right."
    )
    example = (
        "How does TB pass from one person to another?",
        (Cell("Through the air", "x", ""), Cell("By sharing cups", "", "Cups do not pass TB. The air does.")),
    )

    def to_moodle(self, value):
        answers = [
            Answer(
                option["text"],
                FULL if option["right"] else choices.weight(option) or Decimal(0),
                option["feedback"] or "",
            )
            for option in value["options"]
        ]
        return Question(Kind.MULTICHOICE, answers=answers)

    def from_moodle(self, question):
        if not choices.is_choice(question, single=True):
            return None
        choices.without_pictures(question)
        whole = [answer for answer in question.answers if answer.fraction == FULL]
        if len(whole) != 1:
            told = _("One answer must be wholly right (100%%); here %(count)s are.") % {"count": len(whole)}
            raise Unheld(told)
        return {
            "options": [
                choices.option(answer, answer is whole[0], None if answer is whole[0] else _part(answer))
                for answer in question.answers
            ]
        }

    def to_cells(self, value):
        marks = ["x" if row["right"] else f"{plain_number(part)}%" if (part := choices.weight(row)) else ""
                 for row in value["options"]]  # fmt: skip
        return [
            Cell(row["text"], mark, row["feedback"] or "") for row, mark in zip(value["options"], marks, strict=True)
        ]

    def from_cells(self, cells):
        options = choices.options_of(cells)
        return {"options": [row | ({"right": False} if row.get("weight") else {}) for row in options]}


def _part(answer: Answer) -> str | None:
    return plain_number(answer.fraction) if answer.fraction else None


EXCHANGE = SingleExchange()
