"""A paper of her own, at the start of an attempt."""

from datetime import datetime, timedelta
from random import SystemRandom

from django.db import transaction
from django.utils import timezone

from lms.core.models import Country
from lms.people.models import User

from .. import papers, pictures, queries, rules
from ..models import Attempt, Purpose, QuizPage
from .attempts import hand_in

REMEMBERED = 5  # papers whose questions come last when the next one is drawn


def start_attempt(person: User, quiz: QuizPage, country: Country, language: str) -> Attempt:
    """The attempt to go on with: an open one, one that passed, or a new one with a paper of its own.

    An open one is hers as it was drawn, also after she has moved to another country: her enrolment keeps what the old
    country asks of her, the certificate names that country, and no answer that was saved may be lost. The next paper
    asks what her new country asks. One whose time is over is handed in first.

    Raises rules.MayNotStart: NoTriesLeft, NotOpenYet, Closed, TooSoon, NothingToAsk.
    """
    open_one = Attempt.objects.filter(person=person, unit_key=quiz.translation_key, handed_in_at=None).first()
    if open_one and open_one.is_over(timezone.now()):
        hand_in(open_one)
    return _start(person, quiz, country, language)


@transaction.atomic
def _start(person: User, quiz: QuizPage, country: Country, language: str) -> Attempt:
    User.objects.select_for_update().get(pk=person.pk)
    state, now = queries.quiz_state(person, quiz), timezone.now()
    if state.standing:
        return state.standing
    holds = rules.for_quiz(quiz, state, country, now)
    if holds.reason:
        raise holds.reason
    paper, key = _draw(person, quiz, holds, language)
    pictures.keep(paper)
    return Attempt.objects.create(
        person=person,
        unit_key=quiz.translation_key,
        title=quiz.title,
        purpose=quiz.purpose,
        cycle=state.cycle,
        number=len(state.attempts) + 1,
        language=language,
        country_code=country.code,
        paper=paper,
        key=key,
        started_at=now,
        deadline_at=_deadline(quiz, now),
        **_rules_of_paper(quiz),
    )


def _rules_of_paper(quiz: QuizPage) -> dict:
    """What judges the attempt for ever, whatever becomes of the quiz."""
    kept = ("pass_mark", "partial_credit", "layout", "grace_minutes")
    return {name: getattr(quiz, name) for name in kept} | {"quiz_revision": (quiz.alias_of or quiz).live_revision_id}


def _draw(person: User, quiz: QuizPage, holds: rules.Rules, language: str) -> tuple[list[dict], dict]:
    random = SystemRandom()
    last = list(Attempt.objects.filter(person=person, unit_key=quiz.translation_key).defer("key")[:REMEMBERED])
    seen = [{item["question"] for item in attempt.paper} for attempt in last]
    questions = papers.choose(holds.asked, random, seen)
    must_differ = last and (quiz.purpose == Purpose.CERTIFYING or quiz.shuffle_questions)
    return papers.draw(
        queries.asked(questions, language),
        random,
        last[0].paper if must_differ else None,
        mix_questions=quiz.shuffle_questions,
        mix_answers=quiz.shuffle_answers,
    )


def _deadline(quiz: QuizPage, now: datetime) -> datetime | None:
    """The end of the time limit or of the quiz's window, whichever comes first."""
    minutes = rules.minutes_allowed(quiz)
    ends = [now + timedelta(minutes=minutes)] if minutes else []
    return min([*ends, *([quiz.closes_at] if quiz.closes_at else [])], default=None)
