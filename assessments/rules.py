"""The rules of a quiz, one small class each: what it says before she starts, and why she cannot start now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from . import passing, sections
from .models import Purpose
from .sections import Section

TESTS = (Purpose.PRE_TEST, Purpose.POST_TEST)


# Why she cannot start -------------------------------------------------------------------------------------------------


class MayNotStart(Exception):
    """Why she cannot start now. Its text is said to her; `until` is when she can, where that is known."""

    words = ""

    def __init__(self, until: datetime | None = None):
        super().__init__(until)
        self.until = until

    def __str__(self):
        return _(self.words) % {"time": moment(self.until) if self.until else ""}


class NothingToAsk(MayNotStart):
    """No question of this quiz is for the learner's country."""

    words = gettext_noop("No question of this quiz is for your country. Tell your trainer.")


class QuestionsWait(NothingToAsk):
    """Every question of this practice may be asked by a certifying quiz that she has before her."""

    words = gettext_noop("You can practise these questions when you have passed the quiz that asks them.")


class NotOpenYet(MayNotStart):
    """The quiz opens later."""

    words = gettext_noop("This quiz opens on %(time)s.")


class Closed(MayNotStart):
    """The quiz's time is over."""

    words = gettext_noop("This quiz is closed. Talk with your trainer.")


class NoTriesLeft(MayNotStart):
    """All tries are used: a trainer talks with the learner and opens another."""

    words = gettext_noop(
        "All your tries are used. Talk with your trainer: she can open another one. What you have learned is kept."
    )


class TooSoon(MayNotStart):
    """The quiz wants some hours between two tries."""

    words = gettext_noop("You can try again from %(time)s.")


# The rules ------------------------------------------------------------------------------------------------------------


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
        return _("Practice: you see at once what is right, and try as often as you like.")


@dataclass(frozen=True)
class Measured(Rule):
    """A pre-test or post-test."""

    icon = "sun"
    purpose: str

    @property
    def sentence(self):
        if self.purpose == Purpose.PRE_TEST:
            return _("This shows what you know before you learn. You answer it once, and you cannot fail it.")
        return _("This shows what you have learned. You answer it once, and you cannot fail it.")


# Of one quiz, for one person ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rules:
    """What holds for one person and one quiz.

    `reason`: why she cannot start now, None where she can or has begun. `of`: the questions of a paper; `needed`: how
    many right pass, None where there is no pass. `asked`: what a paper is drawn from; empty once she has begun.
    """

    sentences: list[Sentence]
    reason: MayNotStart | None
    of: int
    needed: int | None
    asked: list[Section]


def for_quiz(quiz, state, country, now: datetime) -> Rules:
    """The rules of a quiz for someone in this `state` (queries.QuizState). Read from her paper once she has begun."""
    paper = state.standing.paper if state.standing else []
    asked = [] if state.standing else left_in(quiz.sections_for(country.code), state.guarded)
    of = len(paper) or sections.size(asked)
    critical = any([item["critical"] for item in paper] or [question.critical for question in sections.all_of(asked)])
    rules = [*_before(quiz, state, of), *_times(quiz, state), *_judging(quiz, of, critical)]
    said = [Sentence(rule.icon, rule.sentence) for rule in rules if rule.sentence]
    reasons = [] if state.standing else [reason for rule in rules if (reason := rule.prevents(now))]
    needed = None if quiz.purpose in TESTS else passing.needed(of, quiz.pass_mark)
    return Rules(said, next(iter(reasons), None), of, needed, asked)


def left_in(asked: Iterable[Section], guarded: Collection) -> list[Section]:
    """Sections without the questions that are kept back (translation keys)."""
    return [
        Section(
            fixed=tuple(question for question in section.fixed if question.translation_key not in guarded),
            pool=tuple(question for question in section.pool if question.translation_key not in guarded),
            count=section.count,
        )
        for section in asked
    ]


def _before(quiz, state, of: int) -> list[Rule]:
    if state.standing:
        return [Size(of)]
    window = Window(quiz.opens_at, quiz.closes_at)
    if quiz.purpose != Purpose.CERTIFYING:
        return [Size(of, bool(state.guarded)), window]
    return [Tries(state.left), Size(of), window, CoolDown(quiz.wait_hours, waits_until(quiz, state))]


def _times(quiz, state) -> list[Rule]:
    if state.standing:
        attempt = state.standing
        return [Deadline(attempt.deadline_at, attempt.grace_minutes)] if attempt.is_open and attempt.deadline_at else []
    if minutes := minutes_allowed(quiz):
        return [TimeLimit(minutes, quiz.grace_minutes)]
    return [Minutes(quiz.minutes)] if quiz.minutes else []


def _judging(quiz, of: int, critical: bool) -> list[Rule]:
    partial = [PartialCredit()] if quiz.partial_credit else []
    if quiz.purpose in TESTS:
        return [Measured(quiz.purpose), *partial]
    practice = quiz.purpose == Purpose.PRACTICE
    last = [Practice()] if practice else [SafetyQuestions()] if critical else []
    return [PassMark(of, quiz.pass_mark), *partial, *last]


def minutes_allowed(quiz) -> int | None:
    """The time limit; practice has none."""
    return None if quiz.purpose == Purpose.PRACTICE else quiz.minutes_allowed


def waits_until(quiz, state) -> datetime | None:
    """When the next try may start after a «not yet»; a try that a trainer opened after it waits no longer."""
    last = state.last
    if not quiz.wait_hours or last is None or last.is_open or last.passed_at or state.is_opened:
        return None
    return last.handed_in_at + timedelta(hours=quiz.wait_hours)


def moment(at: datetime) -> str:
    """«Tuesday 3 March, 10:00», in the site's time zone."""
    return date_format(timezone.localtime(at), "l j F, H:i")


def of_grace(minutes: int) -> str:
    words = ngettext(
        "If the signal goes, your answers still count for %(n)s minute more.",
        "If the signal goes, your answers still count for %(n)s minutes more.",
        minutes,
    )
    return words % {"n": minutes} if minutes else ""
