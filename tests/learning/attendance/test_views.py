"""A day on the phone, on paper and in the register: who may, who belongs to it, what is saved."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from lms.learning.attendance.queries import attended
from lms.learning.models import Attendance, Day
from lms.learning.services import enrol
from lms.people.models import Role
from tests.factories.people import make_person, make_site, post

pytestmark = pytest.mark.django_db


def url(name: str, row) -> str:
    return reverse(f"attendance:{name}", args=[row.pk])


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def pages(cohort, day):
    """Address → whether one reads there only."""
    reads = [url("days", cohort), url("day", day), url("sheet", day), url("register", cohort)]
    writes = [url("add", cohort), url("edit", day), url("delete", day)]
    return dict.fromkeys(reads, True) | dict.fromkeys(writes, False)


def test_trainers_write_and_hr_reads(client, as_, pages, trainer, hr, other_country_hr, learner, observer):
    for page, reads in pages.items():
        client.logout()
        assert client.get(page).status_code == 302
        assert as_(trainer).get(page).status_code == 200
        assert as_(hr).get(page).status_code == (200 if reads else 404)
        for stranger in (other_country_hr, learner, observer):
            assert as_(stranger).get(page).status_code == 404
        assert as_(trainer).delete(page).status_code == 405


def test_who_reads_only_notes_nobody(as_, day, hr, learner):
    assert '<fieldset class="person" disabled>' in text(as_(hr).get(url("day", day)))
    assert as_(hr).post(url("day", day), {learner.staff_number: "there"}).status_code == 404
    assert not Attendance.objects.exists()


def test_day_is_made_and_changed_within_the_cohort(as_, cohort, trainer, site):
    client, on = as_(trainer), timezone.localdate()
    wanted = {"on": on.isoformat(), "topic": "Malaria", "site": site.pk}
    assert client.post(url("add", cohort), wanted).status_code == 303
    day = Day.objects.get()
    early = client.post(url("edit", day), wanted | {"on": (cohort.starts_on - timedelta(days=1)).isoformat()})
    assert early.status_code == 422 and "The cohort runs from" in early.content.decode()
    again = client.post(url("add", cohort), wanted)
    assert again.status_code == 422 and "there already" in again.content.decode()
    assert client.post(url("delete", day)).status_code == 303 and not Day.objects.exists()


def test_all_others_were_there(as_, day, trainer, learner, other_learner):
    data = {learner.staff_number: "excused", "all_there": "on", "seen": ""}
    said = text(as_(trainer).post(url("day", day), data, follow=True))
    assert "2 people noted." in said and "2 of 2 noted" in said and "Saved · Charity" in said
    states = dict(day.attendances.values_list("person", "state"))
    assert states == {learner.pk: "excused", other_learner.pk: "there"}
    assert attended(learner) == [("Kisumu 2026", 0, 1)]
    assert attended(other_learner) == [("Kisumu 2026", 1, 1)]


def test_page_posted_back_unchanged_saves_nothing(as_, day, trainer, learner):
    client = as_(trainer)
    client.post(url("day", day), {learner.staff_number: "there"})
    seen = client.get(url("day", day)).context["rows"].seen
    said = text(client.post(url("day", day), {learner.staff_number: "part", "seen": seen.isoformat()}, follow=True))
    assert "1 person noted." in said
    assert "noted." not in text(client.post(url("day", day), {learner.staff_number: "part"}, follow=True))


def test_somebody_else_noted_meanwhile(as_, day, trainer, learner, kenya):
    other = make_person("Halima", "Juma")
    post(other, Role.TRAINER)
    as_(other).post(url("day", day), {learner.staff_number: "absent"})
    said = text(as_(trainer).post(url("day", day), {learner.staff_number: "there", "seen": ""}, follow=True))
    assert "Noted by somebody else meanwhile: Amina Otieno, Not there." in said
    assert day.attendances.get().state == "absent"


def test_nonsense_saves_nothing(as_, day, trainer, learner, other_learner):
    data = {learner.staff_number: "there", other_learner.staff_number: "asleep"}
    assert "Nothing was saved" in text(as_(trainer).post(url("day", day), data, follow=True))
    assert not Attendance.objects.exists()


def test_who_joined_later_or_left(as_, day, cohort, trainer, learner, other_learner, curriculum, site):
    late = make_person("Cecilia", "Auma")
    post(late, Role.LEARNER, site)
    enrol(late, curriculum.programme, cohort=cohort)
    cohort.enrolments.filter(person=other_learner).update(closed_at=timezone.now() - timedelta(days=10))
    client = as_(trainer)
    said = text(client.get(url("day", day)))
    assert "Cecilia" in said and "joined later" in said and "Beatrice" not in said
    client.post(url("day", day), {"all_there": "on"})
    assert list(day.attendances.values_list("person", flat=True)) == [learner.pk]
    cohort.enrolments.filter(person=learner).update(closed_at=timezone.now() - timedelta(days=8))
    assert "has left" in text(client.get(url("day", day)))


def test_who_came_back_is_one_row(as_, day, cohort, trainer, learner, other_learner, curriculum):
    cohort.enrolments.filter(person=learner).update(closed_at=timezone.now())
    enrol(learner, curriculum.programme, cohort=cohort)
    rows = as_(trainer).get(url("day", day)).context["rows"]
    assert [row.person for row in rows] == [learner, other_learner]


def test_sheet_and_register_list_everybody(as_, day, cohort, trainer, learner, other_learner):
    client = as_(trainer)
    client.post(url("day", day), {learner.staff_number: "part"})
    said = text(client.get(url("sheet", day)))
    assert "Signature" in said and learner.staff_number in said and other_learner.staff_number in said
    response = client.get(url("register", cohort))
    rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)
    assert rows[0][:2] == ("Name", "Staff number") and rows[0][2].endswith("Talking about TB")
    assert rows[1] == ("Amina Otieno", learner.staff_number, "Part of the day", 1)
    assert rows[2] == ("Beatrice Wanjiru", other_learner.staff_number, None, 0)
    assert ModelLogEntry.objects.filter(action="core.export", data__what="attendance").exists()


@pytest.mark.parametrize("name", ["day", "sheet", "days", "register"])
def test_pages_ask_as_often_for_one_as_for_three(
    as_, name, day, cohort, trainer, site, curriculum, django_assert_num_queries
):
    cohort.enrolments.all()[1].delete()
    page, client = url(name, day if name in ("day", "sheet") else cohort), as_(trainer)
    with CaptureQueriesContext(connection) as once:
        client.get(page)
    for given in ("Cecilia", "Dorcas"):
        person = make_person(given, "Auma")
        post(person, Role.LEARNER, site)
        enrol(person, curriculum.programme, cohort=cohort)
        Attendance.objects.create(day=day, person=person, state="there", noted_by=trainer)
    with django_assert_num_queries(len(once)):
        client.get(page)


def test_a_trainer_of_one_site_deletes_no_day_of_another(as_, cohort, day, trainer, learner):
    other = make_site("KE-009")
    cohort.sites.add(other)
    of_one_site = make_person("Ruth", "Moraa")
    post(of_one_site, Role.TRAINER, other)
    Attendance.objects.create(day=day, person=learner, state="there")
    assert as_(of_one_site).get(url("days", cohort)).status_code == 200
    assert as_(of_one_site).post(url("delete", day)).status_code == 403
    assert Attendance.objects.exists()
    cohort.trainers.add(of_one_site)
    assert as_(of_one_site).post(url("delete", day)).status_code == 303 and not Day.objects.exists()
