"""Reads Moodle XML. Parsed without entities, network or DTD: a DOCTYPE is refused before anything of it is used."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote

from django.utils.text import slugify
from django.utils.translation import gettext as _
from lxml import etree

from lms.core.sheets import FileNotReadable, TooManyRows

from .images import PictureRefused, clean, decoded
from .mapping import Unheld
from .markup import Plain, TextTooLong, one_line, printable, to_plain
from .moodle import FULL, Answer, Kind, Picture, Problem, Question, plain_number

FORMATS = {"html": "html", "markdown": "markdown", "plain_text": "plain", "moodle_auto_format": "moodle"}
KINDS = {kind.value: kind for kind in Kind if kind is not Kind.OTHER} | {"match": Kind.MATCHING, "ddwtos": Kind.GAPS}
MOST_QUESTIONS = 1_000
MOST_ELEMENTS = 200_000
LARGEST = Decimal(10) ** 9


def read(data: bytes) -> tuple[list[Question], list[Problem]]:
    """The questions of a file, and what stops the others. Raises FileRefused where it is no Moodle XML."""
    category = ""
    questions, problems = [], []
    for element in _elements(data):
        if element.get("type") == "category":
            category = _plain_text(element.find("category"))
            continue
        question = Question(Kind.OTHER, category=category, line=element.sourceline or 0)
        try:
            _fill(question, element)
            questions.append(question)
        except TextTooLong:
            problems.append(Problem(place(question.line), _("The text is far too long."), question.name, question.line))
        except (Unheld, PictureRefused) as reason:
            problems.append(Problem(place(question.line), str(reason), question.name, question.line))
    return questions, problems


def place(line: int) -> str:
    return _("Line %(line)d") % {"line": line}


def _elements(data: bytes) -> Iterator[etree._Element]:
    """Raises FileRefused."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data[:100_000].replace(b"\0", b""):
            raise FileNotReadable(_doctype()) from error
        told = _("The file is not well-formed XML: line %(line)d cannot be read. Export it from Moodle again.")
        raise FileNotReadable(told % {"line": (error.position or (1, 0))[0]}) from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise FileNotReadable(_doctype())
    if root.tag != "quiz":
        raise FileNotReadable(_("This is not Moodle XML: it does not begin with <quiz>."))
    if sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise TooManyRows(_("The file has too many parts. Send it in smaller ones."))
    return root.iterchildren("question")


def _doctype() -> str:
    return _("The file has a DOCTYPE, which Moodle never writes. It is not read.")


def _fill(question: Question, element) -> None:
    """Raises Unheld, TextTooLong, PictureRefused."""
    type_ = element.get("type") or ""
    question.kind, question.other = KINDS.get(type_, Kind.OTHER), type_ or "?"
    question.name = one_line(_plain_text(element.find("name")))
    question.idnumber = one_line(element.findtext("idnumber") or "")
    question.tags = [tag for row in element.iterfind("tags/tag") if (tag := one_line(_plain_text(row)))]
    text = _rich(question, element.find("questiontext"))
    question.story, question.paragraphs = text.story, text.paragraphs
    if question.kind not in READERS:
        return
    question.picture = _picture(question, element.find("questiontext"), text)
    question.feedback = _rich(question, element.find("generalfeedback")).line
    if question.kind not in (Kind.SHORT_ANSWER, Kind.NUMERICAL):
        question.wrong_feedback = _rich(question, element.find("incorrectfeedback")).line
    READERS[question.kind](question, element)
    _note_what_is_lost(question, element)


def _note_what_is_lost(question: Question, element) -> None:
    for tag in ("correctfeedback", "partiallycorrectfeedback"):
        if _rich(question, element.find(tag)).line:
            question.note(_("Words for «right» and «partly right» answers as a whole are not kept."))
    if question.kind in (Kind.MULTICHOICE, Kind.TRUE_FALSE) and question.wrong_feedback:
        question.note(_("Words for a wrong answer as a whole are not kept here: say them to each answer."))
        question.wrong_feedback = ""
    if _number(element.findtext("penalty")) or _number(element.findtext("defaultgrade"), "1") != 1:
        question.note(_("Points and penalties are not kept: every question is worth one mark."))
    if any(_rich(question, hint).line for hint in element.iterfind("hint")):
        question.note(_("Hints are not kept."))
    if element.findtext("hidden") == "1":
        question.note(_("It is hidden in Moodle."))


def _multichoice(question: Question, element) -> None:
    question.single = (element.findtext("single") or "true").strip().lower() in ("true", "1")
    for row in element.iterfind("answer"):
        text = _rich(question, row)
        picture = _picture(question, row, text)
        question.answers.append(Answer(text.line, _fraction(row), _feedback(question, row), picture=picture))


def _true_false(question: Question, element) -> None:
    for row in element.iterfind("answer"):
        question.answers.append(Answer(_plain_text(row).strip(), _fraction(row), _feedback(question, row)))


def _short_answer(question: Question, element) -> None:
    if (element.findtext("usecase") or "0").strip() == "1":
        question.note(_("Capitals do not matter here, whatever Moodle asked for."))
    for row in element.iterfind("answer"):
        _keep(question, Answer(one_line(_plain_text(row)), _fraction(row), _feedback(question, row)))


def _numerical(question: Question, element) -> None:
    for row in element.iterfind("answer"):
        answer = Answer(_plain_text(row).strip(), _fraction(row), _feedback(question, row))
        answer.tolerance = (row.findtext("tolerance") or "0").strip() or "0"
        _keep(question, answer)
    units = [one_line(row.findtext("unit_name") or "") for row in element.iterfind("units/unit")]
    question.unit = units[0] if units else ""
    if len(units) > 1:
        question.note(_("Only the first unit is kept."))


def _keep(question: Question, answer: Answer) -> None:
    """A star is whatever else is written: a wrong one becomes what is said to it."""
    if answer.text != "*" or answer.is_right:
        question.answers.append(answer)
    elif answer.feedback:
        question.wrong_feedback = answer.feedback


def _matching(question: Question, element) -> None:
    for row in element.iterfind("subquestion"):
        text = _rich(question, row)
        picture = Picture("", b"") if text.images else None
        choice = one_line(_plain_text(row.find("answer")))
        question.answers.append(Answer(text.line, FULL, match=choice, picture=picture))


def _ordering(question: Question, element) -> None:
    rows = list(element.iterfind("answer"))
    places = [_fraction(row) for row in rows]
    if len(set(places)) == len(places):
        rows = [row for _place, row in sorted(zip(places, rows, strict=True), key=lambda pair: pair[0])]
    question.answers = [Answer(_rich(question, row).line, FULL) for row in rows]


def _gaps(question: Question, element) -> None:
    """The words of a list are plain text, those to be dragged are html."""
    for row in [*element.iterfind("selectoption"), *element.iterfind("dragbox")]:
        text = one_line(_plain_text(row)) if row.tag == "selectoption" else _rich(question, row).line
        question.answers.append(Answer(text, FULL, group=int(_number(row.findtext("group"), "1"))))


READERS = {
    Kind.MULTICHOICE: _multichoice,
    Kind.TRUE_FALSE: _true_false,
    Kind.SHORT_ANSWER: _short_answer,
    Kind.NUMERICAL: _numerical,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.GAPS: _gaps,
}


def _feedback(question: Question, row) -> str:
    return _rich(question, row.find("feedback")).line


def _rich(question: Question, element) -> Plain:
    """A text in whichever format it says. Raises TextTooLong."""
    if element is None:
        return Plain()
    text = to_plain(element.findtext("text") or "", FORMATS.get(element.get("format") or "html", "html"))
    for words in text.notes:
        question.note(words)
    return text


def _plain_text(element) -> str:
    return printable(element.findtext("text") or "") if element is not None else ""


def _picture(question: Question, element, text: Plain) -> Picture | None:
    """The first picture of a text. Raises PictureRefused for one that cannot be shown."""
    if element is None or not text.images:
        return None
    files = {unquote(file.get("name") or ""): file.text or "" for file in element.iterfind("file")}
    found = None
    for source, alt in text.images:
        name = unquote(source.rsplit("/", 1)[-1])
        data = source[5:] if source.startswith("data:") else files.get(name)
        if data is None:
            question.note(_("A picture that is not inside the file is not kept."))
        elif found:
            question.note(_("Only the first picture of a text is kept."))
        else:
            data, ending = clean(decoded(data))
            stem = "picture" if source.startswith("data:") else name.rsplit(".", 1)[0]
            found = Picture(f"{slugify(stem)[:40] or 'picture'}.{ending}", data, alt)
    return found


def _fraction(row) -> Decimal:
    return _number(row.get("fraction"))


def _number(text: str | None, default: str = "0") -> Decimal:
    """Raises Unheld."""
    try:
        number = Decimal(plain_number((text or "").strip() or default))
    except InvalidOperation:
        number = LARGEST
    if abs(number) >= LARGEST:
        raise Unheld(_("«%(text)s» is not a number.") % {"text": (text or "")[:30]})
    return number
