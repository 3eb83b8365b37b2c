"""When she started, was half through and had done the theory: reckoned, and kept on the enrolment."""

from datetime import datetime, timedelta

import pytest

from lms.learning import milestones
from lms.learning.services import complete_unit, enrol, flag_completion, keep_place

DAY = datetime(2026, 3, 1)
LATER = DAY + timedelta(days=1)
LAST = DAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("rows", "half", "theory"),
    [
        ([], None, None),
        ([("lesson", None)], None, None),
        ([("lesson", DAY)], DAY, DAY),
        ([("lesson", LATER), ("quiz", None), ("practical", DAY)], LATER, None),
        ([("lesson", LAST), ("quiz", LATER), ("practical", None), ("practical", None)], LAST, LAST),
        ([("practical", DAY), ("practical", LATER)], DAY, None),
    ],
)
def test_milestones_are_reckoned_from_the_rows(rows, half, theory):
    assert (milestones.half_at(rows), milestones.theory_at(rows)) == (half, theory)


def test_enrolment_keeps_when_she_started_and_how_far_she_came(learner, curriculum):
    enrolment = enrol(learner, curriculum.programme)
    assert (enrolment.started_at, enrolment.half_at, enrolment.theory_at) == (None, None, None)
    lessons = [complete_unit(learner, lesson) for lesson in curriculum.lessons]
    enrolment.refresh_from_db()
    assert (enrolment.started_at, enrolment.half_at) == (lessons[0].completed_at, lessons[1].completed_at)
    quiz = complete_unit(learner, curriculum.quiz)
    enrolment.refresh_from_db()
    assert enrolment.theory_at == quiz.completed_at


def test_flagged_result_takes_the_milestone_back_but_not_the_start(learner, trainer, curriculum):
    enrolment = enrol(learner, curriculum.programme)
    done = [complete_unit(learner, unit) for unit in (*curriculum.lessons, curriculum.quiz)]
    flag_completion(done[0], by=trainer, reason="Wrong paper")
    enrolment.refresh_from_db()
    assert (enrolment.started_at, enrolment.theory_at) == (done[0].completed_at, None)


def test_first_card_is_a_start(learner, other_learner, curriculum):
    enrolment, other = enrol(learner, curriculum.programme), enrol(other_learner, curriculum.programme)
    place = keep_place(learner, curriculum.lessons[0], card="a", position=1, of=3)
    enrolment.refresh_from_db()
    other.refresh_from_db()
    assert (enrolment.started_at >= enrolment.opened_at, other.started_at) == (True, None)
    keep_place(learner, curriculum.lessons[0], card="b", position=2, of=3)
    before = enrolment.started_at
    enrolment.refresh_from_db()
    assert (place.pk is not None, enrolment.started_at) == (True, before)
