"""Strangers who guess: for hours, all at once, for everybody. What they get, and that nobody is locked out for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.people import limits, services
from tests.factories.people import sign_in

WRONG = "950362"
HOURS = 3

pytestmark = pytest.mark.usefixtures("still")


@pytest.fixture
def own_phone(learner):
    phone = Client()
    sign_in(phone, learner)
    phone.post("/en/sign-out/")
    return phone


def guesses(stranger, person, tries: int) -> int:
    """How many of them were looked at."""
    return sum(sign_in(stranger, person, WRONG).status_code == 200 for _ in range(tries))


def test_stranger_of_three_hours_has_thirty_guesses_and_her_phone_gets_in_at_any_moment(
    own_phone, learner, time_machine
):
    time_machine.move_to("2027-03-01 08:00+00:00", tick=False)
    looked_at = 0
    for _ in range(HOURS * 4):  # every quarter of an hour, from another address
        looked_at += guesses(Client(REMOTE_ADDR="203.0.113.7"), learner, 12)
        assert sign_in(own_phone, learner).status_code == 302
        own_phone.post("/en/sign-out/")
        time_machine.shift(15 * 60 + 1)
    assert 0 < looked_at <= HOURS * limits.TRIES


def test_her_new_phone_gets_in_after_a_trainer_lifts(client, learner, trainer):
    guesses(Client(), learner, 12)
    new_phone = Client()
    assert sign_in(new_phone, learner).status_code == 429
    client.force_login(trainer)
    url = reverse("staff_people:lift", args=[learner.pk])
    assert "try again now" in client.get(url).content.decode()
    assert sign_in(new_phone, learner).status_code == 429  # asking changed nothing
    assert client.post(url).url == reverse("staff_people:show", args=[learner.pk])
    assert sign_in(new_phone, learner).status_code == 302
    entry = ModelLogEntry.objects.get(action="people.lift_lock_out")
    assert (entry.user, entry.label) == (trainer, learner.staff_number)


def test_lift_covers_her_own_phone(own_phone, learner, trainer):
    guesses(own_phone, learner, 10)
    assert sign_in(own_phone, learner).status_code == 429
    services.lift_lock_out(learner, trainer)
    assert sign_in(own_phone, learner).status_code == 302


def test_only_who_stands_above_her_lifts(client, learner, other_learner, observer, hr, trainer, other_country_hr):
    url = reverse("staff_people:lift", args=[learner.pk])
    for person, status in ((other_country_hr, 404), (hr, 302), (trainer, 302)):
        client.force_login(person)
        assert client.post(url).status_code == status
    for person in (other_learner, observer):
        client.force_login(person)
        assert client.post(url).status_code == 302
    assert ModelLogEntry.objects.filter(action="people.lift_lock_out").count() == 2
    client.force_login(trainer)
    assert client.post(reverse("staff_people:lift", args=[hr.pk])).url == "/cms/"  # seen, but above her
    assert ModelLogEntry.objects.filter(action="people.lift_lock_out").count() == 2


def test_right_pin_in_between_gives_a_stranger_no_more(own_phone, learner):
    stranger = Client()
    assert guesses(stranger, learner, 6) == 6
    sign_in(own_phone, learner)
    assert guesses(stranger, learner, 12) == 4


def test_one_address_runs_dry_for_many_numbers(db, monkeypatch):
    monkeypatch.setattr(limits, "ADDRESS_TRIES", 25)
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    looked_at = sum(sign_in(stranger, f"Z{number:06d}", WRONG).status_code == 200 for number in range(60))
    assert looked_at == 25


def forty_at_once(cache) -> int:
    """How many of forty tries for one number, eight at each moment, find a slot."""
    gate = threading.Barrier(8)

    def five(_) -> int:
        gate.wait()
        try:
            return sum(_takes() for _ in range(5))
        finally:
            connections.close_all()

    with patch.object(limits, "cache", cache), ThreadPoolExecutor(8) as pool:
        return sum(pool.map(five, range(8)))


def _takes() -> bool:
    try:
        return bool(limits.elsewhere("K104417").take())
    except limits.NoTriesLeft:
        return False


def test_guesses_at_the_same_moment_take_ten_slots_in_all():
    assert forty_at_once(caches["default"]) == limits.TRIES


@pytest.mark.django_db(transaction=True)
def test_and_ten_where_the_cache_is_a_table():
    call_command("createcachetable", "cache_of_test")
    assert forty_at_once(DatabaseCache("cache_of_test", {})) == limits.TRIES
