"""An import as a person looks at it before anything is made: each question, its right answer, its double, its notes."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import question_types
from ..models import Question, QuestionImport
from .drafts import Draft
from .duplicates import Double, doubles
from .mapping import exchanges
from .moodle import Answer, Kind
from .moodle import Question as MoodleQuestion

ANYWHERE = 3  # a note that is said of more questions than this is said once above them


@dataclass
class Row:
    """`number`: its place among the questions that can be made, from 1."""

    number: int
    draft: Draft
    double: Double | None

    @property
    def type_label(self) -> Any:
        return question_types.get(self.draft.type).block().label

    @cached_property
    def right(self) -> list[str]:
        return answer_words(exchanges()[self.draft.type].to_moodle(self.draft.value))

    @property
    def double_words(self) -> str:
        if not self.double:
            return ""
        of = _("question %(number)s of this file") % {"number": self.double.of} if self.is_within else self.double.of
        return (_("The same words as %(of)s") if self.double.exact else _("Looks like %(of)s")) % {"of": of}

    @property
    def is_within(self) -> bool:
        return bool(self.double) and self.double.of.isdigit()


@dataclass
class Preview:
    rows: list[Row]
    notes: list[str] = field(default_factory=list)

    @property
    def fresh(self) -> list[Row]:
        return [row for row in self.rows if not row.double]

    @property
    def doubled(self) -> list[Row]:
        return [row for row in self.rows if row.double]


def preview(row: QuestionImport) -> Preview:
    """As of now: the bank may have grown since the file was sent. Two queries beside the import."""
    drafts = [Draft.from_json(data) for data in row.drafts]
    found = doubles([draft.words for draft in drafts], known_words())
    rows = [Row(number, draft, double) for number, (draft, double) in enumerate(zip(drafts, found, strict=True), 1)]
    return Preview(rows, _common_notes(drafts))


def known_words() -> dict[str, str]:
    """Code by words, of every question in every language."""
    return {f"{case} {stem}": code for case, stem, code in Question.objects.values_list("case", "stem", "code")}


def _common_notes(drafts: list[Draft]) -> list[str]:
    """What is said of many questions is said once, and taken off each of them."""
    counts = Counter(note for draft in drafts for note in draft.notes)
    common = {note: count for note, count in counts.items() if count > ANYWHERE}
    for draft in drafts:
        draft.notes = [note for note in draft.notes if note not in common]
    return [
        f"{note} {ngettext('(%(count)d question)', '(%(count)d questions)', count) % {'count': count}}"
        for note, count in common.items()
    ]


def answer_words(question: MoodleQuestion) -> list[str]:
    """The right answer as lines a person reads."""
    return [_words(question, place, answer) for place, answer in enumerate(question.right, 1)] or ["–"]


def _words(question: MoodleQuestion, place: int, answer: Answer) -> str:
    if question.kind == Kind.MATCHING:
        return f"{answer.text or '–'} → {answer.match}"
    if question.kind == Kind.ORDERING:
        return f"{place}. {answer.text}"
    if question.kind == Kind.TRUE_FALSE:
        return _("True") if answer.text == "true" else _("False")
    if question.kind == Kind.NUMERICAL:
        within = f" ± {answer.tolerance}" if answer.tolerance != "0" else ""
        return _part(question, answer, f"{answer.text}{within} {question.unit}".strip())
    shown = _("Picture: %(alt)s") % {"alt": answer.picture.alt} if answer.picture else answer.text
    return _part(question, answer, shown)


def _part(question: MoodleQuestion, answer: Answer, words: str) -> str:
    """Half right is said as such; of several right ones each is a part anyway."""
    whole = answer.fraction == 100 or not question.single or question.kind == Kind.GAPS
    return words if whole else f"{words} ({answer.fraction.normalize():f} %)"
