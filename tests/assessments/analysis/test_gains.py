"""Before and after of the same people, by module and cohort."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from scipy import stats

from assessments.analysis import gains
from assessments.analysis.gains import Wanted
from assessments.models import Attempt, QuizPage
from lms.learning.services import enrol
from tests.factories.content import make_quiz
from tests.factories.people import make_site
from tests.factories.simulated import attempts
from tests.reports.rows import make_cohort

from .conftest import make_learners

Purpose = QuizPage.Purpose
EARLIER = timedelta(days=5)


@pytest.fixture
def tests_of_module(curriculum, bank):
    before = make_quiz(curriculum.module, bank, title="Before", purpose=Purpose.PRE_TEST)
    after = make_quiz(curriculum.module, bank, title="After", purpose=Purpose.POST_TEST)
    return before, after


@pytest.fixture
def wanted(today):
    return Wanted(today)


@pytest.fixture
def measured(learners, simulated, tests_of_module):
    """Everyone before; thirty of forty after."""
    before, after = tests_of_module
    earlier = timezone.now() - EARLIER
    attempts(learners, simulated, before.translation_key, purpose="pre_test", handed_in_at=earlier)
    attempts(learners[:30], simulated, after.translation_key, purpose="post_test", gain=1.5)
    return learners


def pairs_in_the_database(tests_of_module):
    before, after = (
        {one.person_id: float(one.score) / 5 for one in Attempt.objects.filter(unit_key=page.translation_key)}
        for page in tests_of_module
    )
    return [(before[person], after[person]) for person in before if person in after]


def test_gain_is_that_of_the_same_people(administrator, wanted, measured, tests_of_module):
    (row,) = gains.gain_rows(administrator, wanted)
    pairs = pairs_in_the_database(tests_of_module)
    assert (row.gain.n, row.only_before, row.only_after, row.of) == (30, 10, 0, 5)
    assert row.gain.difference == pytest.approx(sum(b - a for a, b in pairs) / 30)
    t = stats.ttest_rel([b for _a, b in pairs], [a for a, _b in pairs]).statistic
    assert (row.gain.d > 0) == (t > 0)
    assert row.gain.more + row.gain.same + row.gain.fewer == 30
    assert row.said.startswith(f"Of 30 learners {row.gain.more} know more than before; on average from ")


def test_first_certifying_try_stands_for_a_missing_post_test(
    administrator, wanted, learners, simulated, curriculum, bank
):
    before = make_quiz(curriculum.module, bank, title="Before", purpose=Purpose.PRE_TEST)
    certifying = curriculum.quiz.translation_key
    attempts(learners[:3], simulated, before.translation_key, purpose="pre_test", handed_in_at=timezone.now() - EARLIER)
    attempts(learners[:2], simulated, certifying, gain=2.0)
    attempts(learners[:2], simulated, certifying, number=2, gain=9.0)
    (row,) = gains.gain_rows(administrator, wanted)
    assert (row.module.by_post_test, row.gain.n, row.only_before) == (False, 2, 1)
    first = Attempt.objects.filter(unit_key=certifying, number=1)
    assert row.gain.after == pytest.approx(sum(float(one.score) for one in first) / 10)


def test_test_before_the_pre_test_is_no_after(administrator, wanted, learners, simulated, tests_of_module):
    before, after = tests_of_module
    attempts(learners[:1], simulated, after.translation_key, handed_in_at=timezone.now() - EARLIER)
    attempts(learners[:1], simulated, before.translation_key, purpose="pre_test")
    (row,) = gains.gain_rows(administrator, wanted)
    assert (row.gain, row.only_before, row.only_after) == (None, 1, 0)


def test_cohorts_stand_apart_and_together(administrator, wanted, measured, site, curriculum, tests_of_module):
    cohorts = [make_cohort(site, curriculum, name) for name in ("First", "Second")]
    for person, cohort in zip(measured[:4], [*cohorts, *cohorts], strict=True):
        enrol(person, curriculum.programme, cohort=cohort)
    rows = gains.gain_rows(administrator, wanted)
    assert [(row.is_all, row.cohort and row.cohort.name, row.gain.n) for row in rows] == [
        (True, None, 30),
        (False, "First", 2),
        (False, "Second", 2),
        (False, None, 26),
    ]
    assert rows[1].gain.d is None
    narrowed = replace(wanted, attempts=replace(wanted.attempts, cohort=cohorts[0]))
    assert [row.gain.n for row in gains.gain_rows(administrator, narrowed)] == [2]
    by_programme = replace(wanted, programme_key=curriculum.programme.translation_key)
    assert gains.gain_rows(administrator, by_programme)[0].gain.n == 4


def test_filters_narrow_to_a_site_a_module_and_a_day(administrator, wanted, measured, site, curriculum):
    other = make_site("KE-002")
    found = [
        [row.gain.n for row in gains.gain_rows(administrator, one)]
        for one in (
            replace(wanted, site=site),
            replace(wanted, site=other),
            replace(wanted, module_key=curriculum.module.translation_key),
            replace(wanted, module_key=curriculum.quiz.translation_key),
        )
    ]
    assert found == [[30], [], [30], []]
    yesterday = replace(wanted, attempts=replace(wanted.attempts, as_of=wanted.attempts.as_of - timedelta(days=1)))
    (row,) = gains.gain_rows(administrator, yesterday)
    assert (row.gain, row.only_before) == (None, 40)


def test_each_sees_the_gain_of_her_places(trainer, hr, other_country_hr, wanted, measured, simulated, tests_of_module):
    before, after = tests_of_module
    away = make_learners(make_site("LS-9", "LS"), 3, "L")
    attempts(away, simulated, before.translation_key, purpose="pre_test", handed_in_at=timezone.now() - EARLIER)
    attempts(away, simulated, after.translation_key, purpose="post_test")
    assert [gains.gain_rows(one, wanted)[0].gain.n for one in (trainer, hr, other_country_hr)] == [30, 30, 3]


def test_questions_say_what_changed_most(administrator, wanted, measured, simulated):
    (row,) = gains.gain_rows(administrator, wanted)
    changes = gains.question_changes(row.pairs)
    assert len(changes) == 5
    assert {change.n for change in changes} == {30}
    assert [change.difference for change in changes] == sorted((one.difference for one in changes), reverse=True)
    assert changes[-1].question.stem == "Question 0"  # whose key is wrong: who knows more has it right less often
    assert sum(change.difference for change in changes) / 5 == pytest.approx(row.gain.difference)


def test_bands_count_everyone_once_before_and_after(administrator, wanted, measured):
    (row,) = gains.gain_rows(administrator, wanted)
    bands = gains.bands(row.pairs)
    assert [band[:2] for band in bands] == [(0, 20), (20, 40), (40, 60), (60, 80), (80, 100)]
    assert [sum(column) for column in list(zip(*bands, strict=True))[2:]] == [30, 30]
    assert bands[-1][3] == sum(pair.after.share >= 0.8 - 1e-9 for pair in row.pairs)


def test_queries_do_not_grow(administrator, wanted, learners, simulated, tests_of_module, site, curriculum):
    before, after = tests_of_module
    taken = []
    for number in (1, 3):
        Attempt.objects.all().delete()
        for place, person in enumerate(learners[number : 2 * number]):
            enrol(person, curriculum.programme, cohort=make_cohort(site, curriculum, f"Cohort {number} {place}"))
        people = learners[number : 2 * number]
        attempts(people, simulated, before.translation_key, handed_in_at=timezone.now() - EARLIER)
        attempts(people, simulated, after.translation_key)
        with CaptureQueriesContext(connection) as queries:
            rows = gains.gain_rows(administrator, wanted)
            gains.question_changes(rows[0].pairs)
        taken.append(len(queries))
    assert taken[0] == taken[1]
