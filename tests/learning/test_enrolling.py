"""Enrolments that stand: into another cohort, closed, opened again."""

from datetime import date
from uuid import uuid4

import pytest
from wagtail.models import ModelLogEntry

from lms.learning import enrolling
from lms.learning.capacity import CohortFull, free_places
from lms.learning.models import Cohort
from lms.learning.services import AlreadyEnrolled, complete_unit, enrol, flag_completion
from tests.factories.learning import finish
from tests.factories.people import make_person


def make_cohort(content, name="March", country="KE", **fields):
    fields = {"programme_key": content.programme.translation_key, "starts_on": date(2026, 3, 1)} | fields
    return Cohort.objects.create(name=name, country_id=country, **fields)


@pytest.fixture
def enrolment(learner, curriculum):
    return enrol(learner, curriculum.programme)


def test_enrol_keeps_the_due_day_and_says_who(learner, curriculum, hr):
    enrolment = enrol(learner, curriculum.programme, due_on=date(2027, 1, 31), by=hr)
    assert enrolment.due_on == date(2027, 1, 31)
    entry = ModelLogEntry.objects.get(action="learning.enrol")
    assert (entry.user, entry.label) == (hr, learner.staff_number)


def test_a_full_cohort_takes_nobody(learner, other_learner, curriculum):
    cohort = make_cohort(curriculum, capacity=1)
    enrol(learner, curriculum.programme, cohort=cohort)
    with pytest.raises(CohortFull) as refusal:
        enrol(other_learner, curriculum.programme, cohort=cohort)
    assert refusal.value.args == (0,)
    assert not other_learner.enrolments.exists()


def test_who_was_closed_frees_her_place(enrolment, curriculum, hr):
    cohort = make_cohort(curriculum, capacity=1)
    enrolling.move_to_cohort([enrolment], cohort, by=hr)
    assert free_places(cohort) == 0
    enrolling.close_enrolment(enrolment, "Left", hr)
    assert free_places(cohort) == 1


def test_moving_is_all_or_none(enrolment, other_learner, curriculum, hr):
    second = enrol(other_learner, curriculum.programme)
    with pytest.raises(CohortFull):
        enrolling.move_to_cohort([enrolment, second], make_cohort(curriculum, capacity=1), by=hr)
    enrolment.refresh_from_db()
    assert enrolment.cohort is None
    roomy = make_cohort(curriculum, "April", capacity=2)
    assert enrolling.move_to_cohort([enrolment, second], roomy, by=hr) == 2
    assert enrolling.move_to_cohort([enrolment, second], roomy, by=hr) == 0
    assert ModelLogEntry.objects.filter(action="learning.move").count() == 2


@pytest.mark.parametrize("fields", [{"programme_key": uuid4()}, {"country": "LS"}])
def test_a_cohort_of_another_programme_or_country_is_wrong(enrolment, curriculum, hr, fields):
    with pytest.raises(enrolling.WrongCohort):
        enrolling.move_to_cohort([enrolment], make_cohort(curriculum, **fields), by=hr)


def test_moving_leaves_the_completed_where_they_are(learner, curriculum, hr):
    assert enrolling.move_to_cohort([finish(learner, curriculum)], make_cohort(curriculum), by=hr) == 0


def test_closing_twice_keeps_the_first_reason(enrolment, hr):
    enrolling.close_enrolment(enrolment, "Went to another job", hr)
    closed = enrolling.close_enrolment(enrolment, "By mistake", hr)
    assert closed.closed_reason == "Went to another job"
    assert ModelLogEntry.objects.filter(action="learning.close").count() == 1


def test_what_is_completed_is_neither_closed_nor_reopened(learner, curriculum, hr):
    done = finish(learner, curriculum)
    with pytest.raises(enrolling.EnrolmentCompleted):
        enrolling.close_enrolment(done, "No", hr)
    with pytest.raises(enrolling.EnrolmentCompleted):
        enrolling.reopen_enrolment(done, hr)


def test_reopening_counts_what_was_done_and_flagged_meanwhile(enrolment, learner, curriculum, hr):
    first, second = curriculum.lessons
    done = complete_unit(learner, first)
    enrolling.close_enrolment(enrolment, "Sick leave", hr)
    flag_completion(done, by=hr, reason="Copied")
    complete_unit(learner, second)
    reopened = enrolling.reopen_enrolment(enrolment, hr)
    assert (reopened.closed_at, reopened.closed_reason, reopened.done_count) == (None, "", 1)
    assert reopened.requirements.get(unit_key=second.translation_key).completed_at
    assert not reopened.requirements.get(unit_key=first.translation_key).completed_at
    assert enrolling.reopen_enrolment(enrolment, hr).closed_at is None
    assert ModelLogEntry.objects.filter(action="learning.reopen").count() == 1


def test_reopening_beside_an_open_cycle_is_refused(enrolment, learner, curriculum, hr):
    enrolling.close_enrolment(enrolment, "Left", hr)
    enrol(learner, curriculum.programme)
    with pytest.raises(AlreadyEnrolled):
        enrolling.reopen_enrolment(enrolment, hr)


def test_reopening_into_a_full_cohort_is_refused(enrolment, curriculum, hr, site):
    cohort = make_cohort(curriculum, capacity=1)
    enrolling.move_to_cohort([enrolment], cohort, by=hr)
    enrolling.close_enrolment(enrolment, "Left", hr)
    enrol(make_person("Third", "One"), curriculum.programme, cohort=cohort)
    with pytest.raises(CohortFull):
        enrolling.reopen_enrolment(enrolment, hr)
