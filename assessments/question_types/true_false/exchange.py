"""True or false in files."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...exchange.mapping import Cell, CellProblem, Exchange, Unheld, mark_of
from ...exchange.moodle import FULL, Answer, Kind, Question

WORDS = {"true": True, "t": True, "yes": True, "1": True, "false": False, "f": False, "no": False, "0": False}


class TrueFalseExchange(Exchange):
    sheet = gettext_lazy(
        "Write True as answer 1 and False as answer 2, and x under «right» of the one that is right. "
        "Or write only the right one."
    )
    example = ("TB can be cured.", (Cell("True", "x", ""), Cell("False", "", "Medicine cures it.")))

    def to_moodle(self, value):
        right = bool(value["is_true"])
        answers = [
            Answer(word, FULL if right is (word == "true") else Decimal(0), value.get(f"said_{word}") or "")
            for word in ("true", "false")
        ]
        return Question(Kind.TRUE_FALSE, answers=answers)

    def from_moodle(self, question):
        if question.kind != Kind.TRUE_FALSE:
            return None
        by_word = {answer.text.strip().casefold(): answer for answer in question.answers}
        right = [word for word, answer in by_word.items() if answer.is_right]
        if len(right) != 1 or not by_word.keys() <= {"true", "false"}:
            raise Unheld(_("Exactly one of true and false must be right."))
        said = {f"said_{word}": by_word[word].feedback if word in by_word else "" for word in ("true", "false")}
        return {"is_true": right[0] == "true"} | said

    def to_cells(self, value):
        right = bool(value["is_true"])
        return [
            Cell(word.title(), "x" if right is WORDS[word] else "", value.get(f"said_{word}") or "")
            for word in ("true", "false")
        ]

    def from_cells(self, cells):
        said = {"said_true": "", "said_false": ""}
        marked = []
        for number, cell in enumerate(cells, 1):
            is_true = WORDS.get(cell.answer.strip().casefold())
            if is_true is None:
                raise CellProblem(f"answer_{number}", _("Write True or False."))
            said[f"said_{str(is_true).lower()}"] = cell.feedback
            if mark_of(cell, number) == FULL or len(cells) == 1:
                marked.append(is_true)
        if len(marked) != 1:
            raise CellProblem("right_1", _("Put x under «right» of True or of False."))
        return {"is_true": marked[0]} | said


EXCHANGE = TrueFalseExchange()
