"""The server's clock: time limit and grace, window, hours between tries, seconds of an answer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments import services
from assessments.models import Answer, Attempt, Mark
from assessments.rules import TooSoon
from tests.factories.assessments import answer, hand_in, right_response

from .conftest import ALSO_PLAIN, PLAIN
from .trying import completions, later, rule, start


def test_answers_count_in_the_grace_and_not_after_it(enrolled, quiz, time_machine):
    begun = timezone.now()
    attempt = start(enrolled, rule(quiz, minutes_allowed=30, grace_minutes=5))
    assert (attempt.deadline_at - attempt.started_at, attempt.grace_minutes) == (timedelta(minutes=30), 5)
    asked = attempt.paper
    time_machine.move_to(begun + timedelta(minutes=34), tick=False)
    services.save_answer(attempt, asked[0]["id"], right_response(attempt, asked[0]), uuid4())
    time_machine.move_to(begun + timedelta(minutes=36), tick=False)
    with pytest.raises(services.OutOfTime):
        services.save_answer(attempt, asked[1]["id"], right_response(attempt, asked[1]), uuid4())
    attempt.refresh_from_db()
    assert (attempt.score, attempt.by_clock) == (1, True)
    assert Answer.objects.count() == 1


def test_replay_is_known_after_the_time_is_over(enrolled, quiz, time_machine):
    attempt, id_ = start(enrolled, rule(quiz, minutes_allowed=30)), uuid4()
    asked = attempt.paper[0]
    services.save_answer(attempt, asked["id"], right_response(attempt, asked), id_)
    later(time_machine, hours=1)
    assert services.save_answer(attempt, asked["id"], right_response(attempt, asked), id_).pk == id_


def test_tick_hands_in_what_is_overdue_and_nothing_else(enrolled, other_learner, quiz, time_machine):
    late = start(enrolled, rule(quiz, minutes_allowed=30))
    answer(late, wrong=[PLAIN])
    untimed = start(other_learner, rule(quiz, minutes_allowed=None))
    later(time_machine, minutes=34)
    call_command("tick")
    late.refresh_from_db()
    assert late.is_open
    later(time_machine, minutes=2)
    call_command("tick")
    late.refresh_from_db()
    untimed.refresh_from_db()
    assert (late.by_clock, late.score, untimed.is_open) == (True, 4, True)
    assert completions(enrolled, quiz).exists()


def test_one_attempt_that_cannot_be_handed_in_stops_no_other(enrolled, other_learner, quiz, time_machine, caplog):
    rule(quiz, minutes_allowed=30)
    broken, good = start(enrolled, quiz), start(other_learner, quiz)
    Attempt.objects.filter(pk=broken.pk).update(key={})
    later(time_machine, hours=1)
    services.hand_in_overdue()
    good.refresh_from_db()
    assert good.by_clock
    assert "could not be handed in" in caplog.text


def test_starting_again_hands_in_what_is_overdue(enrolled, quiz, time_machine):
    first = start(enrolled, rule(quiz, minutes_allowed=30))
    later(time_machine, hours=1)
    second = start(enrolled, quiz)
    first.refresh_from_db()
    assert (first.by_clock, second.number) == (True, 2)


def test_closing_quiz_lets_her_finish(enrolled, quiz, time_machine):
    closes = timezone.now() + timedelta(minutes=10)
    attempt = start(enrolled, rule(quiz, closes_at=closes, minutes_allowed=30))
    assert attempt.deadline_at == closes
    time_machine.move_to(closes + timedelta(minutes=2))
    assert start(enrolled, quiz) == attempt
    answer(attempt)
    assert hand_in(attempt).score == 5
    assert not Attempt.objects.get().by_clock


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"opens_at": timedelta(hours=1)}, services.NotOpenYet),
        ({"closes_at": timedelta(hours=-1)}, services.Closed),
    ],
)
def test_quiz_starts_only_in_its_window(enrolled, quiz, fields, reason):
    rule(quiz, **{name: timezone.now() + wait for name, wait in fields.items()})
    with pytest.raises(reason):
        start(enrolled, quiz)
    assert not Attempt.objects.exists()


def test_next_try_waits_until_the_hours_have_passed(enrolled, quiz, trainer, time_machine):
    rule(quiz, wait_hours=24)
    first = hand_in(start(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    with pytest.raises(TooSoon) as reason:
        start(enrolled, quiz)
    assert reason.value.until == first.handed_in_at + timedelta(hours=24)
    later(time_machine, hours=24)
    last = hand_in(start(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    services.open_extra_try(trainer, last, "We read lesson 2 together.")
    assert start(enrolled, quiz).number == 3


def test_seconds_are_counted_from_the_answer_before_and_not_while_she_was_away(attempt, time_machine):
    begun = attempt.started_at
    for after, asked in zip((40, 100, 10_000), attempt.paper, strict=False):
        time_machine.move_to(begun + timedelta(seconds=after), tick=False)
        services.save_answer(attempt, asked["id"], right_response(attempt, asked), uuid4())
    services.hand_in(attempt)
    assert list(Mark.objects.values_list("seconds", flat=True)) == [40, 60, 900, None, None]
