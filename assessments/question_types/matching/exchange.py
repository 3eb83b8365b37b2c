"""Matching in files. A choice that belongs to none is a pair without a prompt, as Moodle has it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...exchange.mapping import Cell, CellProblem, Exchange, note_apart, note_cells
from ...exchange.moodle import FULL, Answer, Kind, Question


class MatchingExchange(Exchange):
    sheet = gettext_lazy(
        "Under «answer» what is asked, under «right» what belongs to it. A choice that belongs to none stands under "
        "«right» alone."
    )
    example = (
        "What fits together?",
        (Cell("No symptoms", "TB infection"), Cell("Cough and weight loss", "TB disease")),
    )

    def to_moodle(self, value):
        pairs = [Answer(pair["prompt"], FULL, match=pair["choice"]) for pair in value["pairs"]]
        extra = [Answer("", FULL, match=choice) for choice in value.get("extra") or []]
        return Question(Kind.MATCHING, answers=pairs + extra, wrong_feedback=value.get("feedback") or "")

    def from_moodle(self, question):
        if question.kind != Kind.MATCHING:
            return None
        if any(answer.picture for answer in question.answers):
            question.note(_("Pictures in pairs are not kept."))
        pairs = [(answer.text, answer.match) for answer in question.answers]
        return _value(pairs, question.wrong_feedback)

    def to_cells(self, value):
        pairs = [Cell(pair["prompt"], pair["choice"]) for pair in value["pairs"]]
        return pairs + [Cell("", choice) for choice in value.get("extra") or []] + note_cells(value)

    def from_cells(self, cells):
        cells, note = note_apart(cells)
        for number, cell in enumerate(cells, 1):
            if not cell.right:
                raise CellProblem(f"right_{number}", _("Write here what belongs to the answer on its left."))
            if cell.feedback:
                raise CellProblem(f"feedback_{number}", _("This type of question takes nothing here."))
        return _value([(cell.answer, cell.right) for cell in cells], note)

    def column(self, path):
        numbers = [part + 1 for part in path if isinstance(part, int)]
        return f"{'right' if path[-1:] == ('choice',) else 'answer'}_{numbers[0] if numbers else 1}"


def _value(pairs: list[tuple[str, str]], note: str) -> dict:
    return {
        "pairs": [{"prompt": prompt, "choice": choice} for prompt, choice in pairs if prompt],
        "extra": list(dict.fromkeys(choice for prompt, choice in pairs if not prompt and choice)),
        "feedback": note,
    }


EXCHANGE = MatchingExchange()
