"""The rule of passing, as design.md says it. Pure: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Next(StrEnum):
    COMPLETE = "complete"
    PUT_RIGHT = "put_right"
    TRY_AGAIN = "try_again"
    LOCKED = "locked"


@dataclass(frozen=True)
class Outcome:
    score: int
    of: int
    needed: int
    to_put_right: list[str]

    @property
    def passed(self) -> bool:
        return self.score >= self.needed


def needed(of: int, pass_mark: int) -> int:
    """How many right answers pass: the pass mark of all questions, rounded up."""
    return -(-of * pass_mark // 100)


def judge(paper: list[dict], right: Mapping[str, bool], pass_mark: int, *, safety: bool = True) -> Outcome:
    """The outcome of a paper whose items were answered as `right` says; a missing item is not right.

    With `safety`, missed critical items are to be put right once the paper is passed.
    """
    score = sum(right.get(item["id"], False) for item in paper)
    wanted = needed(len(paper), pass_mark)
    missed = [item["id"] for item in paper if item["critical"] and not right.get(item["id"], False)]
    return Outcome(score, len(paper), wanted, missed if safety and score >= wanted else [])


def tries_left(allowed: int, extra: int, not_yet: int) -> int:
    """How many papers may still be started: those allowed and those a trainer opened, less those that did not pass."""
    return max(0, allowed + extra - not_yet)


def what_next(*, passed: bool, to_put_right: int, left: int) -> Next:
    """What comes after a paper was handed in."""
    if passed:
        return Next.PUT_RIGHT if to_put_right else Next.COMPLETE
    return Next.TRY_AGAIN if left else Next.LOCKED
