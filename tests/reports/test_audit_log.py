"""The audit log is searched by those who keep records, and names nobody whom the reader may not see."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from tests.factories.certificates import issued

URL = "/cms/reports/audit-log/"


@pytest.fixture
def looked_at(learner, lesotho_learner, hr, other_country_hr):
    """Each HR looked at her own learner."""
    log(learner, "reports.view_person", user=hr, title=learner.staff_number)
    log(lesotho_learner, "reports.view_person", user=other_country_hr, title=lesotho_learner.staff_number)


def read(client, who, **query) -> str:
    """The rows of the table, without the frame that says who reads."""
    client.force_login(who)
    page = client.get(URL, query).content.decode()
    return page.split('class="listing')[1].split("</tbody>")[0].split("<tbody")[1] if 'class="listing' in page else ""


def test_hr_reads_her_country(client, looked_at, hr, learner, lesotho_learner):
    rows = read(client, hr)
    assert f"Amina Otieno · {learner.staff_number}" in rows and "Esther Kamau" in rows
    assert lesotho_learner.staff_number not in rows and "Letsie" not in rows


def test_an_administrator_reads_all(client, looked_at, administrator, learner, lesotho_learner):
    rows = read(client, administrator)
    assert learner.staff_number in rows and "Palesa Mokoena" in rows


@pytest.mark.parametrize("who", ["trainer", "reviewer", "observer", "learner"])
def test_others_read_nothing(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == 302


def test_strangers_sign_in(client, db):
    assert "/login/" in client.get(URL).headers["Location"]


def test_who_looked_from_elsewhere_is_a_number(client, hr, administrator, learner, lesotho_learner, other_country_hr):
    log(learner, "people.support", user=other_country_hr, title=learner.staff_number)
    rows = read(client, hr)
    assert other_country_hr.staff_number in rows and "Letsie" not in rows


def test_certificates_are_found_by_code(client, hr, administrator, learner, curriculum):
    certificate = issued(learner, curriculum)
    log(certificate, "certificates.view", user=administrator)
    log(certificate, "certificates.download", user=administrator)
    assert read(client, hr, person=certificate.printed_code).count("<tr>") == 2


def test_certificates_of_elsewhere_are_not(client, other_country_hr, administrator, learner, curriculum):
    log(issued(learner, curriculum), "certificates.view", user=administrator)
    assert "Certificate looked at" not in read(client, other_country_hr)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"actor": "hr"}, True),
        ({"actor": "learner"}, False),
        ({"person": "learner"}, True),
        ({"person": "hr"}, False),
        ({"action": "reports.view_person"}, True),
        ({"action": "people.erase"}, False),
        ({"country": "KE"}, True),
    ],
)
def test_it_is_filtered(client, request, looked_at, hr, query, found):
    query = {
        name: request.getfixturevalue(value).staff_number if value in ("hr", "learner") else value
        for name, value in query.items()
    }
    assert ("Record of a person looked at" in read(client, hr, **query)) == found


def test_what_is_old_is_read_by_naming_its_days(client, hr, learner):
    then = timezone.now() - timedelta(days=100)
    log(learner, "reports.view_person", user=hr, title=learner.staff_number, timestamp=then)
    assert "Record of a person looked at" not in read(client, hr)
    assert "Record of a person looked at" in read(client, hr, timestamp_from=str(then.date()))


def test_a_file_names_nobody_and_is_logged(client, hr, looked_at):
    client.force_login(hr)
    answer = client.get(URL, {"export": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["What"] for row in rows} >= {"Record of a person looked at"}
    assert "Amina" not in text and "Kamau" not in text
    assert "List taken as a file" in read(client, hr)


def test_how_many_rows_costs_no_more_queries(client, looked_at, hr, learner, django_assert_num_queries):
    client.force_login(hr)
    client.get(URL)
    with CaptureQueriesContext(connection) as once:
        client.get(URL)
    for _time in range(3):
        log(learner, "people.view", user=hr, title=learner.staff_number)
    with django_assert_num_queries(len(once)):
        client.get(URL)


def test_every_look_at_a_person_is_in_it(client, hr, administrator, learner, curriculum):
    certificate = issued(learner, curriculum)
    client.force_login(hr)
    for address in (
        reverse("staff_people:show", args=[learner.pk]),
        reverse("reports:person", args=[learner.pk]),
        reverse("staff_certificates:show", args=[certificate.pk]),
    ):
        assert client.get(address).status_code == 200
    rows = read(client, administrator)
    for words in ("Data of a person looked at", "Record of a person looked at", "Certificate looked at"):
        assert words in rows


def test_staff_who_sign_in_are_in_it_and_learners_are_not(client, administrator, hr, learner):
    for person in (hr, learner):
        client.force_login(person)
    rows = read(client, administrator, action="people.sign_in")
    assert hr.staff_number in rows and learner.staff_number not in rows
