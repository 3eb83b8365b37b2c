"""The demo's invented cohort: believable, the same every time, and nobody's way in."""

from random import Random

import pytest

from assessments import question_types
from assessments.models import Attempt, Mark, Purpose
from curriculum.models import ProgrammePage
from lms.core.models import Country
from lms.learning.models import Cohort, Completion, Enrolment
from lms.people.models import Site
from lms.starter.crowd import SIZE, load_crowd, wrong
from lms.starter.loader import load
from tests.factories.assessments import QUESTIONS, block_value
from tests.factories.starter import short_library

NAMES = {"cohort": "Crowd", "site": "KE-014", "given": ["Awuor", "Jane"], "family": ["Barasa", "Juma", "Otieno"]}


@pytest.fixture
def programme(db, tmp_path):
    load(short_library(tmp_path))
    Site.objects.create(code="KE-014", country=Country.objects.get(code="KE"), name="Hilltop", kind="community")
    return ProgrammePage.objects.get(code="P-TOUR", locale__language_code="en")


def mean(purpose):
    scores = list(Attempt.objects.filter(purpose=purpose, number=1).values_list("score", flat=True))
    assert len(scores) == SIZE
    return sum(scores) / SIZE


def test_crowd_learns_and_nobody_of_it_can_sign_in(programme):
    assert load_crowd(programme, NAMES) == SIZE
    enrolments = Enrolment.objects.filter(cohort=Cohort.objects.get(name="Crowd")).select_related("person")
    assert not any(enrolment.person.has_usable_password() for enrolment in enrolments)
    assert mean(Purpose.PRE_TEST) + 1 < mean(Purpose.POST_TEST) < 6
    assert all(attempt.completed_at for attempt in Attempt.objects.exclude(purpose=Purpose.CERTIFYING))
    passed = Attempt.objects.filter(purpose=Purpose.CERTIFYING, completed_at__isnull=False)
    assert SIZE / 3 < passed.count() <= SIZE
    for attempt in passed:
        assert attempt.score >= attempt.needed
        assert Completion.objects.filter(person=attempt.person, unit_key=attempt.unit_key).count() == 1
    assert all(0 < row.done_count < row.required_count for row in enrolments)
    assert Mark.objects.filter(seconds__range=(3, 400)).count() == Mark.objects.count()
    assert load_crowd(programme, NAMES) == 0
    assert Enrolment.objects.count() == SIZE


@pytest.mark.parametrize("name", ["single", "multiple", "true_false", "matching", "ordering"])
@pytest.mark.parametrize("seed", range(5))
def test_wrong_answer_is_complete_and_wrong(name, seed):
    random, type_ = Random(seed), question_types.get(name)
    item, key = type_.freeze(block_value(QUESTIONS[name]), random)
    response = wrong(item, type_.right_response(item, key), random)
    assert type_.is_complete(item, response)
    assert not type_.grade(key, response).right
