"""An attempt's questions and score in the words of its result. What may be shown at all: `queries.shown_items`."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from . import question_types
from .models import Attempt, Mark, Purpose, QuizPage

MOST_PARTS = 12  # a share is kept in thousandths: 0.667 is 2 of 3


@dataclass(frozen=True)
class Shown:
    """One question as its result tells it, where the key may be seen. `part`: in words, where only a part was right."""

    right: bool
    yours: list[str]
    key: list[str]
    why: str
    said: list[str] = field(default_factory=list)
    near: bool = False
    part: str = ""


def before(attempt: Attempt) -> Attempt | None:
    """For a post-test: her pre-test of the same module in the same cycle."""
    if attempt.purpose != Purpose.POST_TEST:
        return None
    quiz = QuizPage.objects.filter(translation_key=attempt.unit_key).order_by("pk").first()
    if quiz is None:
        return None
    beside = QuizPage.objects.sibling_of(quiz).filter(purpose=Purpose.PRE_TEST).values("translation_key")
    tests = Attempt.objects.filter(person=attempt.person_id, cycle=attempt.cycle, handed_in_at__isnull=False)
    return tests.filter(unit_key__in=beside).defer("key").order_by("-handed_in_at").first()


def shown(attempt: Attempt, item: dict, response: Any, mark: Mark | None = None) -> Shown:
    """What she chose, what is right, why, and what its author says to her answer."""
    type_, key = question_types.get(item["type"]), attempt.key[item["id"]]
    grade = type_.grade(key, response)
    right = mark.right if mark else grade.right
    share = mark.share if mark else Decimal(str(round(grade.share, 3)))
    return Shown(
        right=right,
        yours=type_.in_words(item["item"], response) or [_("No answer")],
        key=type_.in_words(item["item"], type_.right_response(item["item"], key)),
        why=item["why"],
        said=type_.feedback(item["item"], key, response),
        near=grade.near and not right,
        part=part_in_words(share) if attempt.partial_credit and not right else "",
    )


def part_in_words(share: Decimal) -> str:
    """How much of an answer was right: «½», «2 of 3 parts»; empty for nothing and for all."""
    part = Fraction(share).limit_denominator(MOST_PARTS)
    if not 0 < part < 1:
        return ""
    if part == Fraction(1, 2):
        return "½"
    return _("%(parts)s of %(of)s parts") % {"parts": part.numerator, "of": part.denominator}


def points_in_words(score: Decimal) -> str:
    """A score as people write it: 4, 4½, 4.33."""
    whole, rest = divmod(score, 1)
    if rest == Decimal("0.5"):
        return f"{whole:.0f}½" if whole else "½"
    return number_format(score.quantize(Decimal("0.01")).normalize() if rest else whole.quantize(Decimal(1)))


def message_for(quiz: QuizPage, score: Decimal, of: int) -> str:
    """What the quiz says from so many per cent on: the highest band that the score reaches."""
    reached = [band.value for band in quiz.bands if score * 100 >= band.value["from_percent"] * of]
    return max(reached, key=lambda band: band["from_percent"])["message"] if reached else ""
