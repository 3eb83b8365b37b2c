"""Each rule at its boundary: the last day it is kept, and the day after."""

from datetime import date, datetime, timedelta
from io import StringIO
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.core.models import PlatformSettings
from lms.learning.models import Intake
from lms.messaging.models import Message
from lms.people.models import Broadcast, DataRequest, Departure, Device, OneTimeCode, Selection, SupportCode
from lms.people.rights import retention

NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Africa/Nairobi"))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def rule(what: str) -> retention.Rule:
    return next(rule for rule in retention.rules() if rule.what.startswith(what))


def leave(person, on: date) -> Departure:
    person.is_active = False
    person.save()
    return Departure.objects.create(person=person, left_on=on, reason="resigned")


def make_wish(person, age):
    return DataRequest.objects.create(
        person=person, kind="correct", words="My name", granted=True, decided_at=timezone.now() - age
    )


def make_support(person, age):
    moment = timezone.now() - age
    return SupportCode.objects.create(person=person, code_hash="h", made_at=moment, expires_at=moment)


def make_code(person, age):
    moment = timezone.now() - age
    return OneTimeCode.objects.create(person=person, code_hash="h", expires_at=moment, used_at=moment)


def make_session(person, age):
    row = UserSession.objects.create(user=person, session_key="k" * 32, ip="10.0.0.9")
    UserSession.objects.filter(pk=row.pk).update(last_seen_at=timezone.now() - age)
    return row


def make_device(person, age):
    return Device.objects.create(person=person, token_hash="h", last_used_at=timezone.now() - age)


def make_message(person, age):
    return Message.objects.create(kind="x", channel="sms", language="en", address="1", created_at=timezone.now() - age)


def make_letter(person, age):
    moment = timezone.now() - age
    return Broadcast.objects.create(by=person, words="Come", made_at=moment, sent_at=moment)


def make_list(person, age):
    row = Selection.objects.create(by=person)
    Selection.objects.filter(pk=row.pk).update(made_at=timezone.now() - age)
    return row


def make_task(person, age):
    row = DBTaskResult.objects.create(
        status="SUCCESSFUL", task_path="x", backend_name="default", args_kwargs={"args": [], "kwargs": {}}
    )
    DBTaskResult.objects.filter(pk=row.pk).update(finished_at=timezone.now() - age)
    return row


def make_intake(person, age):
    row = Intake.objects.create(
        country=person.country, programme_key=uuid4(), starts_on=timezone.localdate(), uploaded_by=person
    )
    Intake.objects.filter(pk=row.pk).update(uploaded_at=timezone.now() - age)
    return row


BOUNDARIES = {
    "words of answered wishes": (make_wish, timedelta(days=730)),
    "support codes": (make_support, timedelta(days=30)),
    "one-time codes": (make_code, timedelta(days=180)),
    "sign-ins": (make_session, timedelta(days=180)),
    "browsers": (make_device, timedelta(days=400)),
    "words of messages": (make_message, timedelta(days=90)),
    "words to many": (make_letter, timedelta(days=90)),
    "lists that were ticked": (make_list, timedelta(days=7)),
    "finished tasks": (make_task, timedelta(days=14, seconds=-1)),
    "intakes": (make_intake, timedelta(days=14)),
}


@pytest.mark.parametrize("what", BOUNDARIES)
def test_a_rule_waits_for_its_day(learner, what):
    make, age = BOUNDARIES[what]
    made = make(learner, age)
    assert not rule(what).due().exists()
    rule(what).carry_out()
    assert type(made).objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("what", BOUNDARIES)
def test_a_rule_is_carried_out_after_it(learner, what):
    make, age = BOUNDARIES[what]
    make(learner, age + timedelta(seconds=1))
    assert rule(what).due().count() == 1
    rule(what).carry_out()
    assert rule(what).due().count() == 0


def test_every_rule_stands_at_its_boundary_here(db):
    tested = {rule(what).what for what in BOUNDARIES} | {rule("people who left").what}
    assert {found.what for found in retention.rules()} == tested


@pytest.mark.parametrize(("left_on", "goes"), [(date(2019, 11, 21), False), (date(2019, 11, 20), True)])
def test_who_left_is_erased_after_the_years(learner, left_on, goes):
    leave(learner, left_on)
    assert retention.erase_leavers() == goes
    learner.refresh_from_db()
    assert bool(learner.erased_at) == goes


def test_the_years_are_a_setting(learner):
    PlatformSettings.objects.update_or_create(defaults={"keep_leavers_years": 1})
    leave(learner, date(2025, 11, 20))
    assert retention.leavers().count() == 1


def test_who_came_back_stays(learner):
    departure = leave(learner, date(2010, 1, 1))
    departure.ended_at, departure.rejoined_on = timezone.now(), date(2010, 2, 1)
    departure.save()
    assert not retention.leavers().exists()


def test_one_that_fails_stops_none_of_the_others(learner, other_learner, monkeypatch, caplog):
    for person in (learner, other_learner):
        leave(person, date(2010, 1, 1))
    erase = retention.erase_person
    monkeypatch.setattr(retention, "erase_person", lambda person: 1 / 0 if person == learner else erase(person))
    assert retention.erase_leavers() == 1
    assert learner.staff_number in caplog.text


def test_a_dry_run_changes_nothing(learner):
    leave(learner, date(2010, 1, 1))
    out = StringIO()
    call_command("apply_retention", dry_run=True, stdout=out)
    assert "1  people who left: erased" in out.getvalue() and "Nothing was changed." in out.getvalue()
    assert retention.leavers().count() == 1
    call_command("apply_retention", stdout=out)
    assert retention.leavers().count() == 0


def test_the_tick_does_it_once_a_day(learner):
    retention.apply_daily()
    leave(learner, date(2010, 1, 1))
    retention.apply_daily()
    assert retention.leavers().count() == 1
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        retention.apply_daily()
        assert retention.leavers().count() == 0
