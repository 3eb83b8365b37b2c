"""What staff see of the outbox: of their countries, without words and without whole addresses."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.messaging.models import Message

from .conftest import NUMBER, send_code, send_note

pytestmark = pytest.mark.django_db
LIST = "/cms/outbox/"
State = Message.State


@pytest.fixture
def staff(client, hr):
    client.force_login(hr)
    return client


@pytest.fixture
def failed(message):
    Message.objects.update(state=State.FAILED, reason="address", reason_code="21211", tries=1)
    return message


def test_list_says_state_and_why_but_neither_words_nor_number(staff, failed):
    page = staff.get(LIST).content.decode()
    assert "The address cannot receive it (21211)" in page and "…001" in page
    assert NUMBER not in page and "Amina" not in page


def test_list_is_of_her_countries(client, failed, hr, other_country_hr, administrator):
    send_note(country="LS")
    send_note(country=None)
    for user, count in ((hr, 1), (other_country_hr, 1), (administrator, 3)):
        client.force_login(user)
        assert client.get(LIST).context["strip"][0]["count"] + client.get(LIST).context["strip"][4]["count"] == count


def test_list_filters_by_state_and_kind(staff, failed):
    send_code()
    page = staff.get(f"{LIST}?state=failed").content.decode()
    assert "(21211)" in page and "1 match" in page
    assert "(21211)" not in staff.get(f"{LIST}?kind=test_code").content.decode()


def test_list_takes_as_many_queries_for_three_as_for_one(staff, message):
    staff.get(LIST)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            staff.get(LIST)
        counts.append(len(queries))
        send_note(country="KE")
        send_code()
    assert counts[0] == counts[1]


def test_file_holds_no_address_and_is_logged(staff, failed):
    file = b"".join(staff.get(f"{LIST}?export=csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [(row["State"], row["Why"]) for row in rows] == [("failed", "The address cannot receive it (21211)")]
    assert NUMBER not in file and "Amina" not in file


@pytest.mark.parametrize(
    ("who", "status"), [("other_country_hr", 404), ("administrator", 200), ("trainer", 302), ("learner", 302)]
)
def test_one_message_is_shown_where_she_keeps_records(client, request, failed, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"{LIST}{failed.pk}/").status_code == status


def test_try_again_puts_it_back_once(staff, failed):
    assert "Try again" in staff.get(f"{LIST}{failed.pk}/").content.decode()
    for _ in range(2):
        assert staff.post(f"{LIST}{failed.pk}/try-again/").url == f"{LIST}{failed.pk}/"
    failed.refresh_from_db()
    assert (failed.state, failed.tries) == (State.QUEUED, 0)


def test_try_again_of_what_is_erased_says_so(staff, failed):
    Message.objects.update(body="")
    assert "Try again" not in staff.get(f"{LIST}{failed.pk}/").content.decode()
    page = staff.post(f"{LIST}{failed.pk}/try-again/", follow=True).content.decode()
    assert "There is nothing left to send." in page


def test_cancel_takes_out_what_waits_and_says_when_it_left(staff, message):
    staff.post(f"{LIST}{message.pk}/cancel/")
    message.refresh_from_db()
    assert message.state == State.CANCELLED
    Message.objects.update(state=State.SENT, sent_at=timezone.now())
    page = staff.post(f"{LIST}{message.pk}/cancel/", follow=True).content.decode()
    assert "It had left already." in page


@pytest.mark.parametrize("action", ["cancel", "try-again"])
def test_changes_are_posts_of_her_countries(client, staff, failed, other_country_hr, action):
    assert staff.get(f"{LIST}{failed.pk}/{action}/").status_code == 405
    client.force_login(other_country_hr)
    assert client.post(f"{LIST}{failed.pk}/{action}/").status_code == 404
    failed.refresh_from_db()
    assert failed.state == State.FAILED
