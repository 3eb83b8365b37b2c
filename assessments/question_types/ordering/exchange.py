"""Ordering in files."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...exchange.mapping import Cell, Exchange, note_apart, note_cells, only_answers
from ...exchange.moodle import FULL, Answer, Kind, Question


class OrderingExchange(Exchange):
    sheet = gettext_lazy("The lines as answers, in the right order. Learners see them mixed.")
    example = ("What do you do first, and what then?", (Cell("Thank her"), Cell("Go with her"), Cell("Check tomorrow")))

    def to_moodle(self, value):
        answers = [Answer(line, FULL) for line in value["items"]]
        return Question(Kind.ORDERING, answers=answers, wrong_feedback=value.get("feedback") or "")

    def from_moodle(self, question):
        if question.kind != Kind.ORDERING:
            return None
        if any(answer.picture for answer in question.answers):
            question.note(_("Pictures in lines are not kept."))
        return {"items": [answer.text for answer in question.answers], "feedback": question.wrong_feedback}

    def to_cells(self, value):
        return [Cell(line) for line in value["items"]] + note_cells(value)

    def from_cells(self, cells):
        cells, note = note_apart(cells)
        return {"items": only_answers(cells), "feedback": note}


EXCHANGE = OrderingExchange()
