"""The rules of a quiz, one small class each: what it says before she starts, and what it prevents."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import passing
from .reasons import Closed, MayNotStart, NothingToAsk, NotOpenYet, NoTriesLeft, QuestionsWait, TooSoon, moment


def of_grace(minutes: int) -> str:
    words = ngettext(
        "If the signal goes, your answers still count for %(n)s minute more.",
        "If the signal goes, your answers still count for %(n)s minutes more.",
        minutes,
    )
    return words % {"n": minutes} if minutes else ""


@dataclass(frozen=True)
class Sentence:
    """A rule in words, beside a symbol."""

    icon: str
    text: str


class Rule:
    """One thing that holds. `sentence` may be empty; `prevents` gives the reason why she cannot start at this time."""

    icon: ClassVar[str] = "quiz"

    @property
    def sentence(self) -> str:
        return ""

    def prevents(self, now: datetime) -> MayNotStart | None:
        return None


@dataclass(frozen=True)
class Window(Rule):
    icon = "clock"
    opens_at: datetime | None
    closes_at: datetime | None

    @property
    def sentence(self):
        return _("Open until %(time)s") % {"time": moment(self.closes_at)} if self.closes_at else ""

    def prevents(self, now):
        if self.opens_at and now < self.opens_at:
            return NotOpenYet(self.opens_at)
        return Closed() if self.closes_at and now >= self.closes_at else None


@dataclass(frozen=True)
class Tries(Rule):
    """`left` is None where tries are not counted."""

    icon = "redo"
    left: int | None

    @property
    def sentence(self):
        return ngettext("%(n)s try left", "%(n)s tries left", self.left) % {"n": self.left} if self.left else ""

    def prevents(self, now):
        return NoTriesLeft() if self.left == 0 else None


@dataclass(frozen=True)
class CoolDown(Rule):
    """Some hours between two tries; `until` is when the next may start, None before the first «not yet»."""

    icon = "clock"
    hours: int
    until: datetime | None

    @property
    def sentence(self):
        if self.until or not self.hours:
            return ""
        words = ngettext("Between two tries: %(n)s hour", "Between two tries: %(n)s hours", self.hours)
        return words % {"n": self.hours}

    def prevents(self, now):
        return TooSoon(self.until) if self.until and now < self.until else None


@dataclass(frozen=True)
class Size(Rule):
    icon = "quiz"
    of: int
    waiting: bool = False

    @property
    def sentence(self):
        return ngettext("%(n)s question", "%(n)s questions", self.of) % {"n": self.of} if self.of else ""

    def prevents(self, now):
        if self.of:
            return None
        return QuestionsWait() if self.waiting else NothingToAsk()


@dataclass(frozen=True)
class Minutes(Rule):
    """What it takes, where there is no limit."""

    icon = "clock"
    minutes: int

    @property
    def sentence(self):
        return ngettext("about %(n)s minute", "about %(n)s minutes", self.minutes) % {"n": self.minutes}


@dataclass(frozen=True)
class TimeLimit(Rule):
    icon = "clock"
    minutes: int
    grace: int

    @property
    def sentence(self):
        words = ngettext("You have %(n)s minute.", "You have %(n)s minutes.", self.minutes) % {"n": self.minutes}
        return f"{words} {of_grace(self.grace)}".strip()


@dataclass(frozen=True)
class Deadline(Rule):
    """The time limit of a paper that she has begun."""

    icon = "clock"
    at: datetime
    grace: int

    @property
    def sentence(self):
        return f"{_('You have until %(time)s.') % {'time': moment(self.at)}} {of_grace(self.grace)}".strip()


@dataclass(frozen=True)
class PassMark(Rule):
    icon = "tick"
    of: int
    percent: int

    @property
    def sentence(self):
        return _("%(n)s right to pass") % {"n": passing.needed(self.of, self.percent)} if self.of else ""


@dataclass(frozen=True)
class PartialCredit(Rule):
    icon = "tick"

    @property
    def sentence(self):
        return _("Parts of an answer count")


@dataclass(frozen=True)
class SafetyQuestions(Rule):
    icon = "star"

    @property
    def sentence(self):
        return _("Safety questions must be right in the end")


@dataclass(frozen=True)
class Practice(Rule):
    icon = "sun"

    @property
    def sentence(self):
        return _("You see at once what is right, and try as often as you like.")


@dataclass(frozen=True)
class Measured(Rule):
    """A pre-test or post-test."""

    icon = "sun"

    @property
    def sentence(self):
        return _("You answer it once, and you cannot fail it.")
