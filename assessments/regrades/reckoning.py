"""What a regrade makes of one paper. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from .. import passing, question_types
from ..models import Attempt, Mark, Purpose, Regrade, Remark
from ..question_types import EVERYONE, OtherWords

Effect = Remark.Effect
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class Wording:
    """The question in one language, as a regrade takes its key from it."""

    language: str
    revision: int | None
    type: str
    stem: str
    case: str
    value: Any


@dataclass(frozen=True)
class Terms:
    """What is judged again, and how."""

    question: str
    verdict: str
    may_lower: bool
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Line:
    """One item of a paper under its new key. `right_…` and `share`, which is what counts, are None while it is open."""

    item_id: str
    key_before: dict
    key_after: dict
    right_before: bool | None = None
    right_after: bool | None = None
    share: Decimal | None = None
    is_other_share: bool = False
    kept: bool = False

    @property
    def changes(self) -> bool:
        return self.key_before != self.key_after or self.right_before != self.right_after or self.is_other_share


@dataclass(frozen=True)
class Again:
    """A paper judged again: its lines, and what comes of them."""

    lines: list[Line]
    other_words: bool
    is_open: bool
    score_before: Decimal | None
    score_after: Decimal | None
    passed_before: bool
    passed_after: bool
    complete_before: bool
    complete_after: bool
    to_put_right_before: list[str]
    to_put_right: list[str]

    @property
    def changes(self) -> bool:
        return any(line.changes for line in self.lines) or self.to_put_right != self.to_put_right_before

    @cached_property
    def effect(self) -> Effect:
        if self.is_open:
            return Effect.OPEN
        if (self.passed_before and not self.passed_after) or (self.complete_before and not self.complete_after):
            return Effect.FLAGGED
        if self.passed_after and not self.passed_before:
            return Effect.PASSED
        if self.score_after != self.score_before:
            return Effect.RAISED if self.score_after > self.score_before else Effect.LOWERED
        return Effect.KEPT if any(line.kept for line in self.lines) else Effect.SAME


def judge_again(attempt: Attempt, marks: Mapping[str, Mark], put_right: Mapping[str, list], terms: Terms) -> Again:
    """The paper under these terms.

    `marks` are its Mark rows by item (none while it is open), `put_right` her later responses to missed critical items.
    Items whose words are not the question's are left out and said.
    """
    lines, other_words = [], False
    for item in (item for item in attempt.paper if item["question"] == terms.question):
        try:
            key = new_key(item, attempt.key[item["id"]], attempt.language, terms)
        except OtherWords:
            other_words = True
        else:
            lines.append(_line(attempt, item, key, marks.get(item["id"]), may_lower=terms.may_lower))
    score = _score(attempt, lines, marks)
    passed = _passes(attempt, score)
    left = _to_put_right(attempt, lines, marks, put_right, terms) if passed and _is_certifying(attempt) else []
    return Again(
        lines=lines,
        other_words=other_words,
        is_open=attempt.is_open,
        score_before=attempt.score,
        score_after=score,
        passed_before=attempt.passed_at is not None,
        passed_after=passed,
        complete_before=attempt.completed_at is not None,
        complete_after=_completes(attempt, passed, left),
        to_put_right_before=list(attempt.to_put_right),
        to_put_right=left,
    )


def new_key(item: dict, key: dict, language: str, terms: Terms) -> dict:
    """The key that the terms give an item. Raises OtherWords where the corrected question is not what it shows."""
    fitting = _fitting(item, language, terms.wordings)
    if terms.verdict == Regrade.Verdict.EVERYONE or (terms.verdict == Regrade.Verdict.REWORDED and not fitting):
        return key | {EVERYONE: True}
    if terms.verdict == Regrade.Verdict.REWORDED:
        return key
    if not fitting:
        raise OtherWords(item["stem"])
    return fitting


def _fitting(item: dict, language: str, wordings: Iterable[Wording]) -> dict | None:
    """The key by the question that reads as the item does: its own language first, as a paper may fall back on another.

    The stem and the story must be the same too: of a true-or-false question they are all that is shown.
    """
    for wording in sorted(wordings, key=lambda wording: wording.language != language):
        if (wording.type, wording.stem, wording.case) != (item["type"], item["stem"], item["case"]):
            continue
        try:
            return question_types.get(item["type"]).key_for(item["item"], wording.value)
        except OtherWords:
            continue
    return None


def _line(attempt: Attempt, item: dict, key: dict, mark: Mark | None, *, may_lower: bool) -> Line:
    before = attempt.key[item["id"]]
    if mark is None:
        return Line(item["id"], before, key)
    judged = question_types.grade(item["type"], key, mark.response)
    share = Decimal(judged.share).quantize(THOUSANDTH) if attempt.partial_credit else Decimal(judged.right)
    if not may_lower and (share < mark.share or (mark.right and not judged.right)):
        return Line(item["id"], before, key, mark.right, mark.right, mark.share, kept=True)
    return Line(item["id"], before, key, mark.right, judged.right, share, share != mark.share)


def _score(attempt: Attempt, lines: list[Line], marks: Mapping[str, Mark]) -> Decimal | None:
    """As at hand-in, where a share is another one; what was printed stays otherwise."""
    if not any(line.is_other_share for line in lines):
        return attempt.score
    shares = {item_id: mark.share for item_id, mark in marks.items()} | {line.item_id: line.share for line in lines}
    return passing.total(shares.values())


def _is_certifying(attempt: Attempt) -> bool:
    return attempt.purpose == Purpose.CERTIFYING


def _passes(attempt: Attempt, score: Decimal | None) -> bool:
    """More marks never take a pass away, fewer never give one; a pre- or post-test has none."""
    before = attempt.passed_at is not None
    if score == attempt.score or attempt.purpose not in (Purpose.CERTIFYING, Purpose.PRACTICE):
        return before
    enough = score >= attempt.needed
    return before or enough if score > attempt.score else before and enough


def _completes(attempt: Attempt, passed: bool, left: list[str]) -> bool:
    """Practice that was passed once stays complete; a test is complete because it was handed in."""
    if _is_certifying(attempt):
        return passed and not left
    return attempt.completed_at is not None or (passed and attempt.is_practice)


def _to_put_right(attempt: Attempt, lines: list[Line], marks, put_right, terms: Terms) -> list[str]:
    """The critical items that are missed now and not put right by the key of now."""
    regraded = {line.item_id: line for line in lines}
    critical = [item for item in attempt.paper if item["critical"]]
    return [item["id"] for item in critical if _is_left(attempt, item, regraded, marks, put_right, terms)]


def _is_left(attempt: Attempt, item: dict, regraded: dict, marks, put_right, terms: Terms) -> bool:
    line, was_asked = regraded.get(item["id"]), item["id"] in attempt.to_put_right
    if line.right_after if line else marks[item["id"]].right:
        return False
    if attempt.passed_at is None:
        return True
    if not line:
        return was_asked
    if not was_asked and not line.right_before and not terms.may_lower:
        return False  # put right by the key of then, and nobody loses
    given = put_right.get(item["id"], [])
    return not any(question_types.grade(item["type"], line.key_after, response).right for response in given)
