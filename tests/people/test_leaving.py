"""Who leaves, comes back, or left by mistake."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.learning.enrolling import close_enrolment
from lms.learning.services import complete_unit, enrol
from lms.people import leaving
from lms.people.models import Departure, Posting, Role
from lms.people.services import find_open_code, issue_one_time_code, post_person, reset_secret
from tests.factories.people import make_site, sign_in

TODAY = timezone.localdate
DAY = timedelta(days=1)


def leave(person, by, days=0, **options):
    return leaving.leave(person, left_on=TODAY() + days * DAY, reason="resigned", by=by, **options)


def test_who_left_yesterday_is_out_at_once(client, learner, hr, curriculum):
    enrolment = enrol(learner, curriculum.programme)
    sign_in(client, learner)
    assert UserSession.objects.filter(user=learner).exists()
    Posting.objects.filter(person=learner).update(starts_on=TODAY() - 9 * DAY)
    departure = leave(learner, hr, days=-1)
    for row in (learner, enrolment):
        row.refresh_from_db()
    assert departure.ended_at and not learner.is_active
    assert not UserSession.objects.filter(user=learner).exists()
    assert "sign-in" in client.get("/en/", follow=True).redirect_chain[-1][0]
    assert not learner.postings.not_over().exists()
    assert (enrolment.closed_reason, bool(enrolment.closed_at)) == ("Left", True)


def test_who_leaves_later_works_until_the_end_of_her_last_day(learner, hr):
    post_person(learner, Role.OBSERVER, site=make_site("KE-009"), starts_on=TODAY() + 9 * DAY)
    departure = leave(learner, hr, days=3)
    learner.refresh_from_db()
    assert learner.is_active and departure.ended_at is None
    assert [posting.ends_on for posting in learner.postings.all()] == [departure.left_on]
    assert leaving.end_departures() == 0
    with time_machine.travel(timezone.now() + 4 * DAY, tick=False):
        assert leaving.end_departures() == 1
        assert leaving.end_departures() == 0
    learner.refresh_from_db()
    assert not learner.is_active


def test_at_once_ends_it_today(learner, hr):
    leave(learner, hr, at_once=True)
    learner.refresh_from_db()
    assert not learner.is_active


def test_a_second_press_notes_nothing_new(learner, hr):
    assert leave(learner, hr) == leave(learner, hr)
    assert Departure.objects.count() == ModelLogEntry.objects.filter(action="people.leave").count() == 1


def test_staff_lose_their_groups_with_their_postings(trainer, hr):
    Posting.objects.filter(person=trainer).update(starts_on=TODAY() - 9 * DAY)
    leave(trainer, hr, days=-1)
    assert not trainer.groups.exists()


def test_taken_back_on_the_same_day_everything_goes_on(learner, hr, curriculum):
    enrolment, closed_before = enrol(learner, curriculum.programme), learner.postings.get()
    code = issue_one_time_code(learner, hr).replace("-", "")
    later = post_person(learner, Role.OBSERVER, site=make_site("KE-009"), starts_on=TODAY() + 9 * DAY)
    departure = leave(learner, hr, at_once=True)
    assert not find_open_code(learner.staff_number, code)
    leaving.take_back(departure, by=hr)
    for row in (learner, enrolment, closed_before):
        row.refresh_from_db()
    assert learner.is_active and enrolment.closed_at is None and closed_before.ends_on is None
    assert learner.postings.get(role=Role.OBSERVER).starts_on == later.starts_on
    assert find_open_code(learner.staff_number, code)
    assert not Departure.objects.exists()
    with pytest.raises(leaving.TooLate):
        leaving.take_back(departure, by=hr)


def test_taking_back_leaves_closed_what_was_closed_before(learner, hr, curriculum):
    enrolment = close_enrolment(enrol(learner, curriculum.programme), "Moved away", hr)
    leaving.take_back(leave(learner, hr, at_once=True), by=hr)
    enrolment.refresh_from_db()
    assert enrolment.closed_reason == "Moved away"


def test_the_next_day_it_is_too_late_to_take_it_back(learner, hr):
    departure = leave(learner, hr, at_once=True)
    with time_machine.travel(timezone.now() + DAY, tick=False), pytest.raises(leaving.TooLate):
        leaving.take_back(departure, by=hr)


def test_who_comes_back_goes_on_with_a_new_code(learner, hr, site, curriculum):
    enrolment = enrol(learner, curriculum.programme)
    complete_unit(learner, curriculum.lessons[0])
    departure = leave(learner, hr, at_once=True)
    with time_machine.travel(timezone.now() + 30 * DAY, tick=False):
        code = leaving.rejoin(departure, site=site, on=TODAY(), by=hr)
        for row in (learner, enrolment, departure):
            row.refresh_from_db()
        assert learner.is_active and not learner.has_usable_password()
        assert find_open_code(learner.staff_number, code.replace("-", ""))
        assert departure.rejoined_on == TODAY()
        assert (enrolment.closed_at, enrolment.done_count) == (None, 1)
        assert learner.postings.current().get().site == site
        with pytest.raises(leaving.NotLeft):
            leaving.rejoin(departure, site=site, on=TODAY(), by=hr)


def test_who_begins_anew_keeps_her_old_cycle_closed(learner, hr, site, curriculum):
    enrolment = enrol(learner, curriculum.programme)
    departure = leave(learner, hr, at_once=True)
    leaving.rejoin(departure, site=site, on=TODAY() + DAY, by=hr, go_on=False)
    enrolment.refresh_from_db()
    assert enrolment.closed_at
    assert enrol(learner, curriculum.programme).cycle == 2


def test_nobody_comes_back_before_she_left(learner, hr, site):
    departure = leave(learner, hr, at_once=True)
    with pytest.raises(leaving.BackTooEarly):
        leaving.rejoin(departure, site=site, on=TODAY(), by=hr)


def test_who_still_works_does_not_come_back(learner, hr, site):
    with pytest.raises(leaving.NotLeft):
        leaving.rejoin(leave(learner, hr, days=2), site=site, on=TODAY() + 3 * DAY, by=hr)


def test_a_code_printed_while_she_was_out_opens_nothing_once_it_is_taken_back(learner, hr, trainer):
    old = issue_one_time_code(learner, hr).replace("-", "")
    departure = leave(learner, hr, at_once=True)
    printed = reset_secret(learner, trainer).replace("-", "")
    leaving.take_back(departure, by=hr)
    assert find_open_code(learner.staff_number, old) and not find_open_code(learner.staff_number, printed)


def test_no_passkey_of_before_opens_the_door_to_who_comes_back(learner, hr, site):
    Authenticator.objects.create(user=learner, type=Authenticator.Type.WEBAUTHN, data={})
    leaving.rejoin(leave(learner, hr, at_once=True), site=site, on=TODAY() + DAY, by=hr)
    assert not Authenticator.objects.exists()
