"""When a certificate may be renewed. Pure: dates in, dates out."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

REMINDERS = (90, 60, 30, 7, 0)  # days before the end; 0 says that it has ended and what grace is left


class Phase(StrEnum):
    NOT_YET = "not_yet"
    OPEN = "open"
    GRACE = "grace"
    OVER = "over"  # the whole programme again


@dataclass(frozen=True)
class Window:
    """`opens_on`, `ends_on` and `grace_until` belong to it: on each of these days it may still be renewed."""

    opens_on: date
    ends_on: date
    grace_until: date

    def phase(self, today: date) -> Phase:
        if today < self.opens_on:
            return Phase.NOT_YET
        if today <= self.ends_on:
            return Phase.OPEN
        return Phase.GRACE if today <= self.grace_until else Phase.OVER

    def may_renew(self, today: date) -> bool:
        return self.opens_on <= today <= self.grace_until

    def days_left(self, today: date) -> int:
        """Until the end; negative after it."""
        return (self.ends_on - today).days


def window(valid_until: date, renewal_days: int, grace_days: int) -> Window:
    return Window(valid_until - timedelta(days=renewal_days), valid_until, valid_until + timedelta(days=grace_days))


def reminder_due(of: Window, today: date) -> int | None:
    """The reminder of that day, or the last that was missed: only the nearest. None before the window opens and after
    the grace. The one of 0 comes on the day after the end."""
    if not of.may_renew(today):
        return None
    left = of.days_left(today)
    return 0 if left < 0 else min((days for days in REMINDERS if days >= max(left, 1)), default=None)
