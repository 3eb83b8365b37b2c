"""Leaving, taking it back and coming back in the admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.people import leaving
from lms.people.models import Departure

TODAY = timezone.localdate


def url(name, *args):
    return reverse(f"staff_people:{name}", args=args)


@pytest.fixture
def left(learner, hr):
    return leaving.leave(learner, left_on=TODAY(), reason="resigned", by=hr, at_once=True)


def test_a_departure_is_noted_once(as_hr, learner):
    data = {"left_on": TODAY().isoformat(), "reason": "resigned", "at_once": "on"}
    for _ in range(2):
        assert as_hr.post(url("leave", learner.pk), data).url == url("show", learner.pk)
    assert Departure.objects.get().ended_at
    shown = as_hr.get(url("show", learner.pk)).content.decode()
    assert "Resigned" in shown and url("rejoin", learner.pk) in shown and url("leave", learner.pk) not in shown


def test_a_reason_is_asked_for(as_hr, learner):
    assert as_hr.post(url("leave", learner.pk), {"left_on": TODAY().isoformat()}).status_code == 200
    assert not Departure.objects.exists()


def test_why_she_left_is_for_the_office_only(as_trainer, learner, left):
    assert "Resigned" not in as_trainer.get(url("show", learner.pk)).content.decode()


def test_a_mistake_is_taken_back_and_a_second_press_does_nothing(as_hr, learner, left):
    page = url("take-back", learner.pk, left.pk)
    assert as_hr.get(page).status_code == 200
    for _ in range(2):
        assert as_hr.post(page).url == url("show", learner.pk)
    learner.refresh_from_db()
    assert learner.is_active and not Departure.objects.exists()


def test_coming_back_gives_a_slip(as_hr, learner, left, site, other_site):
    page = url("rejoin", learner.pk)
    tomorrow = TODAY() + timedelta(days=1)
    refused = as_hr.post(page, {"site": site.pk, "on": TODAY().isoformat()})
    assert "after her last day" in refused.content.decode()
    assert as_hr.post(page, {"site": other_site.pk, "on": tomorrow.isoformat()}).status_code == 200
    slip = as_hr.post(page, {"site": site.pk, "on": tomorrow.isoformat(), "go_on": "on"})
    assert "no-store" in slip["Cache-Control"] and learner.staff_number in slip.content.decode()
    assert as_hr.post(page, {"site": site.pk, "on": tomorrow.isoformat()}).url == url("show", learner.pk)
    learner.refresh_from_db()
    assert learner.is_active and learner.one_time_codes.count() == 1


def test_only_those_who_keep_her_record(client, learner, left, trainer, other_country_hr):
    pages = [url("leave", learner.pk), url("rejoin", learner.pk), url("take-back", learner.pk, left.pk)]
    client.force_login(other_country_hr)
    assert [client.post(page).status_code for page in pages] == [404] * 3
    client.force_login(trainer)
    assert [client.post(page).url for page in pages] == ["/cms/"] * 3
    client.logout()
    assert all("login" in client.get(page).url for page in pages)
    left.refresh_from_db()
    assert left.rejoined_on is None


def test_who_stood_above_is_brought_back_from_above_only(as_hr, hr, lead, administrator):
    """A colleague below could else reset who holds nothing for the moment, and bring the role back with the code."""
    lead.postings.update(starts_on=TODAY() - timedelta(days=9))
    gone = leaving.leave(lead, left_on=TODAY() - timedelta(days=1), reason="resigned", by=administrator)
    page = url("take-back", lead.pk, gone.pk)
    assert as_hr.get(page).url == as_hr.post(page).url == "/cms/"
    assert page not in as_hr.get(url("show", lead.pk)).content.decode()
    assert not lead.postings.not_over().exists()
    as_hr.force_login(administrator)
    assert as_hr.post(page).url == url("show", lead.pk)
    assert lead.postings.current().exists()
