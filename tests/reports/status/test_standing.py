"""Who stood where on a day: awards, ends, withdrawals, replacements, moves and leaves on different days."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from certificates.models import CertificateEvent
from lms.learning.models import Enrolment
from lms.learning.services import complete_unit, flag_completion
from lms.people.models import Role
from lms.reports import states
from lms.reports.queries import progress_of_people
from lms.reports.status.numbers import MEASURES
from lms.reports.status.standing import LEVELS, Chosen, count_by, enrolments_where
from lms.reports.trend import certified_on
from tests.factories.people import make_site

from ..rows import make_certificate, make_cohort, make_learner


def day(ago: int):
    return timezone.localdate() - timedelta(days=ago)


def moment(ago: int):
    return timezone.make_aware(datetime.combine(day(ago), time(12)))


def numbers(user, ago=0, level="country", **chosen) -> dict:
    """By value of the level: the measures that are not nought."""
    rows = count_by(user, Chosen(day(ago), **chosen), level, list(MEASURES))
    return {key: {name: count for name, count in zip(MEASURES, counts, strict=True) if count} for key, *counts in rows}


@pytest.fixture
def amina(site, curriculum):
    """Enrolled 400 days ago."""
    person = make_learner("Amina", site, curriculum)
    Enrolment.objects.filter(person=person).update(opened_at=moment(400))
    person.postings.update(starts_on=day(500))
    return person


def award(person, ago, *, valid=365, **fields):
    person.enrolments.update(completed_at=moment(ago))
    values = {"awarded_on": day(ago), "valid_until": day(ago - valid)}
    values |= {"drawn_at": moment(ago), "confirmed_at": moment(ago)}
    return make_certificate(person, **(values | fields))


def test_nobody_before_the_enrolment(hr, amina):
    assert numbers(hr, 401) == {}
    assert numbers(hr, 400) == {"KE": {"people": 1, "in_progress": 1}}


def test_certificate_counts_from_its_award_until_its_end(hr, amina):
    award(amina, 300, valid=200)
    assert numbers(hr, 301)["KE"] == {"people": 1, "in_progress": 1}
    assert numbers(hr, 300)["KE"] == {"people": 1, "certified": 1}
    assert numbers(hr, 191)["KE"] == {"people": 1, "certified": 1}
    assert numbers(hr, 190)["KE"] == {"people": 1, "certified": 1, "ends": 1}
    assert numbers(hr, 190, within=60)["KE"] == {"people": 1, "certified": 1}
    assert numbers(hr, 100)["KE"] == {"people": 1, "certified": 1, "ends": 1}
    assert numbers(hr, 99)["KE"] == {"people": 1, "expired": 1}


def test_withdrawal_counts_from_its_day(hr, amina):
    award(amina, 100, revoked_at=moment(50))
    assert numbers(hr, 51)["KE"] == {"people": 1, "certified": 1}
    assert numbers(hr, 50)["KE"] == {"people": 1, "other": 1}


def test_withdrawal_that_was_taken_back_counts_for_its_days(hr, amina):
    certificate = award(amina, 100, revoked_at=moment(10))
    for kind, ago in (("revoked", 50), ("reinstated", 30), ("revoked", 10)):
        CertificateEvent.objects.create(certificate=certificate, kind=kind, at=moment(ago))
    withdrawn, certified = {"people": 1, "other": 1}, {"people": 1, "certified": 1}
    expected = {51: certified, 50: withdrawn, 31: withdrawn, 30: certified, 11: certified, 10: withdrawn, 0: withdrawn}
    assert {ago: numbers(hr, ago)["KE"] for ago in expected} == expected


def test_certificate_that_was_given_back_was_withdrawn_before(hr, amina):
    certificate = award(amina, 100)
    for kind, ago in (("revoked", 50), ("upheld", 40), ("reinstated", 30)):
        CertificateEvent.objects.create(certificate=certificate, kind=kind, at=moment(ago))
    for ago, is_certified in {51: True, 50: False, 31: False, 30: True, 0: True}.items():
        assert certified_on(hr, [day(ago)]) == [is_certified]
        assert (progress_of_people(hr, day(ago)).get().state in states.CERTIFIED) == is_certified


def test_certificate_waited_for_hr_and_for_the_drawing(hr, amina):
    award(amina, 100, confirmed_at=moment(80), drawn_at=moment(70))
    assert numbers(hr, 81)["KE"] == {"people": 1, "to_confirm": 1}
    assert numbers(hr, 71)["KE"] == {"people": 1, "other": 1}
    assert numbers(hr, 70)["KE"] == {"people": 1, "certified": 1}


def test_certificate_was_blocked_between_its_events(hr, amina):
    certificate = award(amina, 100, drawn_at=moment(20))
    for kind, ago in (("blocked", 90), ("unblocked", 30)):
        CertificateEvent.objects.create(certificate=certificate, kind=kind, at=moment(ago))
    assert numbers(hr, 91)["KE"] == {"people": 1, "other": 1}
    assert numbers(hr, 60)["KE"] == {"people": 1, "blocked": 1}
    assert numbers(hr, 30)["KE"] == {"people": 1, "other": 1}
    assert numbers(hr)["KE"] == {"people": 1, "certified": 1}


def test_blocked_today_is_what_the_payload_says(hr, amina):
    award(amina, 10, drawn_at=None, pdf_sha256="", blocked="No signatory")
    assert numbers(hr)["KE"] == {"people": 1, "blocked": 1}


def test_replacement_takes_over_on_the_day_of_the_replacing(hr, amina):
    first = award(amina, 100, specimen=True, superseded_at=moment(40))
    award(amina, 100, drawn_at=moment(40), supersedes=first)
    assert numbers(hr, 41)["KE"] == {"people": 1, "specimen": 1}
    assert numbers(hr, 40)["KE"] == {"people": 1, "certified": 1}


@pytest.mark.parametrize("renewal", [
    {"drawn_at": None, "pdf_sha256": ""},
    {"drawn_at": None, "pdf_sha256": "", "confirmed_at": None},
    {"specimen": True},
    {},
])  # fmt: skip
def test_who_renews_is_counted_once_by_what_is_valid(hr, amina, renewal):
    """While the new one is confirmed and drawn, the old one still holds."""
    award(amina, 300, valid=320)
    award(amina, 1, enrolment=None, **renewal)
    found = {key: value for key, value in numbers(hr)["KE"].items() if key != "ends"}
    assert found == {"people": 1, "certified": 1}
    assert progress_of_people(hr, timezone.localdate()).get().state in states.CERTIFIED


def test_who_renews_is_counted_by_the_new_one_when_the_old_one_is_over(hr, amina):
    award(amina, 400, valid=395)
    award(amina, 1, enrolment=None, drawn_at=None, pdf_sha256="")
    assert numbers(hr)["KE"] == {"people": 1, "other": 1}


def test_move_counts_where_she_was(hr, site, amina):
    other = make_site("KE-002", name="Busia Clinic")
    amina.postings.update(ends_on=day(31))
    amina.postings.create(role=Role.LEARNER, country_id="KE", site=other, starts_on=day(30))
    assert set(numbers(hr, 31, "site")) == {site.pk}
    assert set(numbers(hr, 30, "site")) == {other.pk}
    assert set(numbers(hr, 31, "cohort")) == {None}


def test_latest_of_two_postings_is_where_she_learns(hr, site, amina):
    other = make_site("KE-002", name="Busia Clinic")
    amina.postings.create(role=Role.LEARNER, country_id="KE", site=other, starts_on=day(30))
    assert set(numbers(hr, 0, "site")) == {other.pk}
    assert set(numbers(hr, 31, "site")) == {site.pk}


def test_leaving_counts_from_its_day(hr, amina):
    amina.enrolments.update(closed_at=moment(20))
    assert numbers(hr, 21)["KE"] == {"people": 1, "in_progress": 1}
    assert numbers(hr, 20)["KE"] == {"people": 1, "other": 1}


def test_overdue_by_her_own_day_else_by_the_cohorts(hr, site, curriculum, amina):
    cohort = make_cohort(site, curriculum)
    type(cohort).objects.filter(pk=cohort.pk).update(starts_on=day(400), ends_on=day(40))
    amina.enrolments.update(cohort=cohort)
    assert "overdue" not in numbers(hr, 40)["KE"]
    assert numbers(hr, 39)["KE"] == {"people": 1, "in_progress": 1, "overdue": 1}
    assert numbers(hr, 9)["KE"] == {"people": 1, "in_progress": 1, "overdue": 1, "long_overdue": 1}
    amina.enrolments.update(due_on=day(5))
    assert "overdue" not in numbers(hr, 5)["KE"]
    assert "long_overdue" not in numbers(hr)["KE"]
    award(amina, 2)
    assert numbers(hr, 3)["KE"]["overdue"] == 1
    assert numbers(hr, 2)["KE"] == {"people": 1, "certified": 1}


def test_must_retrain_from_the_flag_until_it_is_done_again(hr, trainer, curriculum, amina):
    completion = complete_unit(amina, curriculum.lessons[0])
    assert "again" not in numbers(hr)["KE"]
    flag_completion(completion, by=trainer, reason="New guideline")
    assert numbers(hr)["KE"]["again"] == 1
    assert "again" not in numbers(hr, 1)["KE"]
    complete_unit(amina, curriculum.lessons[0])
    assert "again" not in numbers(hr)["KE"]


def test_renewal_is_judged_by_the_newest_certificate(hr, amina):
    award(amina, 399)
    second = Enrolment.objects.get(person=amina)
    second.pk, second.cycle, second.opened_at, second.completed_at = None, 2, moment(60), None
    second._state.adding = True
    second.save()
    assert numbers(hr, 35)["KE"] == {"people": 1, "certified": 1, "ends": 1}
    assert numbers(hr, 20)["KE"] == {"people": 1, "expired": 1}
    make_certificate(amina, enrolment=second, awarded_on=day(10), drawn_at=moment(10), confirmed_at=moment(10))
    assert numbers(hr)["KE"] == {"people": 1, "certified": 1}


def test_merged_and_erased_people_are_nobody(hr, amina, site, curriculum):
    kept = make_learner("Beatrice", site, curriculum)
    amina.is_active, amina.merged_into = False, kept
    amina.save()
    assert numbers(hr)["KE"]["people"] == 1


def test_scope_is_hers(hr, other_country_hr, administrator, trainer, site, amina, lesotho_learner, curriculum):
    make_learner("Palesa", lesotho_learner.postings.get().site, curriculum)
    assert set(numbers(hr)) == {"KE"}
    assert set(numbers(other_country_hr)) == {"LS"}
    assert set(numbers(administrator)) == {"KE", "LS"}
    other = make_site("KE-009", name="Far Clinic")
    make_learner("Cecilia", other, curriculum)
    trainer.postings.update(site=site)
    assert numbers(trainer, 0, "site") == {site.pk: {"people": 1, "in_progress": 1}}


@pytest.mark.parametrize("measure", list(MEASURES))
def test_list_holds_whom_the_number_counts(hr, people, measure):
    chosen = Chosen(timezone.localdate())
    counted = sum(count for _key, count in count_by(hr, chosen, "site", [measure]))
    assert enrolments_where(hr, chosen, measure).count() == counted


def test_one_query_whatever_the_level(hr, people, django_assert_num_queries):
    assert LEVELS == ("country", "site", "cohort", "job")
    for level in LEVELS:
        with django_assert_num_queries(1):
            count_by(hr, Chosen(timezone.localdate()), level, list(MEASURES))
