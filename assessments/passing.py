"""The rule of passing, as design.md says it. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

HUNDREDTH = Decimal("0.01")
MOST_PARTS = 24  # of a question; a share that a mark keeps with three decimals, 0.333, is one of so many parts


class Next(StrEnum):
    COMPLETE = "complete"
    PUT_RIGHT = "put_right"
    TRY_AGAIN = "try_again"
    LOCKED = "locked"


@dataclass(frozen=True)
class Outcome:
    score: Decimal
    of: int
    needed: int
    to_put_right: list[str]

    @property
    def passed(self) -> bool:
        return self.score >= self.needed


def needed(of: int, pass_mark: int) -> int:
    """How many right answers pass: the pass mark of all questions, rounded up."""
    return -(-of * pass_mark // 100)


def judge(
    paper: list[dict],
    right: Mapping[str, bool],
    pass_mark: int,
    *,
    shares: Mapping[str, Decimal] | None = None,
    safety: bool = True,
) -> Outcome:
    """The outcome of a paper whose items were answered as `right` says; a missing item is not right.

    `shares`: how much of each item counts, where parts of an answer do; without them a right one counts one.
    With `safety`, missed critical items are to be put right once the paper is passed.
    """
    counted = {id_: Decimal(is_right) for id_, is_right in right.items()} if shares is None else shares
    score = total(counted.get(item["id"], Decimal(0)) for item in paper)
    wanted = needed(len(paper), pass_mark)
    missed = [item["id"] for item in paper if item["critical"] and not right.get(item["id"], False)]
    return Outcome(score, len(paper), wanted, missed if safety and score >= wanted else [])


def total(shares: Iterable[Decimal]) -> Decimal:
    """The score of a paper, in hundredths: three times a third are a whole, though a mark keeps 0.333."""
    exact = sum((Fraction(share).limit_denominator(MOST_PARTS) for share in shares), Fraction(0))
    return (Decimal(exact.numerator) / exact.denominator).quantize(HUNDREDTH, ROUND_HALF_UP)


def tries_left(allowed: int, extra: int, not_yet: int) -> int:
    """How many papers may still be started: those allowed and those a trainer opened, less those that did not pass."""
    return max(0, allowed + extra - not_yet)


def what_next(*, passed: bool, to_put_right: int, left: int) -> Next:
    """What comes after a paper was handed in."""
    if passed:
        return Next.PUT_RIGHT if to_put_right else Next.COMPLETE
    return Next.TRY_AGAIN if left else Next.LOCKED
