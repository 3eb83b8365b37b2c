"""Writes GIFT, Moodle's text format. Texts are html, so that «<» and a story before the question survive."""

import re

from .crossing import category_of
from .markup import inline_html, one_line, printable, to_html
from .moodle import FULL, Answer, Kind, Question, plain_number

HELD = {Kind.MULTICHOICE, Kind.TRUE_FALSE, Kind.SHORT_ANSWER, Kind.NUMERICAL, Kind.MATCHING}
SPECIAL = re.compile(r"[\\~=#{}:]")
STARTS = {"[": "&#91;", "%": "&#37;"}  # what would read as a format or a weight


def write(questions: list[Question], comments: list[str]) -> bytes:
    """The file, each comment a line at its top. Questions are of the kinds in HELD, without pictures."""
    parts = ["".join(f"// {one_line(printable(comment))}\n" for comment in comments)] if comments else []
    category = None
    for question in questions:
        if question.category != category:
            category = question.category
            parts.append(f"$CATEGORY: {one_line(printable(category_of(category)))}\n")
        parts.append(_question(question))
    return "\n".join(parts).encode()


def _question(question: Question) -> str:
    labels = [f"[id:{_label(question.idnumber)}]"] if question.idnumber else []
    tags = question.tags + ([f"unit: {question.unit}"] if question.unit else [])
    labels += [f"[tag:{_label(tag)}]" for tag in tags]
    head = f"// {' '.join(labels)}\n" if labels else ""
    name = f"::{_plain(question.name)}::" if question.name else ""
    text = _escaped(to_html(question.paragraphs, question.story))
    why = f"\t####{_rich(question.feedback)}\n" if question.feedback else ""
    return f"{head}{name}[html]{text}{{{BODIES[question.kind](question)}{why}}}\n"


def _multichoice(question: Question) -> str:
    return "\n" + "".join(f"\t{_sign(answer, question.single)}{_rich(answer.text)}{_said(answer)}\n"
                          for answer in question.answers)  # fmt: skip


def _sign(answer: Answer, single: bool) -> str:
    if single and answer.fraction == FULL:
        return "="
    return f"~%{plain_number(answer.fraction)}%" if answer.fraction else "~"


def _true_false(question: Question) -> str:
    right, wrong = sorted(question.answers, key=lambda answer: not answer.is_right)
    said = f"#{_rich(wrong.feedback)}#{_rich(right.feedback)}" if right.feedback or wrong.feedback else ""
    return f"{right.text.upper()}{said}\n" if question.feedback or said else right.text.upper()


def _short_answer(question: Question) -> str:
    rows = [f"=%{plain_number(one.fraction)}%{_guarded(one.text)}#{_rich(one.feedback)}" for one in question.answers]
    rows += [f"=%0%*#{_rich(question.wrong_feedback)}"] if question.wrong_feedback else []
    return "\n" + "".join(f"\t{row}\n" for row in rows)


def _numerical(question: Question) -> str:
    rows = [f"=%{plain_number(one.fraction)}%{one.text}:{one.tolerance}#{_rich(one.feedback)}"
            for one in question.answers]  # fmt: skip
    rows += [f"~#{_rich(question.wrong_feedback)}"] if question.wrong_feedback else []
    return "#\n" + "".join(f"\t{row}\n" for row in rows)


def _matching(question: Question) -> str:
    return "\n" + "".join(f"\t={_rich(pair.text)} -> {_plain(pair.match)}\n" for pair in question.answers)


BODIES = {
    Kind.MULTICHOICE: _multichoice,
    Kind.TRUE_FALSE: _true_false,
    Kind.SHORT_ANSWER: _short_answer,
    Kind.NUMERICAL: _numerical,
    Kind.MATCHING: _matching,
}


def _said(answer: Answer) -> str:
    return f"#{_rich(answer.feedback)}" if answer.feedback else ""


def _rich(text: str) -> str:
    marked = inline_html(one_line(text))
    return _escaped(STARTS.get(marked[:1], marked[:1]) + marked[1:])


def _guarded(text: str) -> str:
    """A short answer is never html, but may begin with the name of a format."""
    return ("[plain]" if text.startswith("[") else "") + _plain(text)


def _plain(text: str) -> str:
    return _escaped(one_line(printable(text)))


def _label(text: str) -> str:
    return re.sub(r"([\\\]])", r"\\\1", one_line(printable(text)))


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text.replace("\n", " "))
