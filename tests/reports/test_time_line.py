"""One person's time line: everything in one order, by kinds and pages, told to those who may read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt
from certificates.models import CertificateEvent
from lms.learning.services import complete_unit, flag_completion
from lms.messaging.models import Message
from lms.people.models import Departure
from lms.people.services import reset_secret
from lms.reports.record.time_line import time_line

from .rows import make_certificate


@pytest.fixture
def told(people, hr, trainer, curriculum):
    """Cecilia, of whom there is something of each kind."""
    person, now = people[2], timezone.now()
    make_certificate(person)
    CertificateEvent.objects.create(certificate=person.certificates.get(), kind="confirmed", by=hr, at=now)
    person.first_signed_in_at = now - timedelta(days=9)
    person.save()
    flag_completion(person.completions.get(), by=trainer, reason="Changed")
    complete_unit(person, curriculum.lessons[0])
    complete_unit(person, curriculum.lessons[1])
    Attempt.objects.create(
        person=person, unit_key=curriculum.quiz.translation_key, title="Quiz one", purpose="certifying", number=1,
        language="en", country_code="KE", pass_mark=80, paper=[{"id": "a"}], key={}, handed_in_at=now, score=0,
    )  # fmt: skip
    Message.objects.create(kind="x", channel="sms", language="en", about=person.pk, body="Secret words")
    Departure.objects.create(person=person, reason="died", left_on=timezone.localdate(), noted_by=hr)
    reset_secret(person, hr)
    return person


def address(person, query=""):
    return reverse("reports:person-time-line", args=[person.pk]) + query


def test_lines_are_newest_first_and_name_who_did_it(told, hr):
    found = time_line(told, keeps=True)
    assert [line.at for line in found] == sorted((line.at for line in found), reverse=True)
    said = {line.text: line.by for line in found}
    assert said["PIN reset, signed out everywhere"] == hr.get_full_name()
    assert said["Left: Died"] == hr.get_full_name()
    assert "Quiz one, try 1: not yet, 0 of 1" in said and "Signed in for the first time" in said
    assert any(text.endswith("Changed") for text in said) and any("Confirmed by HR" in text for text in said)
    assert not any("Secret words" in text for text in said)


def test_completions_of_a_day_are_one_line(told):
    done = [line.text for line in time_line(told, keeps=True) if line.text.startswith("Completed:")]
    assert len(done) == 1 and "What TB is" in done[0]


def test_why_she_left_and_who_looked_are_for_those_who_keep_her_record(as_, hr, trainer, told):
    client = as_(trainer)
    for _twice in range(2):
        text = client.get(address(told)).text
    assert "Left" in text and "Died" not in text and "Record of a person looked at" not in text
    assert "Record of a person looked at" in as_(hr).get(address(told, "?kind=looked")).text
    assert as_(trainer).get(address(told, "?kind=looked")).context["kind"] == ""


def test_kind_and_pages_choose_lines(as_, hr, told):
    for _number in range(60):
        Message.objects.create(kind="x", channel="sms", language="en", about=told.pk)
    client = as_(hr)
    only = client.get(address(told, "?kind=messages&p=2")).context["page"]
    assert (only.paginator.count, len(only)) == (61, 11)
    assert {line.kind for line in only} == {"messages"}


def test_time_line_is_closed_to_strangers_and_other_countries(client, as_, hr, other_country_hr, told, learner):
    assert client.get(address(told)).status_code == 302
    assert as_(learner).get(address(told)).status_code == 302
    assert as_(other_country_hr).get(address(told)).status_code == 404
    assert as_(hr).post(address(told)).status_code == 405


def test_time_line_takes_the_same_queries_however_long_it_is(told, people):
    taken = []
    for person in (people[3], told):
        with CaptureQueriesContext(connection) as queries:
            time_line(person, keeps=True)
        taken.append(len(queries))
    assert taken[0] == taken[1]


def test_record_shows_contact_to_those_who_keep_it(as_, hr, trainer, told):
    told.phone, told.job = "+254712345678", "Team leader"
    told.save()
    page = reverse("reports:person", args=[told.pk])
    assert "Team leader" in as_(hr).get(page).text
    for secret in ("Team leader", "712 345678", "712345678"):
        assert secret not in as_(trainer).get(page).text
