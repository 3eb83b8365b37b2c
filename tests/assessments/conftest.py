"""A learner who is enrolled and a quiz of five questions: four pass, two are critical."""

import pytest

from assessments.services import start_attempt
from curriculum.models import Fact
from lms.learning.services import complete_unit, enrol
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_fact, make_question, make_quiz

CRITICAL = "How does TB pass?"
ALSO_CRITICAL = "TB can be cured."
PLAIN = "TB is in the air."
ALSO_PLAIN = "TB needs months of medicine."
THIRD_PLAIN = "TB can come back."


def five_questions(curriculum, prefix):
    """Four pass, two are critical. Each prefix gives questions of its own with the same words."""
    first, second = curriculum.facts
    third = Fact.objects.filter(code="tb-f3").first() or make_fact("tb-f3")
    true = QUESTIONS["true_false"]
    return [
        make_question(f"{prefix}-q1", QUESTIONS["single"], facts=[first], critical=True),
        make_question(f"{prefix}-q2", true, facts=[second], critical=True),
        make_question(f"{prefix}-q3", true | {"stem": PLAIN}, facts=[second]),
        make_question(f"{prefix}-q4", true | {"stem": ALSO_PLAIN}, facts=[third]),
        make_question(f"{prefix}-q5", true | {"stem": THIRD_PLAIN}, facts=[first]),
    ]


@pytest.fixture
def quiz(curriculum):
    return make_quiz(curriculum.module, five_questions(curriculum, "t"), title="Quiz: TB")


@pytest.fixture
def practice(curriculum):
    """Of questions that no certifying quiz asks."""
    return make_quiz(curriculum.module, five_questions(curriculum, "p"), title="Practice", purpose="practice")


@pytest.fixture
def enrolled(learner, curriculum, quiz):
    """The learner, with her lessons read: the quiz is open."""
    enrol(learner, curriculum.programme)
    for lesson in curriculum.lessons:
        complete_unit(learner, lesson)
    complete_unit(learner, curriculum.quiz)
    return learner


@pytest.fixture
def attempt(enrolled, quiz):
    return start_attempt(enrolled, quiz, enrolled.country, "en")


@pytest.fixture
def hers(client, enrolled):
    client.force_login(enrolled)
    return client
