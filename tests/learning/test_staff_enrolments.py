"""One person's enrolments in the admin."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.learning.models import Cohort, Enrolment
from lms.learning.services import enrol
from tests.factories.content import make_programme, row
from tests.factories.learning import finish


@pytest.fixture
def as_hr(client, hr):
    client.force_login(hr)
    return client


@pytest.fixture
def cohort(curriculum, kenya):
    key = curriculum.programme.translation_key
    return Cohort.objects.create(name="March", country=kenya, programme_key=key, starts_on=date(2026, 3, 1))


def url(name, row):
    return reverse(f"staff_enrolments:{name}", args=[row.pk])


def text(response) -> str:
    return response.content.decode()


def test_somebody_who_is_there_is_enrolled_once(as_hr, learner, curriculum, cohort):
    data = {"programme": curriculum.programme.pk, "cohort": cohort.pk, "due_on": "2027-01-31"}
    assert as_hr.post(url("new", learner), data).url == url("of", learner)
    enrolment = learner.enrolments.get()
    assert (enrolment.cohort, enrolment.due_on) == (cohort, date(2027, 1, 31))
    assert "in this programme already" in text(as_hr.post(url("new", learner), data))


def test_days_are_those_of_her_clock(as_hr, learner, curriculum):
    """At 22:00 by the clock of UTC the next day has begun in Nairobi."""
    enrol(learner, curriculum.programme)
    at = datetime(2026, 2, 28, 22, tzinfo=UTC)
    for moment, words in (("closed_at", "Closed on 1 Mar 2026"), ("completed_at", "Completed on 1 Mar 2026")):
        Enrolment.objects.update(**({"closed_at": None} | {moment: at}))
        assert words in text(as_hr.get(url("of", learner)))


def test_a_full_cohort_and_one_of_another_programme_are_named(as_hr, learner, curriculum, cohort):
    Cohort.objects.update(capacity=0)
    data = {"programme": curriculum.programme.pk, "cohort": cohort.pk}
    assert "This cohort is full." in text(as_hr.post(url("new", learner), data))
    Cohort.objects.update(programme_key=uuid4())
    assert "learns another programme" in text(as_hr.post(url("new", learner), data))
    assert not learner.enrolments.exists()


def test_what_comes_before_is_named_until_somebody_saw_her_papers(as_hr, learner, curriculum):
    value = {"programme": curriculum.programme.pk, "how_far": "completed"}
    firsts = [{"type": "first", "id": str(uuid4()), "value": value}]
    rows = [row(curriculum.lessons[0])]
    second = make_programme(curriculum.home, rows, title="Second", code="second", firsts=firsts)
    refused = text(as_hr.post(url("new", learner), {"programme": second.pk}))
    assert f"It comes after {curriculum.programme.title}." in refused
    assert as_hr.post(url("new", learner), {"programme": second.pk, "done_before": "on"}).status_code == 302


def test_move_close_and_reopen(as_hr, learner, curriculum, cohort):
    enrolment = enrol(learner, curriculum.programme)
    assert as_hr.post(url("move", enrolment), {"cohort": cohort.pk}).url == url("of", learner)
    as_hr.post(url("close", enrolment), {"reason": "Went to another job"})
    enrolment.refresh_from_db()
    assert (enrolment.cohort, enrolment.closed_reason) == (cohort, "Went to another job")
    assert "Went to another job" in text(as_hr.get(url("of", learner)))
    for _ in range(2):
        assert as_hr.post(url("reopen", enrolment)).url == url("of", learner)
    enrolment.refresh_from_db()
    assert enrolment.closed_at is None


def test_what_is_completed_is_not_closed(as_hr, learner, curriculum):
    done = finish(learner, curriculum)
    assert "nothing to close" in text(as_hr.post(url("close", done), {"reason": "No"}))


def test_who_may(client, learner, trainer, observer, lesotho_learner, other_country_hr, curriculum):
    enrolment = enrol(learner, curriculum.programme)
    pages = [url("of", learner), url("new", learner), url("move", enrolment), url("close", enrolment)]
    for person in (other_country_hr, observer, learner):
        client.force_login(person)
        assert {client.get(page).status_code for page in pages} <= {404, 302}
        assert client.post(url("close", enrolment), {"reason": "No"}).status_code in (404, 302)
    client.force_login(trainer)
    assert {client.get(page).status_code for page in pages} == {200}
    assert client.get(url("of", lesotho_learner)).status_code == 404
    assert client.get(url("reopen", enrolment)).status_code == 405
    client.logout()
    assert "login" in client.get(pages[0]).url
    enrolment.refresh_from_db()
    assert enrolment.closed_at is None


def test_the_list_costs_the_same_for_one_and_three(as_hr, learner, curriculum):
    page = url("of", learner)
    as_hr.get(page)
    costs = []
    for number in range(3):
        rows = [row(curriculum.lessons[0])]
        enrol(learner, make_programme(curriculum.home, rows, title=f"P{number}", code=f"p{number}"))
        with CaptureQueriesContext(connection) as counted:
            assert as_hr.get(page).content.decode().count("0 of 1") == number + 1
        costs.append(len(counted))
    assert costs[0] == costs[2]
