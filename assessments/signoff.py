"""The rule of an observed practical, as design.md says it. Pure: no database, no clock."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

YES, NOT_YET, NOT_APPLICABLE = "yes", "not_yet", "na"
MARKS = (YES, NOT_YET, NOT_APPLICABLE)
SHARE = 80  # per cent of the applicable steps without a star that must be yes
IN_A_ROW = 2  # so many «not yet» one after another, and somebody practises with her first


@dataclass(frozen=True)
class Verdict:
    unmarked: int
    stars: int
    stars_yes: int
    others: int
    others_yes: int

    @property
    def others_needed(self) -> int:
        return -(-self.others * SHARE // 100)

    @property
    def competent(self) -> bool:
        applicable = self.stars + self.others
        return (
            not self.unmarked
            and applicable > 0
            and self.stars_yes == self.stars
            and self.others_yes >= self.others_needed
        )


def judge(steps: list[dict]) -> Verdict:
    """Counts the marks. A ★ step always applies: «n. a.» there counts as unmarked."""
    stars = [step["mark"] for step in steps if step["critical"]]
    others = [step["mark"] for step in steps if not step["critical"]]
    applicable = [mark for mark in others if mark in (YES, NOT_YET)]
    return Verdict(
        unmarked=sum(not may_be_marked(step, step["mark"]) for step in steps),
        stars=len(stars),
        stars_yes=stars.count(YES),
        others=len(applicable),
        others_yes=applicable.count(YES),
    )


def may_be_marked(step: dict, mark: str) -> bool:
    return mark in (YES, NOT_YET) or (mark == NOT_APPLICABLE and not step["critical"])


def needs_coaching(verdicts: list[bool]) -> bool:
    """Whether the newest observations that count (newest first) were «not yet», one after another."""
    return len(verdicts) >= IN_A_ROW and not any(verdicts[:IN_A_ROW])


def free_from(coached_on: date, wait_days: int) -> date:
    """The first day of the next observation after somebody practised with her."""
    return coached_on + timedelta(days=wait_days)


def carry(steps: list[dict], before: list[dict], *, same_language: bool) -> list[dict]:
    """Steps to watch, with those carried over that were yes before; one whose words changed since is asked again."""
    was_yes = {step["id"]: step["text"] for step in before if step["mark"] == YES}
    return [
        step | {"mark": YES, "carried": True}
        if step["id"] in was_yes and (not same_language or was_yes[step["id"]] == step["text"])
        else step
        for step in steps
    ]


def valid_until(signed_on: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(signed_on.month - 1 + months, 12)
    year, month = signed_on.year + years, month + 1
    return date(year, month, min(signed_on.day, monthrange(year, month)[1]))
