"""What single and multiple choice share on their way: options with a text, a mark, a part and what is said to each."""

from decimal import Decimal

from django.utils.translation import gettext as _

from .mapping import Cell, Unheld, all_filled, mark_cell, mark_of
from .moodle import FULL, Answer, Kind, Question, plain_number, share


def weight(option) -> Decimal | None:
    given = option.get("weight")
    return None if given is None or given == "" else Decimal(given)


def several(options, *, name=lambda option: option["text"]) -> list[Answer]:
    """Right ones add a part, wrong ones take one away, as the type counts them where its author weighs nothing."""
    part = share(sum(bool(option["right"]) for option in options) or 1)
    counts = [
        weight(option) if weight(option) is not None else part if option["right"] else -part for option in options
    ]
    return [
        Answer(name(option), count, option["feedback"] or "") for option, count in zip(options, counts, strict=True)
    ]


def weights(answers: list[Answer]) -> list[str | None]:
    """The parts as an option keeps them; nothing where they are those of `several`."""
    part = share(sum(answer.is_right for answer in answers) or 1)
    equal = all(answer.fraction == (part if answer.is_right else -part) for answer in answers)
    return [None if equal else plain_number(answer.fraction) for answer in answers]


def is_choice(question: Question, *, single: bool) -> bool:
    return question.kind == Kind.MULTICHOICE and question.single == single and not all_pictures(question)


def all_pictures(question: Question) -> bool:
    return bool(question.answers) and all(answer.picture for answer in question.answers)


def without_pictures(question: Question) -> None:
    """Raises Unheld for an answer that is only a picture."""
    if any(answer.picture and not answer.text for answer in question.answers):
        raise Unheld(_("Some answers are pictures and some are words. Use one or the other."))
    if any(answer.picture for answer in question.answers):
        question.note(_("Pictures beside the words of an answer are not kept."))


def option(answer: Answer, right: bool, part: str | None) -> dict:
    return {"text": answer.text, "right": right, "feedback": answer.feedback} | ({"weight": part} if part else {})


def cells(options) -> list[Cell]:
    return [
        Cell(
            row["text"], mark_cell(FULL if row["right"] and weight(row) is None else weight(row)), row["feedback"] or ""
        )
        for row in options
    ]


def options_of(given: list[Cell]) -> list[dict]:
    """Raises CellProblem."""
    marked = [(cell, mark_of(cell, number)) for number, cell in enumerate(all_filled(given), 1)]
    return [
        option(
            Answer(cell.answer, feedback=cell.feedback),
            bool(mark and mark > 0),
            None if mark in (None, FULL) else plain_number(mark),
        )
        for cell, mark in marked
    ]
