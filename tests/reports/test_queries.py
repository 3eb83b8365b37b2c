"""One row a person and programme, with what is true of her today."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from certificates.standings import Standing, standing
from lms.learning.models import Enrolment
from lms.learning.services import complete_unit, keep_place
from lms.people.models import Role
from lms.reports.queries import enrolments_of, progress_of_people, totals
from lms.reports.states import State
from tests.factories.people import make_person, make_site, post

from .rows import make_certificate, make_cohort, make_learner

TODAY = timezone.localdate
AS_CERTIFICATES_SAYS = {
    State.VALID: Standing.VALID,
    State.ENDS_SOON: Standing.VALID,
    State.EXPIRED: Standing.EXPIRED,
    State.BEING_DRAWN: Standing.BEING_DRAWN,
    State.TO_CONFIRM: Standing.TO_CONFIRM,
    State.BLOCKED: Standing.BLOCKED,
    State.WITHDRAWN: Standing.REVOKED,
}


def row_of(person, by):
    return progress_of_people(by, TODAY()).get(person=person)


def test_row_says_where_she_stands(site, curriculum, hr):
    cohort = make_cohort(site, curriculum)
    person = make_learner("Amina", site, curriculum, cohort=cohort)
    complete_unit(person, curriculum.lessons[0])
    row = row_of(person, hr)
    assert (row.programme, row.site, row.cohort) == ("Primary Health Care", site.name, cohort)
    assert (row.done_count, row.required_count, row.practicals_open) == (1, 4, 1)
    assert (row.state, row.valid_until) == (State.IN_PROGRESS, None)
    assert row.last_active_at


def test_practicals_open_counts_what_is_left(site, curriculum, hr):
    person = make_learner("Amina", site, curriculum)
    complete_unit(person, curriculum.practical)
    assert row_of(person, hr).practicals_open == 0


def test_last_activity_is_empty_before_she_began_and_then_the_newest(site, curriculum, hr):
    person = make_learner("Amina", site, curriculum)
    assert row_of(person, hr).last_active_at is None
    earlier = complete_unit(person, curriculum.lessons[0]).completed_at
    place = keep_place(person, curriculum.lessons[1], card="x", position=1, of=2)
    assert row_of(person, hr).last_active_at == place.updated_at >= earlier


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.VALID),
        ({"days_left": 91}, State.VALID),
        ({"days_left": 90}, State.ENDS_SOON),
        ({"days_left": 0}, State.ENDS_SOON),
        ({"days_left": -1}, State.EXPIRED),
        ({"drawn": False}, State.BEING_DRAWN),
        ({"drawn": False, "confirmed": False}, State.TO_CONFIRM),
        ({"drawn": False, "blocked": "A letter is missing."}, State.BLOCKED),
        ({"drawn": False, "confirmed": False, "blocked": "A letter is missing."}, State.BLOCKED),
        ({"revoked_at": timezone.now()}, State.WITHDRAWN),
        ({"revoked_at": timezone.now(), "days_left": -1}, State.WITHDRAWN),
        ({"revoked_at": timezone.now(), "drawn": False}, State.WITHDRAWN),
    ],
)
def test_state_is_the_first_that_holds(site, curriculum, hr, fields, state):
    person = make_learner("Amina", site, curriculum)
    certificate = make_certificate(person, **fields)
    row = row_of(person, hr)
    assert (row.state, row.valid_until, row.specimen) == (state, certificate.valid_until, False)
    assert AS_CERTIFICATES_SAYS[state] == standing(certificate, TODAY())


@pytest.mark.parametrize("days_left", [200, 30, -1])
def test_specimen_is_no_certificate_whatever_its_dates_say(site, curriculum, hr, days_left):
    person = make_learner("Amina", site, curriculum)
    make_certificate(person, days_left=days_left, specimen=True)
    assert row_of(person, hr).state == State.SPECIMEN


def test_state_without_certificate_is_the_enrolments(site, curriculum, hr):
    person = make_learner("Amina", site, curriculum)
    Enrolment.objects.update(closed_at=timezone.now())
    assert row_of(person, hr).state == State.CLOSED
    Enrolment.objects.update(completed_at=timezone.now(), closed_at=None)
    assert row_of(person, hr).state == State.COMPLETE


def test_replaced_certificate_says_nothing(site, curriculum, hr):
    person = make_learner("Amina", site, curriculum)
    make_certificate(person, revoked_at=timezone.now(), superseded_at=timezone.now())
    make_certificate(person)
    assert row_of(person, hr).state == State.VALID


def test_renewal_shows_the_open_cycle_and_the_certificate_that_still_counts(site, curriculum, hr):
    person = make_learner("Amina", site, curriculum)
    make_certificate(person, days_left=20)
    first = person.enrolments.get()
    second = Enrolment.objects.create(
        person=person,
        programme_key=first.programme_key,
        programme_code=first.programme_code,
        programme_version=1,
        country=first.country,
        cycle=2,
        required_count=3,
    )
    row = row_of(person, hr)
    assert (row.pk, row.required_count, row.state) == (second.pk, 3, State.ENDS_SOON)


def test_rows_are_one_for_each_programme(site, curriculum, hr):
    person = make_learner("Amina", site, curriculum)
    Enrolment.objects.create(
        person=person, programme_key=uuid4(), programme_code="gone", programme_version=1, country=site.country
    )
    rows = progress_of_people(hr, TODAY())
    assert sorted(rows.values_list("programme", flat=True)) == ["Primary Health Care", "gone"]


def test_rows_are_only_of_people_one_may_see(site, other_site, curriculum, hr, other_country_hr):
    here, there = make_learner("Amina", site, curriculum), make_learner("Palesa", other_site, curriculum)
    assert [row.person for row in progress_of_people(hr, TODAY())] == [here]
    assert [row.person for row in progress_of_people(other_country_hr, TODAY())] == [there]


def test_trainer_of_one_site_gets_its_learners_only(site, curriculum):
    trainer, second = make_person("Halima", "Noor"), make_site("KE-002")
    post(trainer, Role.TRAINER, site)
    here = make_learner("Amina", site, curriculum)
    make_learner("Beatrice", second, curriculum)
    assert [row.person for row in progress_of_people(trainer, TODAY())] == [here]


def test_site_is_where_she_learns_today(site, curriculum, hr):
    person, before = make_learner("Amina", site, curriculum), make_site("KE-002")
    ended = post(person, Role.LEARNER, before)
    ended.starts_on, ended.ends_on = TODAY() - timedelta(days=9), TODAY() - timedelta(days=2)
    ended.save()
    assert row_of(person, hr).site == site.name


def test_totals_count_each_state_once(site, curriculum, hr):
    make_certificate(make_learner("Amina", site, curriculum))
    make_certificate(make_learner("Beatrice", site, curriculum), days_left=3)
    make_learner("Cecilia", site, curriculum)
    counted = totals(progress_of_people(hr, TODAY()))
    assert counted["all"] == 3
    assert {state for state, number in counted.items() if number == 1} == {"valid", "ends_soon", "in_progress"}


def test_rows_take_one_query_for_any_number_of_people(site, curriculum, hr, django_assert_num_queries):
    for number in (1, 3, 50):
        while Enrolment.objects.count() < number:
            make_certificate(make_learner(f"Grace {Enrolment.objects.count()}", site, curriculum))
        with django_assert_num_queries(1):
            rows = [(row.person.country.name, row.cohort) for row in progress_of_people(hr, TODAY())]
        assert len(rows) == number


def test_enrolments_of_a_person_carry_titles(site, curriculum, hr, django_assert_num_queries):
    person = make_learner("Amina", site, curriculum)
    with django_assert_num_queries(3):
        (enrolment,) = enrolments_of(person)
        named = [row.title for row in enrolment.requirements.all()]
    assert enrolment.title == "Primary Health Care"
    assert named == ["What TB is", "Ask everyone", "Quiz", "Screen for TB"]
