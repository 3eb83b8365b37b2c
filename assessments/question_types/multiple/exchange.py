"""Several right answers in files."""

from django.utils.translation import gettext_lazy

from ...exchange import choices
from ...exchange.mapping import Cell, Exchange
from ...exchange.moodle import Kind, Question


class MultipleExchange(Exchange):
    sheet = gettext_lazy(
        "Each answer in a column of its own. Put x under «right» of every right one. Where parts are not equal, "
        "write them for every answer: 70%, 30%, and -50% for one that takes away."
    )
    example = (
        "Which do you ask everyone about?",
        (Cell("Cough", "x", ""), Cell("Fever", "x", ""), Cell("Sore eyes", "", "Sore eyes are no sign of TB.")),
    )

    def to_moodle(self, value):
        return Question(Kind.MULTICHOICE, answers=choices.several(value["options"]), single=False)

    def from_moodle(self, question):
        if not choices.is_choice(question, single=False):
            return None
        choices.without_pictures(question)
        weighed = zip(question.answers, choices.weights(question.answers), strict=True)
        return {"options": [choices.option(answer, answer.is_right, part) for answer, part in weighed]}

    def to_cells(self, value):
        return choices.cells(value["options"])

    def from_cells(self, cells):
        return {"options": choices.options_of(cells)}


EXCHANGE = MultipleExchange()
