"""Writes Moodle XML. Texts are html; pictures travel inside the file."""

import base64
from decimal import Decimal

from lxml import etree
from lxml.etree import CDATA, Comment, Element, SubElement

from .crossing import category_of
from .markup import inline_html, one_line, printable, to_html
from .moodle import FULL, Answer, Kind, Picture, Question, plain_number

HELD = {
    Kind.MULTICHOICE,
    Kind.TRUE_FALSE,
    Kind.SHORT_ANSWER,
    Kind.NUMERICAL,
    Kind.MATCHING,
    Kind.ORDERING,
    Kind.GAPS,
}
NOTED = {Kind.MATCHING, Kind.ORDERING, Kind.GAPS}  # kinds whose «wrong» note is Moodle's incorrectfeedback


def write(questions: list[Question], comments: list[str]) -> bytes:
    """The file, each comment at its top. Questions are of the kinds in HELD."""
    quiz = Element("quiz")
    for comment in comments:
        quiz.append(Comment(f" {_commented(comment)} "))
    category = None
    for question in questions:
        if question.category != category:
            category = question.category
            _category(quiz, category)
        _question(quiz, question)
    return etree.tostring(quiz, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _commented(text: str) -> str:
    return one_line(printable(text)).replace("--", "- -").rstrip("-")


def _category(quiz, category: str) -> None:
    row = SubElement(quiz, "question", type="category")
    _text(SubElement(row, "category"), category_of(category))


def _question(quiz, question: Question) -> None:
    row = SubElement(quiz, "question", type=str(question.kind))
    _text(SubElement(row, "name"), question.name or " ".join(question.paragraphs)[:60])
    asked = to_html(question.paragraphs, question.story)
    _rich(row, "questiontext", asked + (_shown(question.picture) if question.picture else ""), question.picture)
    _rich(row, "generalfeedback", inline_html(question.feedback))
    SubElement(row, "defaultgrade").text = "1.0000000"
    SubElement(row, "penalty").text = "0.0000000"
    SubElement(row, "hidden").text = "0"
    SubElement(row, "idnumber").text = printable(question.idnumber)
    BODIES[question.kind](row, question)
    if question.wrong_feedback and question.kind in NOTED:
        _rich(row, "incorrectfeedback", inline_html(question.wrong_feedback))
    if question.tags:
        tags = SubElement(row, "tags")
        for tag in question.tags:
            _text(SubElement(tags, "tag"), tag)


def _multichoice(row, question: Question) -> None:
    SubElement(row, "single").text = "true" if question.single else "false"
    SubElement(row, "shuffleanswers").text = "true"
    SubElement(row, "answernumbering").text = "abc"
    for answer in question.answers:
        shown = _shown(answer.picture) if answer.picture else inline_html(answer.text)
        _answer(row, answer, shown, answer.picture)


def _true_false(row, question: Question) -> None:
    for answer in sorted(question.answers, key=lambda answer: not answer.is_right):
        _answer(row, answer, answer.text)


def _short_answer(row, question: Question) -> None:
    SubElement(row, "usecase").text = "0"
    for answer in _with_note(question):
        _answer(row, answer, printable(answer.text), format_="moodle_auto_format")


def _numerical(row, question: Question) -> None:
    for answer in _with_note(question):
        found = _answer(row, answer, answer.text, format_="moodle_auto_format")
        SubElement(found, "tolerance").text = answer.tolerance
    if question.unit:
        unit = SubElement(SubElement(row, "units"), "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = printable(question.unit)
    SubElement(row, "unitgradingtype").text = "0"
    SubElement(row, "showunits").text = "3"
    SubElement(row, "unitsleft").text = "0"


def _with_note(question: Question) -> list[Answer]:
    note = question.wrong_feedback
    return question.answers + ([Answer("*", Decimal(0), note)] if note else [])


def _matching(row, question: Question) -> None:
    SubElement(row, "shuffleanswers").text = "true"
    for pair in question.answers:
        sub = _rich(row, "subquestion", inline_html(pair.text))
        _text(SubElement(sub, "answer"), pair.match)


def _ordering(row, question: Question) -> None:
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0"),
                        ("gradingtype", "ABSOLUTE_POSITION"), ("showgrading", "SHOW")):  # fmt: skip
        SubElement(row, name).text = value
    for place, line in enumerate(question.answers, 1):
        _rich(row, "answer", inline_html(line.text), fraction=f"{place}.0000000")


def _gaps(row, question: Question) -> None:
    SubElement(row, "shuffleanswers").text = "1"
    for word in question.answers:
        option = SubElement(row, "selectoption")
        SubElement(option, "text").text = printable(word.text)
        SubElement(option, "group").text = "1"


BODIES = {
    Kind.MULTICHOICE: _multichoice,
    Kind.TRUE_FALSE: _true_false,
    Kind.SHORT_ANSWER: _short_answer,
    Kind.NUMERICAL: _numerical,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.GAPS: _gaps,
}


def _answer(row, answer: Answer, text: str, picture: Picture | None = None, format_: str = "html"):
    fraction = "100" if answer.fraction == FULL else plain_number(answer.fraction)
    found = _rich(row, "answer", text, picture, format_=format_, fraction=fraction)
    _rich(found, "feedback", inline_html(answer.feedback))
    return found


def _rich(parent, tag: str, marked: str, picture: Picture | None = None, *, format_: str = "html", **attributes):
    found = SubElement(parent, tag, **attributes, format=format_)
    _text(found, marked)
    if picture:
        file = SubElement(found, "file", name=picture.name, path="/", encoding="base64")
        file.text = base64.b64encode(picture.data).decode()
    return found


def _text(parent, text: str) -> None:
    """Markup as CDATA, which people can read; what looks like its end is written in entities."""
    text = printable(text)
    SubElement(parent, "text").text = CDATA(text) if ("<" in text or "&" in text) and "]]>" not in text else text


def _shown(picture: Picture) -> str:
    alt = inline_html(picture.alt).replace('"', "&quot;")
    return f'<p><img src="@@PLUGINFILE@@/{picture.name}" alt="{alt}"></p>'
