"""What each rule says and prevents. Pure, but for the words' language."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from assessments import rules
from assessments.models import Attempt, Purpose
from assessments.queries import QuizState
from assessments.sections import Section

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)  # a Monday, ten o'clock in Nairobi
TOMORROW, YESTERDAY = NOW + timedelta(days=1), NOW - timedelta(days=1)
KENYA = SimpleNamespace(code="KE")


@dataclass(frozen=True)
class Some:
    """A question, as far as rules look at it."""

    critical: bool = False
    translation_key: UUID = field(default_factory=uuid4)


def make_quiz(*, of=20, stars=0, sections=None, **fields):
    questions = tuple(Some(critical=number < stars) for number in range(of))
    blank = {"purpose": Purpose.CERTIFYING, "pass_mark": 80, "minutes": 15, "wait_hours": 0, "partial_credit": False}
    blank |= {"minutes_allowed": None, "grace_minutes": 5, "opens_at": None, "closes_at": None}
    asked = sections or [Section(fixed=questions)]
    return SimpleNamespace(sections_for=lambda _code: asked, **(blank | fields))


def state(left=2, *attempts, standing=None, **fields):
    return QuizState(1, list(attempts), left, standing, **fields)


def handed_in(at, **fields):
    return Attempt(handed_in_at=at, **fields)


def said(quiz, standing=None):
    return [one.text for one in rules.for_quiz(quiz, standing or state(), KENYA, NOW).sentences]


def why_not(quiz, standing):
    return rules.for_quiz(quiz, standing, KENYA, NOW).reason


def test_ordinary_quiz_says_what_holds():
    assert said(make_quiz(stars=2)) == [
        "2 tries left",
        "20 questions",
        "about 15 minutes",
        "16 right to pass",
        "Safety questions must be right in the end",
    ]


def test_every_sentence_has_a_symbol_that_there_is(settings):
    quiz = make_quiz(
        stars=1, minutes_allowed=30, wait_hours=24, closes_at=TOMORROW, partial_credit=True, purpose=Purpose.CERTIFYING
    )
    icons = {one.icon for one in rules.for_quiz(quiz, state(), KENYA, NOW).sentences}
    drawn = {path.stem for path in settings.ROOT.glob("templates/components/icons/*.svg")}
    assert icons <= drawn


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"minutes_allowed": 30},
            "You have 30 minutes. If the signal goes, your answers still count for 5 minutes more.",
        ),
        ({"minutes_allowed": 1, "grace_minutes": 0}, "You have 1 minute."),
        ({"wait_hours": 24}, "Between two tries: 24 hours"),
        ({"closes_at": TOMORROW}, "Open until Tuesday 3 March, 10:00"),
        ({"partial_credit": True}, "Parts of an answer count"),
        ({"of": 1}, "1 question"),
        ({"purpose": Purpose.PRE_TEST}, "You answer it once, and you cannot fail it."),
        ({"purpose": Purpose.POST_TEST}, "You answer it once, and you cannot fail it."),
        ({"purpose": Purpose.PRACTICE}, "You see at once what is right, and try as often as you like."),
    ],
)
def test_rule_says_itself(fields, sentence):
    left = 2 if fields.get("purpose", Purpose.CERTIFYING) == Purpose.CERTIFYING else None
    assert sentence in said(make_quiz(**fields), state(left))


@pytest.mark.parametrize("purpose", [Purpose.PRE_TEST, Purpose.POST_TEST])
def test_test_says_nothing_of_passing_or_tries(purpose):
    words = " ".join(said(make_quiz(stars=2, purpose=purpose), state(None)))
    assert "pass" not in words
    assert "tries" not in words
    assert "Safety" not in words
    assert rules.for_quiz(make_quiz(purpose=purpose), state(None), KENYA, NOW).needed is None


def test_practice_has_no_time_limit_and_no_wait():
    quiz = make_quiz(purpose=Purpose.PRACTICE, minutes_allowed=10, wait_hours=24)
    assert "about 15 minutes" in said(quiz, state(None))
    assert why_not(quiz, state(None, handed_in(NOW))) is None


def test_draws_count_once_where_they_overlap():
    pool = tuple(Some() for _ in range(3))
    quiz = make_quiz(sections=[Section(pool=pool, count=2), Section(pool=pool, count=2)])
    assert "3 questions" in said(quiz)


@pytest.mark.parametrize(
    ("fields", "standing", "reason", "words"),
    [
        ({"of": 0}, state(), rules.NothingToAsk, "No question of this quiz is for your country. Tell your trainer."),
        ({}, state(0), rules.NoTriesLeft, "All your tries are used."),
        ({"opens_at": TOMORROW}, state(), rules.NotOpenYet, "This quiz opens on Tuesday 3 March, 10:00."),
        ({"closes_at": YESTERDAY}, state(), rules.Closed, "This quiz is closed."),
        ({"closes_at": NOW}, state(), rules.Closed, "This quiz is closed."),
        (
            {"wait_hours": 24},
            state(1, handed_in(NOW)),
            rules.TooSoon,
            "You can try again from Tuesday 3 March, 10:00.",
        ),
        ({"closes_at": YESTERDAY, "purpose": Purpose.PRACTICE}, state(None), rules.Closed, "This quiz is closed."),
    ],
)
def test_rule_prevents_and_says_why(fields, standing, reason, words):
    found = why_not(make_quiz(**fields), standing)
    assert type(found) is reason
    assert words in str(found)


def test_reason_says_from_when():
    assert why_not(make_quiz(opens_at=TOMORROW), state()).until == TOMORROW
    assert why_not(make_quiz(wait_hours=24), state(1, handed_in(NOW))).until == TOMORROW


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({}, state()),
        ({"opens_at": YESTERDAY, "closes_at": TOMORROW}, state()),
        ({"opens_at": NOW}, state()),
        ({"wait_hours": 24}, state(1, handed_in(YESTERDAY))),
        ({"wait_hours": 24}, state(1, handed_in(NOW), is_opened=True)),
        ({"wait_hours": 24}, state(1, handed_in(NOW, passed_at=NOW))),
    ],
)
def test_nothing_prevents(fields, standing):
    assert why_not(make_quiz(**fields), standing) is None


def test_begun_paper_is_hers_whatever_the_quiz_says_by_now():
    paper = [{"critical": False}] * 4 + [{"critical": True}]
    begun = Attempt(paper=paper, deadline_at=TOMORROW, grace_minutes=5)
    holds = rules.for_quiz(make_quiz(of=0, closes_at=YESTERDAY), state(0, begun, standing=begun), KENYA, NOW)
    assert holds.reason is None
    assert [one.text for one in holds.sentences] == [
        "5 questions",
        "You have until Tuesday 3 March, 10:00. If the signal goes, your answers still count for 5 minutes more.",
        "4 right to pass",
        "Safety questions must be right in the end",
    ]


def test_practice_leaves_out_what_is_guarded():
    asked, kept = Some(), Some()
    quiz = make_quiz(purpose=Purpose.PRACTICE, sections=[Section(fixed=(asked,)), Section(pool=(kept,), count=1)])
    some = rules.for_quiz(quiz, state(None, guarded=frozenset([kept.translation_key])), KENYA, NOW)
    assert (some.of, some.reason) == (1, None)
    both = frozenset([asked.translation_key, kept.translation_key])
    assert type(why_not(quiz, state(None, guarded=both))) is rules.QuestionsWait
