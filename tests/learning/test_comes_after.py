"""A programme that comes after another one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lms.learning.models import Enrolment
from lms.learning.queries import missing_before
from lms.learning.services import ComesAfter, complete_unit, enrol
from tests.factories.content import make_programme, row


@pytest.fixture
def second(curriculum):
    """A programme that asks for the first one: whole, or its theory."""

    def second(how_far="completed"):
        value = {"programme": curriculum.programme.pk, "how_far": how_far}
        firsts = [{"type": "first", "id": str(uuid4()), "value": value}]
        rows = [row(curriculum.lessons[0])]
        return make_programme(curriculum.home, rows, title="Second", code=f"second-{how_far}", firsts=firsts)

    return second


def learn(person, units):
    for unit in units:
        complete_unit(person, unit)


def test_what_comes_before_is_named(learner, curriculum, second):
    with pytest.raises(ComesAfter) as refusal:
        enrol(learner, second())
    assert [page.title for page in refusal.value.args[0]] == [curriculum.programme.title]
    assert not Enrolment.objects.exists()


def test_seen_elsewhere_is_enough(learner, second):
    assert enrol(learner, second(), done_before=True).pk


def test_theory_is_enough_only_where_the_programme_says_so(learner, curriculum, second):
    enrol(learner, curriculum.programme)
    learn(learner, [*curriculum.lessons, curriculum.quiz])
    assert missing_before(learner, second("theory")) == []
    assert missing_before(learner, second("completed"))


def test_completed_counts_for_a_year(learner, curriculum, second):
    enrolment = enrol(learner, curriculum.programme)
    learn(learner, [*curriculum.lessons, curriculum.quiz, curriculum.practical])
    programme = second()
    assert missing_before(learner, programme) == []
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now() - timedelta(days=366))
    assert missing_before(learner, programme)


def test_a_programme_that_was_taken_down_keeps_nobody_back(learner, curriculum, second):
    programme = second()
    curriculum.programme.unpublish()
    assert missing_before(learner, programme) == []
