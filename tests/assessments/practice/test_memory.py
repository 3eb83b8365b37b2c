"""When a question comes back: the library's schedule, in whole days, without chance."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Rating

from assessments.practice import memory
from assessments.question_types import Grade

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def days(before, after):
    return (memory.due_at(after) - before).days


@pytest.mark.parametrize(
    ("grade", "how"),
    [
        (Grade(True, 1.0), Rating.Good),
        (Grade(False, 0.0), Rating.Again),
        (Grade(False, 0.0, near=True), Rating.Hard),
        (Grade(False, 0.5), Rating.Hard),
    ],
)
def test_grades_are_rated(grade, how):
    assert memory.rating(grade) == how


def test_right_in_a_quiz_comes_back_after_two_days():
    assert memory.due_at(memory.met_in_quiz(None, True, NOON)) == NOON + timedelta(days=2)
    assert timedelta(days=2) == memory.FIRST_INTERVAL


def test_wrong_in_a_quiz_is_due_at_once():
    assert memory.due_at(memory.met_in_quiz(None, False, NOON)) == NOON


def test_right_answers_space_out_and_a_wrong_one_brings_it_back_the_next_day():
    """The intervals of FSRS-6 with the library's default parameters and 90 % recall."""
    card, at, found = memory.met_in_quiz(None, True, NOON), NOON, []
    for _time in range(3):
        at = memory.due_at(card)
        card = memory.answered(card, Rating.Good, at)
        found.append(days(at, card))
    assert found == sorted(set(found))
    assert found[0] > 2
    at = memory.due_at(card)
    assert days(at, memory.answered(card, Rating.Again, at)) < found[-1]


def test_hard_comes_back_before_good():
    card = memory.met_in_quiz(None, True, NOON)
    at = memory.due_at(card)
    assert days(at, memory.answered(card, Rating.Hard, at)) < days(at, memory.answered(card, Rating.Good, at))


def test_memory_is_plain_json_and_the_same_every_time():
    assert memory.met_in_quiz(None, False, NOON) == memory.met_in_quiz(None, False, NOON)
    assert set(map(type, memory.met_in_quiz(None, True, NOON).values())) <= {int, float, str, type(None)}
