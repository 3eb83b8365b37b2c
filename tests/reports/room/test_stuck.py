"""Who is stuck, and why."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from assessments.models import Attempt
from assessments.services import open_extra_try, start_attempt
from lms.learning.models import Enrolment
from lms.learning.services import complete_unit
from lms.reports.room import stuck
from tests.factories.assessments import hand_in

pytestmark = pytest.mark.django_db


def why(person):
    """As the row says it, and as the database counts it: both must be of one mind."""
    now = timezone.now()
    rows = stuck.with_steps(Enrolment.objects.filter(person=person)).select_related("person", "cohort")
    locked = stuck.locked_of(rows)
    said = stuck.why(rows.get(), now, locked)
    today = timezone.localdate(now)
    assert rows.filter(stuck.quiet(now)).exists() == bool(said.quiet_days)
    assert rows.filter(stuck.overdue(today)).exists() == bool(said.overdue_on)
    assert rows.filter(stuck.never_signed_in(today)).exists() == said.is_new
    assert rows.filter(stuck.held_up(now, set(locked))).exists() == bool(
        said.quiet_days or said.locked or said.overdue_on
    )
    return said


def test_who_was_enrolled_lately_is_not_stuck(join):
    assert not why(join("Amina", days_ago=6))


def test_who_takes_no_step_for_seven_days_is_stuck(join):
    assert why(join("Amina", days_ago=7)).quiet_days == 7


def test_each_kind_of_step_counts(join, curriculum):
    person = join("Amina", days_ago=20)
    complete_unit(person, curriculum.lessons[0])
    assert not why(person)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert why(person).quiet_days == 8
        start_attempt(person, curriculum.quiz, person.country, "en")
        assert not why(person)


def test_who_signed_in_late_is_given_her_seven_days(join):
    person = join("Amina", days_ago=20)
    person.first_signed_in_at = timezone.now() - timedelta(days=2)
    person.save()
    assert not why(person)


def test_who_never_signed_in_is_told_apart(join):
    said = why(join("Amina", days_ago=20, signed_in=False))
    assert said.is_new and not said.quiet_days


def test_nobody_is_stuck_before_the_cohort_begins(join, cohort):
    cohort.starts_on = timezone.localdate() + timedelta(days=1)
    cohort.save()
    assert not why(join("Amina", days_ago=20))
    assert not why(join("Beatrice", days_ago=20, signed_in=False))


def test_who_is_done_or_has_left_is_not_stuck(join):
    for field in ("completed_at", "closed_at"):
        person = join("Amina", days_ago=20)
        person.enrolments.update(**{field: timezone.now()})
        assert not why(person)


def test_overdue_by_her_own_day_else_by_the_cohorts(join, cohort):
    yesterday = timezone.localdate() - timedelta(days=1)
    cohort.ends_on = yesterday
    cohort.save()
    person = join("Amina")
    assert why(person).overdue_on == yesterday
    person.enrolments.update(due_on=yesterday + timedelta(days=1))
    assert not why(person)


def test_both_tries_used_up_until_a_trainer_opens_another(join, curriculum, trainer):
    person = join("Amina")
    for _try in range(2):
        attempt = start_attempt(person, curriculum.quiz, person.country, "en")
        hand_in(attempt, wrong={"How long do you ask about cough?", "TB can be cured."})
    last = Attempt.objects.get(number=2)
    assert why(person).locked == [last]
    open_extra_try(trainer, last, "We went through the signs of TB.")
    assert not why(person).locked


def test_one_not_yet_is_not_stuck(join, curriculum):
    person = join("Amina")
    hand_in(start_attempt(person, curriculum.quiz, person.country, "en"), wrong={"TB can be cured."})
    assert not why(person)
