"""What holds for one person and one quiz: in words before she starts, and as a reason why she cannot start now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .. import passing, sections
from ..models import Purpose
from ..sections import Section
from .kinds import (
    CoolDown,
    Deadline,
    Measured,
    Minutes,
    PartialCredit,
    PassMark,
    Practice,
    Rule,
    SafetyQuestions,
    Sentence,
    Size,
    TimeLimit,
    Tries,
    Window,
)
from .reasons import Closed, MayNotStart, NothingToAsk, NotOpenYet, NoTriesLeft, QuestionsWait, TooSoon

__all__ = [
    "Closed",
    "MayNotStart",
    "NoTriesLeft",
    "NotOpenYet",
    "NothingToAsk",
    "QuestionsWait",
    "Rules",
    "Sentence",
    "TESTS",
    "TooSoon",
    "for_quiz",
    "minutes_allowed",
]

TESTS = (Purpose.PRE_TEST, Purpose.POST_TEST)


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
        return [Measured(), *partial]
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
