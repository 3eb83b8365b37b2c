"""Gaps in files: Moodle's «select missing words» and «drag and drop into text», which number the words of the gaps."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...exchange.mapping import Cell, CellProblem, Exchange, Unheld, note_apart, note_cells, only_answers
from ...exchange.moodle import FULL, Answer, Kind, Question
from . import GAP, apart, choices

NUMBERED = re.compile(r"\[\[(\d{1,3})\]\]")


class GapsExchange(Exchange):
    sheet = gettext_lazy(
        "Answer 1 is the text with its gaps, the words asked for in double square brackets. Further answers are words "
        "that fit no gap."
    )
    example = ("Fill the gaps.", (Cell("TB passes through the [[air]]."), Cell("water"), Cell("food")))

    def to_moodle(self, value):
        words = choices(value)
        text = GAP.sub(lambda gap: f"[[{words.index(' '.join(gap[1].split())) + 1}]]", _text(value))
        lines = [line for line in text.splitlines() if line.strip()]
        answers = [Answer(word, FULL) for word in words]
        return Question(Kind.GAPS, paragraphs=lines, answers=answers, wrong_feedback=value.get("feedback") or "")

    def from_moodle(self, question):
        if question.kind != Kind.GAPS:
            return None
        first = next((at for at, text in enumerate(question.paragraphs) if NUMBERED.search(text)), None)
        if first is None:
            raise Unheld(_("The text has no gap such as [[1]]."))
        if len({answer.group for answer in question.answers}) > 1:
            question.note(_("Groups of words are not kept: every gap offers all words."))
        text = "\n".join(question.paragraphs[first:])
        question.paragraphs = question.paragraphs[:first] or [_("Fill the gaps.")]
        used = [int(number) for number in NUMBERED.findall(text)]
        words = [answer.text for answer in question.answers]
        if not all(1 <= number <= len(words) for number in used):
            raise Unheld(_("A gap asks for a word that is not there."))
        filled = NUMBERED.sub(lambda gap: f"[[{words[int(gap[1]) - 1]}]]", text)
        asked = {words[number - 1] for number in used}
        extra = [word for word in dict.fromkeys(words) if word not in asked]
        return {"text": filled, "extra": extra, "feedback": question.wrong_feedback}

    def to_cells(self, value):
        return [Cell(_text(value)), *(Cell(word) for word in value.get("extra") or []), *note_cells(value)]

    def from_cells(self, cells):
        cells, note = note_apart(cells)
        if not cells or not apart(cells[0].answer)[1]:
            raise CellProblem("answer_1", _("Write the text here, with [[the words]] that are asked for in brackets."))
        text, *extra = only_answers(cells)
        return {"text": text, "extra": extra, "feedback": note}

    def column(self, path):
        numbers = [part + 2 for part in path if isinstance(part, int)]
        return f"answer_{numbers[0] if numbers else 1}"


def _text(value) -> str:
    return str(value["text"]).replace("\r\n", "\n")


EXCHANGE = GapsExchange()
