"""Which units a module gives a learner, and what each of them waits for."""

import pytest

from lms.learning.models import Requirement
from lms.learning.queries import standings
from lms.learning.services import complete_unit, enrol, units_for
from tests.factories.content import make_quiz


@pytest.fixture
def pre_test(curriculum):
    """Before the lessons of its module."""
    quiz = make_quiz(curriculum.module, [curriculum.questions[0]], title="Before", purpose="pre_test", opens="start")
    quiz.move(curriculum.module, "first-child")
    quiz.refresh_from_db()
    return quiz


def waits_for(curriculum, country):
    found = units_for(curriculum.programme, country)
    return {wanted.unit.translation_key: wanted.opens_after for wanted in found}


def test_lessons_after_a_pre_test_wait_for_it(curriculum, pre_test, kenya):
    waits = waits_for(curriculum, kenya)
    own = str(pre_test.translation_key)
    assert waits[pre_test.translation_key] == []
    assert all(waits[lesson.translation_key] == [own] for lesson in curriculum.lessons)
    assert waits[curriculum.quiz.translation_key][0] == own


def test_lessons_before_a_pre_test_wait_for_nothing(curriculum, pre_test, kenya):
    first, second = curriculum.lessons[:2]
    for page in (first, curriculum.module):
        page.refresh_from_db()  # its place changed when the pre-test moved
    first.move(curriculum.module, "first-child")
    waits = waits_for(curriculum, kenya)
    assert waits[first.translation_key] == []
    assert waits[second.translation_key] == [str(pre_test.translation_key)]


def test_without_a_pre_test_lessons_wait_for_nothing_and_the_quiz_for_them(curriculum, kenya):
    waits = waits_for(curriculum, kenya)
    lessons = [lesson.translation_key for lesson in curriculum.lessons]
    assert [waits[key] for key in lessons] == [[] for _ in lessons]
    assert waits[curriculum.quiz.translation_key] == [str(key) for key in lessons]


def test_pre_test_of_another_country_holds_nobody_back(curriculum, pre_test, lesotho):
    question = curriculum.questions[0]
    question.countries = ["KE"]
    question.save_revision().publish()
    waits = waits_for(curriculum, lesotho)
    assert pre_test.translation_key not in waits
    assert all(waits[lesson.translation_key] == [] for lesson in curriculum.lessons)


def test_completed_pre_test_opens_the_lessons(curriculum, pre_test, learner):
    enrol(learner, curriculum.programme)
    assert states(learner, curriculum.lessons) == {"locked"}
    complete_unit(learner, pre_test)
    assert "locked" not in states(learner, curriculum.lessons)
    assert Requirement.objects.get(unit_key=pre_test.translation_key).completed_at


def states(learner, lessons):
    (standing,) = standings(learner)
    return {standing.step(lesson.translation_key).state for lesson in lessons}
