"""A sheet becomes people once, or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curriculum.models import ProgrammePage
from lms.learning.intake import queries, services
from lms.learning.intake.services import commit_intake, give_slips
from lms.learning.models import Cohort, Enrolment, Intake
from lms.people.models import OneTimeCode, Posting, Role, User
from lms.people.services import find_open_code
from tests.factories.content import make_programme, row
from tests.factories.people import make_person, make_site, post

from .intakes import make_intake, many, sheet


@pytest.fixture
def intake(curriculum, site, hr):
    return make_intake(curriculum, site, hr, sheet("Grace,Otieno,,0712345678", "Amina,Juma", ",Nobody"))


@pytest.fixture
def made(intake, hr):
    return commit_intake(intake, by=hr, expected="2")


def test_commit_makes_people_postings_cohort_and_enrolments(made, site, curriculum):
    grace, amina = queries.people_of(made)
    assert (grace.get_full_name(), str(grace.phone), grace.country) == ("Grace Otieno", "+254712345678", site.country)
    assert grace.postings.get().role == Role.LEARNER
    assert amina.postings.get().site == site
    enrolment = grace.enrolments.get()
    assert (enrolment.cohort, enrolment.programme_key) == (made.cohort, curriculum.programme.translation_key)
    assert enrolment.requirements.exists()
    assert (made.cohort.name, list(made.cohort.sites.all())) == ("Kisumu 2026", [site])


def test_commit_keeps_only_which_row_became_whom(made):
    assert [row["line"] for row in made.rows] == [2, 3, 4]
    assert made.rows[2] == {"line": 4, "person": None}
    assert "Grace" not in str(made.rows)


def test_commit_gives_nobody_a_secret(made):
    assert not any(person.has_usable_password() for person in queries.people_of(made))


def test_second_commit_changes_nothing(made, hr):
    before = (User.objects.count(), Enrolment.objects.count(), Posting.objects.count())
    with pytest.raises(services.AlreadyCommitted):
        commit_intake(made, by=hr, expected="2")
    assert (User.objects.count(), Enrolment.objects.count(), Posting.objects.count()) == before


@pytest.mark.parametrize("expected", ["1", "3", "", "two"])
def test_commit_refuses_another_number_than_the_button_named(intake, hr, expected):
    with pytest.raises(services.RowsChanged):
        commit_intake(intake, by=hr, expected=expected)
    assert not User.objects.filter(family_name="Otieno").exists()


def test_commit_refuses_when_a_recruit_became_known_meanwhile(intake, hr):
    make_person("Somebody", "Else", phone="+254712345678")
    with pytest.raises(services.RowsChanged):
        commit_intake(intake, by=hr, expected="2")


def test_commit_refuses_a_sheet_without_good_rows(curriculum, site, hr):
    with pytest.raises(services.RowsChanged):
        commit_intake(make_intake(curriculum, site, hr, sheet(",Nobody")), by=hr, expected="0")


def test_commit_refuses_a_programme_that_is_gone(intake, hr):
    ProgrammePage.objects.update(live=False)
    with pytest.raises(services.ProgrammeGone):
        commit_intake(intake, by=hr, expected="2")


def test_commit_refuses_a_programme_that_now_comes_after_another(intake, curriculum, hr):
    first = make_programme(curriculum.home, [row(curriculum.lessons[0])], title="First", code="first")
    value = {"programme": first.pk, "how_far": "completed"}
    curriculum.programme.firsts = [{"type": "first", "id": str(uuid4()), "value": value}]
    curriculum.programme.save()
    with pytest.raises(services.ComesLater):
        commit_intake(intake, by=hr, expected="2")
    assert not User.objects.filter(family_name="Otieno").exists()


def test_commit_refuses_a_cohort_of_another_programme(intake, hr):
    Cohort.objects.create(
        country=intake.country, name=intake.cohort_name, programme_key=uuid4(), starts_on=intake.starts_on
    )
    with pytest.raises(services.CohortTaken):
        commit_intake(intake, by=hr, expected="2")
    assert not User.objects.filter(family_name="Otieno").exists()


def test_commit_is_all_or_nothing(intake, hr, monkeypatch):
    real, calls = services.enrol, []

    def fail_on_the_second(person, programme, **kwargs):
        calls.append(person)
        if len(calls) == 2:
            raise ZeroDivisionError
        return real(person, programme, **kwargs)

    monkeypatch.setattr(services, "enrol", fail_on_the_second)
    with pytest.raises(ZeroDivisionError):
        commit_intake(intake, by=hr, expected="2")
    assert not User.objects.filter(family_name__in=["Otieno", "Juma"]).exists()
    assert not Cohort.objects.exists()
    intake.refresh_from_db()
    assert intake.committed_at is None


def test_mended_sheet_joins_the_cohort(made, curriculum, site, hr):
    other = make_site("KE-002")
    mended = make_intake(curriculum, site, hr, sheet("Wambui,Nobody,KE-002"))
    second = commit_intake(mended, by=hr, expected="1")
    assert second.cohort == made.cohort
    assert set(second.cohort.sites.all()) == {site, other}
    assert made.cohort.enrolments.count() == 3


def test_slips_carry_codes_that_open(made, hr):
    slips = give_slips(made, by=hr)
    assert [slip.person.given_names for slip in slips] == ["Grace", "Amina"]
    person = slips[0].person
    assert find_open_code(person.staff_number, slips[0].code.replace("-", "")).person == person
    assert slips[0].code not in str(made.rows)


def test_new_slips_leave_out_who_signed_in_and_end_earlier_codes(made, hr):
    grace, amina = queries.people_of(made)
    give_slips(made, by=hr)
    User.objects.filter(pk=grace.pk).update(last_login=timezone.now())
    (slip,) = give_slips(made, by=hr)
    assert slip.person == amina
    assert OneTimeCode.objects.open().filter(person=amina).count() == 1


def test_new_slips_give_no_way_into_the_work_of_a_colleague(made, hr):
    """Whoever was posted above the reach of HR since then gets no code from her."""
    grace, _amina = queries.people_of(made)
    post(grace, Role.LEAD)
    assert [slip.person.given_names for slip in give_slips(made, by=hr)] == ["Amina"]


def test_old_sheets_that_nobody_committed_are_forgotten(intake, curriculum, site, hr):
    fresh = make_intake(curriculum, site, hr, sheet("Amina,Juma"))
    committed = commit_intake(make_intake(curriculum, site, hr, sheet("Zuhura,Ali")), by=hr, expected="1")
    long_ago = timezone.now() - timedelta(days=15)
    Intake.objects.filter(pk__in=[intake.pk, committed.pk]).update(uploaded_at=long_ago)
    assert services.forget_old_intakes() == 1
    assert set(Intake.objects.all()) == {fresh, committed}


def test_three_hundred_recruits_are_taken_in(curriculum, site, hr):
    intake = make_intake(curriculum, site, hr, many(300))
    begun = timezone.now()
    made = commit_intake(intake, by=hr, expected="300")
    created = timezone.now()
    slips = give_slips(made, by=hr)
    print(f"300 recruits: created in {created - begun}, slips in {timezone.now() - created}")
    assert len(slips) == len({slip.code for slip in slips}) == 300
    assert made.cohort.enrolments.count() == 300


def test_sheet_committed_by_somebody_else_is_not_thrown_away(intake, made):
    assert intake.committed_at is None  # as the page that is about to discard it had read it
    assert not services.discard_intake(intake)
    assert Intake.objects.filter(pk=made.pk).exists()


def test_sheets_are_looked_at_under_a_lock_before_they_go(intake):
    with CaptureQueriesContext(connection) as queries_run:
        assert services.discard_intake(intake)
    first = next(query["sql"] for query in queries_run if "learning_intake" in query["sql"])
    assert first.startswith("SELECT") and ("FOR UPDATE" in first or connection.vendor == "sqlite")
