"""Pictures to choose from in files: Moodle's multiple choice whose answers are pictures. A sheet holds none."""

from decimal import Decimal

from django.utils.translation import gettext as _

from ...exchange import choices
from ...exchange.images import picture_of
from ...exchange.mapping import Exchange
from ...exchange.moodle import FULL, Answer, Kind, Question


class PictureExchange(Exchange):
    def to_moodle(self, value):
        pictures = list(value["pictures"])
        if value["several"]:
            answers = choices.several(pictures)
        else:
            answers = [Answer(row["text"], _whole(row), row["feedback"] or "") for row in pictures]
        for answer, row in zip(answers, pictures, strict=True):
            answer.picture = picture_of(row["image"], row["text"])
            answer.text = ""
        return Question(Kind.MULTICHOICE, answers=answers, single=not value["several"])

    def from_moodle(self, question):
        if question.kind != Kind.MULTICHOICE or not choices.all_pictures(question):
            return None
        parts = [None] * len(question.answers) if question.single else choices.weights(question.answers)
        if question.single and any(answer.fraction not in (0, FULL) for answer in question.answers):
            question.note(_("Parts of the mark for single pictures are not kept."))
        rows = [
            choices.option(answer, answer.fraction == FULL if question.single else answer.is_right, part)
            | {"text": _words(answer), "image": answer.picture}
            for answer, part in zip(question.answers, parts, strict=True)
        ]
        return {"pictures": rows, "several": not question.single}


def _whole(row) -> Decimal:
    return FULL if row["right"] else Decimal(0)


def _words(answer: Answer) -> str:
    return answer.picture.alt or answer.text or answer.picture.name.rsplit(".", 1)[0]


EXCHANGE = PictureExchange()
