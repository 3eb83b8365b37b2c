"""A practice quiz whose questions no certifying quiz asks, and what she missed in it."""

import pytest

from assessments import services
from assessments.models import Purpose
from tests.factories.assessments import QUESTIONS, hand_in
from tests.factories.content import make_question, make_quiz

STEMS = [f"TB statement {number}." for number in range(1, 8)]


def attempt_at(person, quiz):
    return services.start_attempt(person, quiz, person.country, "en")


@pytest.fixture
def practice_quiz(enrolled, curriculum):
    questions = [
        make_question(
            f"p-q{number}",
            QUESTIONS["true_false"] | {"stem": stem},
            facts=curriculum.facts[:1],
            module=curriculum.module,
        )
        for number, stem in enumerate(STEMS, 1)
    ]
    return make_quiz(curriculum.module, questions, title="Practice", slug="practice", purpose=Purpose.PRACTICE)


@pytest.fixture
def missed(enrolled, practice_quiz):
    """She missed the first three of seven."""
    return hand_in(attempt_at(enrolled, practice_quiz), wrong=STEMS[:3])


@pytest.fixture
def start(enrolled):
    def start(person=enrolled):
        return services.start_practice(person, person.country, "en")

    return start
