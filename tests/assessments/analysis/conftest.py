"""Forty learners of one site, and quizzes that they took, simulated."""

import pytest
from django.utils import timezone

from assessments.analysis.selection import Selection
from assessments.models import QuizPage
from lms.people.models import Posting, Role, User
from tests.factories.assessments import QUESTIONS
from tests.factories.content import make_question, make_quiz
from tests.factories.simulated import Simulated

MANY = 40


def make_learners(site, number: int = MANY, prefix: str = "S") -> list[User]:
    people = [
        User(staff_number=f"{prefix}{place:06d}", given_names="A", family_name=f"{prefix}{place}", country=site.country)
        for place in range(100_000, 100_000 + number)
    ]
    User.objects.bulk_create(people)
    Posting.objects.bulk_create(
        Posting(person=person, role=Role.LEARNER, site=site, country=site.country) for person in people
    )
    return people


@pytest.fixture
def learners(site):
    return make_learners(site)


@pytest.fixture
def bank(curriculum):
    """Five questions, of which the first has a wrong key in the simulation and the second is too easy."""
    data = QUESTIONS["single"]
    return [make_question(f"sim-{place}", data | {"stem": f"Question {place}"}) for place in range(5)]


@pytest.fixture
def simulated(bank):
    return simulate(bank)


def simulate(bank) -> list[Simulated]:
    for question in bank:
        question.refresh_from_db()
    slopes = (-1.5, 1.0, 3.0, 3.0, 3.0)
    return [
        Simulated(question.translation_key, slope, hard, revision=question.live_revision_id, stem=question.stem)
        for question, slope, hard in zip(bank, slopes, (0.0, -9.0, -0.8, -0.4, 0.0), strict=True)
    ]


@pytest.fixture
def quiz_page(curriculum, bank):
    return make_quiz(curriculum.module, bank, title="Simulated quiz", purpose=QuizPage.Purpose.CERTIFYING)


@pytest.fixture
def today():
    return Selection(as_of=timezone.localdate())


@pytest.fixture
def as_(client):
    """The client, signed in as a person."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
