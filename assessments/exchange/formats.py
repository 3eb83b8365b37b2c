"""The files that questions travel in: what each can hold, how it is read and written."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.core.sheets import FileEmpty, FileTooLarge, TooManyRows

from . import gift_reading, gift_writing, moodle_xml_reading, moodle_xml_writing, sheet, sheet_writing
from .crossing import from_question, to_question
from .drafts import Draft
from .mapping import Unheld
from .moodle import Kind, Problem, Question

MAX_BYTES = sheet.MAX_BYTES
MAX_QUESTIONS = sheet.MAX_ROWS


@dataclass
class Reading:
    """What a file holds: questions that can be made, and what stops the others."""

    format: str
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Parcel:
    """What a file will hold of some questions, and how many of what it cannot: [(number, words)]."""

    held: list[Any]
    left_out: list[tuple[int, str]]


@dataclass(frozen=True)
class Format:
    name: str
    label: Any
    ending: str
    content_type: str
    pack: Callable[[Draft], Any]  # raises Unheld with the words of what it cannot hold
    write: Callable[[list, list[str]], bytes]

    def parcel(self, drafts: list[Draft]) -> Parcel:
        held, missing = [], Counter()
        for draft in drafts:
            try:
                held.append(self.pack(draft))
            except Unheld as reason:
                missing[str(reason)] += 1
        return Parcel(held, [(count, words) for words, count in missing.items()])

    def file(self, drafts: list[Draft]) -> bytes:
        """The questions that the format holds; what it cannot stands at the top of the file."""
        parcel = self.parcel(drafts)
        told = [self.cannot(count, words) for count, words in parcel.left_out]
        return self.write(parcel.held, told)

    def cannot(self, count: int, words: str) -> str:
        told = {"format": self.label, "count": count, "what": words}
        return _("%(format)s cannot hold: %(count)d × %(what)s") % told


def _for_sheet(draft: Draft) -> Draft:
    sheet_writing.cells_of(draft)
    return draft


def _for_gift(draft: Draft) -> Question:
    question = to_question(draft)
    if question.kind not in gift_writing.HELD:
        raise Unheld(_words(question.kind))
    if question.picture or any(answer.picture for answer in question.answers):
        raise Unheld(_("questions with a picture"))
    if question.kind == Kind.MATCHING and question.wrong_feedback:
        raise Unheld(_("matching with words for who is not right"))
    if question.kind == Kind.SHORT_ANSWER and any("->" in answer.text for answer in question.answers):
        raise Unheld(_("short answers with «->»"))
    return question


def _for_moodle_xml(draft: Draft) -> Question:
    question = to_question(draft)
    if question.kind not in moodle_xml_writing.HELD:
        raise Unheld(_words(question.kind))
    return question


def _words(kind: Kind) -> str:
    words = {Kind.ORDERING: gettext_lazy("ordering"), Kind.GAPS: gettext_lazy("gaps in a text")}
    return str(words.get(kind, kind))


FORMATS = {
    format_.name: format_
    for format_ in (
        Format(
            "sheet",
            gettext_lazy("Spreadsheet"),
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _for_sheet,
            sheet_writing.write,
        ),
        Format("gift", "GIFT", "gift.txt", "text/plain; charset=utf-8", _for_gift, gift_writing.write),
        Format("moodle_xml", "Moodle XML", "xml", "application/xml", _for_moodle_xml, moodle_xml_writing.write),
    )
}


# Reading --------------------------------------------------------------------------------------------------------------


def read(data: bytes, file_name: str = "") -> Reading:
    """The questions of a file in whichever format it is. Raises sheets.FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileTooLarge(str(sheet.LIMITS.too_large))
    if not data.strip():
        raise FileEmpty(_("The file is empty."))
    format_ = recognised(data, file_name)
    reading = Reading(format_, *sheet.read(data)) if format_ == "sheet" else _moodle(format_, data)
    if not reading.drafts and not reading.problems:
        raise FileEmpty(_("The file holds no question."))
    return reading


def recognised(data: bytes, file_name: str) -> str:
    """By what it holds; a text by its name."""
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    if data.startswith(b"PK\x03\x04") or file_name.lower().endswith((".csv", ".xlsx")):
        return "sheet"
    if start.startswith((b"<?xml", b"<quiz", b"<!DOCTYPE")) or file_name.lower().endswith(".xml"):
        return "moodle_xml"
    return "gift"


def _moodle(format_: str, data: bytes) -> Reading:
    reader = gift_reading if format_ == "gift" else moodle_xml_reading
    questions, problems = reader.read(data)
    if len(questions) + len(problems) > MAX_QUESTIONS:
        raise TooManyRows(_("The file has more than %(count)d questions. Send it in parts.") % {"count": MAX_QUESTIONS})
    reading = Reading(format_, problems=problems)
    for question in questions:
        place = reader.place(question.line)
        try:
            draft = from_question(question)
        except Unheld as reason:
            name = question.name or " ".join(question.paragraphs)[:60]
            reading.problems.append(Problem(place, str(reason), name, question.line))
        else:
            draft.place = place
            reading.drafts.append(draft)
    reading.problems.sort(key=lambda problem: problem.line)
    return reading
