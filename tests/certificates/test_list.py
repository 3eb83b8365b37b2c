"""The list of certificates: found, filtered, exported."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from certificates.models import CertificatePayload
from tests.factories.register import register, registered, revoked

INDEX = reverse("staff_certificates:index")


@pytest.fixture
def office(client, hr):
    client.force_login(hr)
    return client


def found(client, **query) -> str:
    answer = client.get(INDEX, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_ends_within_so_many_days(office, learner):
    today = timezone.localdate()
    soon, later, over = (registered(learner, valid_until=today + timedelta(days=days)) for days in (20, 80, 0))
    gone = revoked(registered(learner, valid_until=today + timedelta(days=20)))
    page = found(office, ends_in=30)
    assert soon.printed_code in page and over.printed_code in page
    assert later.printed_code not in page and gone.printed_code not in page
    assert later.printed_code in found(office, ends_in=90)


def test_what_waits_for_a_second_person_or_to_be_drawn(office, learner):
    standing, gone = registered(learner), revoked(registered(learner))
    undrawn = registered(learner, drawn_at=None, pdf_sha256="")
    first, second = found(office, waits_for="second_person"), found(office, waits_for="not_drawn")
    assert gone.printed_code in first and undrawn.printed_code not in first
    assert undrawn.printed_code in second and gone.printed_code not in second
    assert standing.printed_code not in first + second


def test_the_list_leaves_as_a_file_and_that_is_written_down(office, learner, other_learner, lesotho_learner):
    here, erased, there = (registered(person) for person in (learner, other_learner, lesotho_learner))
    CertificatePayload.objects.filter(certificate=erased).delete()
    text = b"".join(office.get(INDEX, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    rows = {row["Code"]: row for row in csv.DictReader(text.splitlines())}
    assert rows.keys() == {here.printed_code, erased.printed_code} and there.code not in text
    assert rows[here.printed_code]["Name"] == "Amina Otieno" and rows[here.printed_code]["State"] == "Valid"
    assert rows[erased.printed_code]["Name"] == "Erased" and rows[erased.printed_code]["Staff number"] == ""
    assert ModelLogEntry.objects.get(action="core.export").data["rows"] == 2
    assert office.get(INDEX, {"export": "xlsx"}).status_code == 200


def test_the_list_asks_a_fixed_number_of_queries(office, learner, django_assert_max_num_queries):
    registered(learner)
    office.get(INDEX)
    with django_assert_max_num_queries(40) as one:
        office.get(INDEX)
    register([learner] * 3)
    with django_assert_max_num_queries(len(one)):
        office.get(INDEX)
