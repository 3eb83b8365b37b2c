"""The pages by which staff write to many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.messaging.models import Message
from lms.people import broadcasts
from lms.people.models import Broadcast
from tests.factories.people import make_person, post

pytestmark = pytest.mark.django_db
WORDS = {"subject": "Monday", "words": "We meet on Monday."}


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)


@pytest.fixture
def begun(hr, site):
    rows = [make_person("Amina", "One", phone="+254711000001"), make_person("Caro", "Three")]
    for person in rows:
        post(person, "learner", site)
    return broadcasts.begin_broadcast(hr, [person.pk for person in rows])


def url(name, broadcast):
    return reverse(f"staff_broadcasts:{name}", args=[broadcast.pk])


def write(client, begun, **data):
    return client.post(url("write", begun), WORDS | data)


def test_from_the_words_to_the_outbox(client, hr, begun):
    client.force_login(hr)
    page = client.get(url("write", begun)).content.decode()
    assert "Caro Three" in page and "no phone and no e-mail" in page
    assert write(client, begun).url == url("check", begun)
    page = client.get(url("check", begun))
    assert "Send to 1 person" in page.content.decode()
    assert "no price set" in page.content.decode()
    assert not Message.objects.exists()
    data = {"expected": page.context["expected"]}
    for _ in range(2):
        assert client.post(url("send", begun), data).url == url("show", begun)
    assert 'http-equiv="refresh"' in client.get(url("show", begun)).content.decode()
    broadcasts.run_broadcast.call(str(begun.pk))
    page = client.get(url("show", begun)).content.decode()
    assert "2 of 2 people done." in page and "refresh" not in page
    assert Message.objects.count() == 1
    assert client.get(url("write", begun)).url == url("show", begun)


def test_words_that_reveal_are_named(client, hr, begun):
    client.force_login(hr)
    page = write(client, begun, words="Come to the clinic, all Mentor Mothers.").content.decode()
    assert "Write it without: clinic, Mentor Mothers" in page
    begun.refresh_from_db()
    assert begun.words == ""


def test_subject_is_asked_for_only_where_somebody_gets_mail(client, hr, begun):
    client.force_login(hr)
    assert write(client, begun, subject="").status_code == 302
    person = make_person("Beatrice", "Two", email="two@example.org")
    other = broadcasts.begin_broadcast(hr, [person.pk])
    assert write(client, other, subject="").status_code == 200


def test_old_preview_sends_nothing(client, hr, begun):
    client.force_login(hr)
    write(client, begun)
    assert client.post(url("send", begun), {"expected": "x"}).url == url("check", begun)
    assert Broadcast.objects.get().sent_at is None


def test_cancel_says_how_many_had_not_left(client, hr, begun):
    client.force_login(hr)
    write(client, begun)
    client.post(url("send", begun), {"expected": client.get(url("check", begun)).context["expected"]})
    broadcasts.run_broadcast.call(str(begun.pk))
    page = client.post(url("cancel", begun), follow=True).content.decode()
    assert "Cancelled. 1 had not left." in page


@pytest.mark.parametrize("name", ["write", "check", "show"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("trainer", 404), ("other_country_hr", 404), ("reviewer", 404), ("administrator", 200), (None, 302)],
)
def test_pages_are_the_sender_s(request, client, begun, name, who, status):
    broadcasts.write_broadcast(begun, **WORDS)
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(url(name, begun)).status_code == status


@pytest.mark.parametrize("name", ["send", "cancel"])
def test_changes_are_posts(client, hr, begun, name):
    client.force_login(hr)
    assert client.get(url(name, begun)).status_code == 405


def test_others_can_neither_send_nor_cancel(client, trainer, begun):
    broadcasts.write_broadcast(begun, **WORDS)
    client.force_login(trainer)
    for name in ("send", "cancel"):
        assert client.post(url(name, begun), {"expected": broadcasts.digest_of(begun)}).status_code == 404
    assert Broadcast.objects.filter(sent_at=None, cancelled_at=None).exists()


def test_list_shows_her_own(client, hr, trainer, begun):
    client.force_login(hr)
    assert "No words yet" in client.get(reverse("staff_broadcasts:index")).content.decode()
    client.force_login(trainer)
    assert "No words yet" not in client.get(reverse("staff_broadcasts:index")).content.decode()


def test_list_takes_as_many_queries_for_three_as_for_one(client, hr, begun):
    client.force_login(hr)
    address = reverse("staff_broadcasts:index")
    client.get(address)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        for _ in range(2):
            broadcasts.begin_broadcast(hr, begun.people)
    assert counts[0] == counts[1]
