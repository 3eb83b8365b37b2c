"""A learner who is enrolled and a quiz of five questions: four pass, two are critical."""

import pytest

from assessments.services import start_attempt
from lms.learning.services import complete_unit, enrol
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_fact, make_question, make_quiz

CRITICAL = "How does TB pass?"
ALSO_CRITICAL = "TB can be cured."
PLAIN = "TB is in the air."
ALSO_PLAIN = "TB needs months of medicine."
THIRD_PLAIN = "TB can come back."


@pytest.fixture
def quiz(curriculum):
    first, second = curriculum.facts
    third = make_fact("tb-f3")
    true = QUESTIONS["true_false"]
    questions = [
        make_question("t-q1", QUESTIONS["single"], facts=[first], critical=True),
        make_question("t-q2", true, facts=[second], critical=True),
        make_question("t-q3", true | {"stem": PLAIN}, facts=[second]),
        make_question("t-q4", true | {"stem": ALSO_PLAIN}, facts=[third]),
        make_question("t-q5", true | {"stem": THIRD_PLAIN}, facts=[first]),
    ]
    return make_quiz(curriculum.module, questions, title="Quiz: TB")


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
