"""Who works in the bank, and a bank whose questions differ in everything that one can ask for."""

import pytest

from tests.assessments.staff.bank import sign_in
from tests.assessments.test_sections import ask
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_fact, make_question


@pytest.fixture
def editor(client, administrator):
    return sign_in(client, administrator)


@pytest.fixture
def staff(client, trainer):
    return sign_in(client, trainer)


@pytest.fixture
def bank(curriculum):
    """Two questions of the curriculum's quiz, and three more that differ in everything one can ask for."""
    fact = make_fact("tb-f9")
    return [
        *curriculum.questions,
        ask("tb-q10", tags=["signs"], module=curriculum.module, difficulty=3, countries=["KE"]),
        make_question("tb-q3", QUESTIONS["multiple"], facts=[fact], module=curriculum.module),
        make_question("tb-q4", QUESTIONS["single"], difficulty=1),
    ]
