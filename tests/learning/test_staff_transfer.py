"""The forms that move a person to another site or hand her over to another country."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.permissions import certificate_kept_by, certificates_changed_by
from lms.learning.models import Cohort
from lms.learning.services import enrol
from lms.people.models import Posting, Role
from tests.factories.certificates import finish
from tests.factories.people import make_site

DAY = timedelta(days=1)


@pytest.fixture
def as_hr(client, hr):
    client.force_login(hr)
    return client


@pytest.fixture
def posting(learner):
    Posting.objects.filter(person=learner).update(starts_on=date(2026, 1, 1))
    return learner.postings.get()


def url(name, person):
    return reverse(f"staff_enrolments:{name}", args=[person.pk])


def days(last_day=None):
    last_day = last_day or timezone.localdate() - DAY
    return {"last_day": last_day.isoformat(), "first_day": (last_day + DAY).isoformat()}


def test_she_moves_with_her_cohort(as_hr, learner, posting, curriculum):
    there = make_site("KE-002")
    key = curriculum.programme.translation_key
    cohort = Cohort.objects.create(name="April", country_id="KE", programme_key=key, starts_on=date(2026, 4, 1))
    enrolment = enrol(learner, curriculum.programme)
    data = {"postings": [posting.pk], "site": there.pk, "cohort": cohort.pk} | days()
    for _ in range(2):
        assert as_hr.post(url("transfer", learner), data).status_code in (200, 302)
    enrolment.refresh_from_db()
    assert enrolment.cohort == cohort
    assert learner.postings.current().get().site == there
    assert learner.postings.count() == 2


def test_a_full_cohort_leaves_her_where_she_is(as_hr, learner, site, posting, curriculum):
    key = curriculum.programme.translation_key
    fields = {"programme_key": key, "starts_on": date(2026, 4, 1), "capacity": 0}
    cohort = Cohort.objects.create(name="April", country_id="KE", **fields)
    enrol(learner, curriculum.programme)
    data = {"postings": [posting.pk], "site": make_site("KE-002").pk, "cohort": cohort.pk} | days()
    assert "This cohort is full." in as_hr.post(url("transfer", learner), data).content.decode()
    assert learner.postings.current().get().site == site


def test_sites_of_other_countries_and_closed_ones_are_not_offered(as_hr, learner, posting, other_site):
    closed = make_site("KE-003", closed_on=date(2026, 1, 1))
    for site in (other_site, closed):
        assert as_hr.post(url("transfer", learner), {"site": site.pk} | days()).status_code == 200
    crossed = days() | {"first_day": days()["last_day"], "site": make_site("KE-002").pk}
    assert "comes after the last day" in as_hr.post(url("transfer", learner), crossed).content.decode()
    assert learner.postings.count() == 1


def test_handed_over_she_is_the_other_countrys(client, as_hr, hr, learner, posting, lesotho, other_country_hr):
    data = {"country": "LS", "last_day": days()["last_day"]}
    assert as_hr.post(url("hand-over", learner), data).url == "/cms/people/"
    assert as_hr.post(url("hand-over", learner), data).status_code == 404
    client.force_login(other_country_hr)
    assert client.get(reverse("staff_people:show", args=[learner.pk])).status_code == 200


def test_nobody_takes_her_out_of_a_country(client, learner, other_country_hr, trainer):
    client.force_login(other_country_hr)
    data = {"country": "LS", "last_day": days()["last_day"]}
    assert client.post(url("hand-over", learner), data).status_code == 404
    assert client.get(url("transfer", learner)).status_code == 404
    client.force_login(trainer)
    assert client.post(url("hand-over", learner), data).url == "/cms/"
    client.logout()
    assert "login" in client.post(url("hand-over", learner), data).url
    learner.refresh_from_db()
    assert learner.country_id == "KE"


def test_who_holds_office_and_days_to_come_are_named(as_hr, trainer, learner, posting, lesotho):
    data = {"country": "LS", "last_day": (timezone.localdate() + DAY).isoformat()}
    assert "on her last day, or afterwards" in as_hr.post(url("hand-over", learner), data).content.decode()
    data["last_day"] = timezone.localdate().isoformat()
    assert "staff role here" in as_hr.post(url("hand-over", trainer), data).content.decode()


def test_hr_of_both_countries_see_her_certificate_and_the_issuing_one_changes_it(
    as_hr, hr, other_country_hr, learner, posting, curriculum
):
    certificate = finish(learner, curriculum)
    as_hr.post(url("hand-over", learner), {"country": "LS", "last_day": days()["last_day"]})
    for person in (hr, other_country_hr):
        assert certificate_kept_by(person, certificate.pk) == certificate
    assert certificates_changed_by(hr).exists() and not certificates_changed_by(other_country_hr).exists()


def test_an_observer_keeps_her_role_at_the_new_site(as_hr, observer):
    Posting.objects.filter(person=observer).update(starts_on=date(2026, 1, 1))
    there = make_site("KE-002")
    as_hr.post(url("transfer", observer), {"postings": [observer.postings.get().pk], "site": there.pk} | days())
    assert observer.postings.current().get().role == Role.OBSERVER
