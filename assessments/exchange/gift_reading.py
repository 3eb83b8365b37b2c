"""Reads GIFT, Moodle's text format, as Moodle's own reader understands it.

Own code: pygiftparser, the nearest package, says of itself that it does not cover lists of numerical answers, and none
that we found says where in the file a question is wrong, which is what a trainer needs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from lms.core import sheets

from .mapping import Unheld
from .markup import CONTROL, TextTooLong, one_line, to_plain
from .moodle import FULL, Answer, Kind, Problem, Question, plain_number

FORMATS = ("html", "markdown", "plain", "moodle")
ESCAPED = dict(zip("\\:#={}~n", "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7", strict=True))
WRITTEN = str.maketrans({mark: "\n" if sign == "n" else sign for sign, mark in ESCAPED.items()})
LABEL = re.compile(r"\[(id|tag):((?:\\.|[^\]\\]){0,300})\]")  # longer ones nobody wrote by hand
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,7})?)%")
BLANK = "_____"
TRUTHS = {"T": "true", "TRUE": "true", "F": "false", "FALSE": "false"}


@dataclass
class Block:
    """The lines of one question, comments taken out. `line`: where it begins."""

    line: int
    lines: list[str] = field(default_factory=list)
    idnumber: str = ""
    tags: list[str] = field(default_factory=list)

    def label(self, comment: str) -> None:
        for name, text in LABEL.findall(comment):
            text = re.sub(r"\\(.)", r"\1", text).strip()
            if name == "id":
                self.idnumber = text
            else:
                self.tags.append(text)


def read(data: bytes) -> tuple[list[Question], list[Problem]]:
    """The questions of a file, and what stops the others. Raises FileRefused where it is no text at all."""
    try:
        text = sheets.decode(data)
    except sheets.FileNotReadable as error:
        raise sheets.FileNotReadable(_("The file is not text. Save it as GIFT in UTF-8 and send it again.")) from error
    questions, problems = [], []
    category = ""
    for block in _blocks(CONTROL.sub("", text)):
        if block.lines[0].lstrip().startswith("$CATEGORY:"):
            category = one_line(block.lines[0].split(":", 1)[1])
            continue
        question = Question(Kind.OTHER, category=category, line=block.line, idnumber=block.idnumber)
        try:
            _fill(question, block)
            questions.append(question)
        except TextTooLong:
            problems.append(Problem(place(block.line), _("The text is far too long."), question.name, block.line))
        except Unheld as reason:
            problems.append(Problem(place(block.line), str(reason), question.name, block.line))
    return questions, problems


def place(line: int) -> str:
    return _("Line %(line)d") % {"line": line}


def _blocks(text: str) -> Iterator[Block]:
    """Questions are parted by empty lines; a category stands on a line of its own."""
    block = Block(0)
    for number, line in enumerate([*text.split("\n"), ""], 1):
        line = line.rstrip("\r")
        is_category = line.lstrip().startswith("$CATEGORY:")
        if block.lines and (not line.strip() or is_category):
            yield block
        if not line.strip() or is_category:
            block = Block(0)
        if is_category:
            yield Block(number, [line])
        elif line.lstrip().startswith("//"):
            block.label(line)
        elif line.strip():
            block.line = block.line or number
            block.lines.append(line)


def _fill(question: Question, block: Block) -> None:
    """Raises Unheld, TextTooLong."""
    units = [tag[6:] for tag in block.tags if tag.startswith("unit: ")]
    question.tags = [tag for tag in block.tags if not tag.startswith("unit: ")]
    question.unit = units[0] if units else ""
    text = re.sub(r"\\([\\:#={}~n])", lambda match: ESCAPED[match[1]], "\n".join(block.lines)).strip()
    if text.startswith("::") and (end := text.find("::", 2)) > 0:
        question.name = one_line(text[2:end].translate(WRITTEN))
        text = text[end + 2 :].strip()
    asked, body = _apart(text)
    format_, asked = _formatted(asked, "moodle")
    body, why = _general_feedback(body) if body is not None else (None, "")
    plain = to_plain(asked.translate(WRITTEN), format_)
    question.story, question.paragraphs = plain.story, plain.paragraphs
    for words in plain.notes + ([_("Pictures in GIFT texts are not kept.")] if plain.images else []):
        question.note(words)
    question.feedback = _rich(question, why, format_)
    _answers(question, body, format_)


def _apart(text: str) -> tuple[str, str | None]:
    """What is asked, and what stands in the braces (None: no braces). Raises Unheld."""
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        return text, None
    if end < start or start < 0:
        told = _("{ and } do not fit together. One is missing, or needs \\ before it, or an empty line parts them.")
        raise Unheld(told)
    before, after = text[:start], text[end + 1 :].strip()
    if "{" in text[start + 1 : end] or "{" in after or "}" in after:
        raise Unheld(_("There is more than one pair of { }. Ask one question at a time, with an empty line between."))
    return (f"{before}{BLANK} {after}" if re.match(r"\w", after) else f"{before}{BLANK}{after}") if after else before, \
        text[start + 1 : end].strip()  # fmt: skip


def _formatted(text: str, default: str) -> tuple[str, str]:
    text = text.strip()
    found = re.match(r"\[(\w+)\]", text)
    if found and found[1] in FORMATS:
        return found[1], text[found.end() :]
    return default, text


def _general_feedback(body: str) -> tuple[str, str]:
    before, mark, after = body.rpartition("####")
    return (before.strip(), after) if mark else (body, "")


def _rich(question: Question, text: str, default: str) -> str:
    format_, text = _formatted(text, default)
    plain = to_plain(text.translate(WRITTEN), format_)
    for words in plain.notes + ([_("Pictures in GIFT texts are not kept.")] if plain.images else []):
        question.note(words)
    return plain.line


def _answers(question: Question, body: str | None, format_: str) -> None:
    question.kind = _kind(body)
    if reader := READERS.get(question.kind):
        reader(question, body, format_)
    elif question.kind == Kind.OTHER:
        raise Unheld(_("Ordering is not read from GIFT, only from Moodle XML and our spreadsheet."))


def _kind(body: str | None) -> Kind:
    if body is None:
        return Kind.DESCRIPTION
    if not body:
        return Kind.ESSAY
    if body.startswith("#"):
        return Kind.NUMERICAL
    if re.match(r">\s*\d", body):
        return Kind.OTHER
    if "~" in body:
        return Kind.MULTICHOICE
    if "=" in body and "->" in body:
        return Kind.MATCHING
    return Kind.TRUE_FALSE if body.split("#")[0].strip().upper() in TRUTHS else Kind.SHORT_ANSWER


def _multichoice(question: Question, body: str, format_: str) -> None:
    question.single = "=" in body
    for part in _parts(body, "~="):
        right = part.startswith("=")
        weight, text = _weighed(part[1:] if part[0] in "~=" else part, FULL if right else Decimal(0))
        words, _hash, said = text.partition("#")
        answer = Answer(_rich(question, words, format_), weight, _rich(question, said, format_))
        question.answers.append(answer)


def _parts(body: str, signs: str) -> list[str]:
    """The body cut before each sign."""
    return [part.strip() for part in re.split(rf"(?=[{signs}])", body) if part.strip()]


def _weighed(text: str, default: Decimal) -> tuple[Decimal, str]:
    text = text.strip()
    if found := WEIGHT.match(text):
        return Decimal(found[1]), text[found.end() :]
    return default, text


def _true_false(question: Question, body: str, format_: str) -> None:
    word, wrong, right = (body.split("#", 2) + ["", ""])[:3]
    true = TRUTHS[word.strip().upper()] == "true"
    said = {True: _rich(question, right, format_), False: _rich(question, wrong, format_)}
    question.answers = [
        Answer("true", FULL if true else Decimal(0), said[true]),
        Answer("false", Decimal(0) if true else FULL, said[not true]),
    ]


def _short_answer(question: Question, body: str, format_: str) -> None:
    for part in _parts(body, "="):
        weight, text = _weighed(part.removeprefix("="), FULL)
        words, _hash, said = text.partition("#")
        text = one_line(_formatted(words, "plain")[1].translate(WRITTEN))
        _keep(question, Answer(text, weight, _rich(question, said, format_)))


def _numerical(question: Question, body: str, format_: str) -> None:
    body, tilde, wrong = body[1:].partition("~")
    for part in _parts(body, "="):
        weight, text = _weighed(part.removeprefix("="), FULL)
        words, _hash, said = text.partition("#")
        number, tolerance = _number(words.translate(WRITTEN).strip())
        _keep(question, Answer(number, weight, _rich(question, said, format_), tolerance=tolerance))
    if tilde:
        question.wrong_feedback = _rich(question, wrong.partition("#")[2], format_)


def _number(text: str) -> tuple[str, str]:
    """Number and tolerance of 1822, 1822:5 or 1820..1825. Raises Unheld."""
    if text == "*":
        return text, "0"
    try:
        if ".." in text:
            low, high = (Decimal(plain_number(part.strip())) for part in text.split("..", 1))
            return plain_number((low + high) / 2), plain_number(abs(high - low) / 2)
        number, _colon, tolerance = text.partition(":")
        return plain_number(Decimal(number)), plain_number(Decimal(tolerance or 0))
    except (InvalidOperation, ValueError, OverflowError):
        raise Unheld(_("«%(text)s» is not a number.") % {"text": text[:30]}) from None


def _keep(question: Question, answer: Answer) -> None:
    """A star is whatever else is written: a wrong one becomes what is said to it."""
    if answer.text != "*" or answer.is_right:
        question.answers.append(answer)
    elif answer.feedback:
        question.wrong_feedback = answer.feedback


def _matching(question: Question, body: str, format_: str) -> None:
    for part in _parts(body, "="):
        prompt, arrow, choice = part.removeprefix("=").partition("->")
        if not arrow:
            raise Unheld(_("A pair has no «->» between its two sides."))
        answer = Answer(_rich(question, prompt, format_), FULL, match=one_line(choice.translate(WRITTEN)))
        question.answers.append(answer)


READERS = {
    Kind.MULTICHOICE: _multichoice,
    Kind.TRUE_FALSE: _true_false,
    Kind.SHORT_ANSWER: _short_answer,
    Kind.NUMERICAL: _numerical,
    Kind.MATCHING: _matching,
}
