"""Wrong tries: forty people behind one address, strangers, shared phones, numbers that nobody has."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lms.people import limits, services
from lms.people.models import Device, Role
from tests.factories.people import make_person, make_site, post, sign_in

WRONG = "950362"

pytestmark = pytest.mark.usefixtures("still")


def test_wrong_pin_says_how_many_tries_are_left(client, learner):
    page = sign_in(client, learner, WRONG).content.decode()
    assert "That PIN is not right. 9 more tries, then ask your trainer." in page
    for _ in range(7):
        sign_in(client, learner, WRONG)
    assert "1 more try, then" in sign_in(client, learner, WRONG).content.decode()
    assert "No more tries this hour" in sign_in(client, learner, WRONG).content.decode()
    assert sign_in(client, learner, WRONG).status_code == 429


def test_right_pin_after_ten_wrong_ones_waits_for_the_hour(client, learner, time_machine):
    time_machine.move_to("2027-03-01 08:00+00:00", tick=False)
    for _ in range(limits.TRIES):
        sign_in(client, learner, WRONG)
    assert sign_in(client, learner).status_code == 429
    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=1))
    assert sign_in(client, learner).status_code == 302


def test_right_pin_costs_no_try(client, learner):
    for _ in range(limits.TRIES + 1):
        assert sign_in(client, learner).status_code == 302
        client.logout()
    assert limits.elsewhere(learner.staff_number).left() == limits.TRIES


def test_unknown_number_behaves_as_a_known_one(learner):
    known, unknown = Client(), Client()
    for _ in range(limits.TRIES + 1):
        a, b = sign_in(known, learner, WRONG), sign_in(unknown, "Z999999", WRONG)
        assert a.status_code == b.status_code
        assert _plain(a, learner.staff_number) == _plain(b, "Z999999")


@pytest.mark.parametrize(("secret", "slow_hashes"), [(WRONG, 1), ("12345678", 0), ("a long password", 1)])
def test_every_try_is_the_same_work(client, learner, trainer, secret, slow_hashes, monkeypatch):
    """With or without a person, a code, a usable secret: the answer takes as long."""
    services.issue_one_time_code(learner, trainer)
    unusable = make_person("No", "Secret", password="!")
    counts = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.Argon2PasswordHasher.encode", lambda *args: counts.append(1) or "argon2_peppered$x"
    )
    monkeypatch.setattr(
        "django.contrib.auth.hashers.Argon2PasswordHasher.verify", lambda *args: counts.append(1) or False
    )
    done = []
    for number in (learner.staff_number, trainer.staff_number, unusable.staff_number, "Z999999"):
        counts.clear()
        sign_in(client, number, secret)
        done.append(len(counts))
    assert done == [slow_hashes] * 4


def test_person_who_may_not_sign_in_is_as_unknown(client, learner):
    learner.is_active = False
    learner.save()
    assert "That PIN is not right" in sign_in(client, learner).content.decode()


def test_stranger_cannot_lock_her_own_phone_out(learner):
    own, stranger = Client(), Client()
    sign_in(own, learner)
    own.post("/en/sign-out/")
    for _ in range(limits.TRIES + 5):
        sign_in(stranger, learner, WRONG)
    assert sign_in(stranger, learner).status_code == 429
    assert sign_in(own, learner).status_code == 302


def test_stranger_at_her_address_cannot_lock_her_own_phone_out(learner, monkeypatch):
    monkeypatch.setattr(limits, "ADDRESS_TRIES", 20)
    own, stranger = Client(), Client()
    sign_in(own, learner)
    own.post("/en/sign-out/")
    for number in range(30):
        sign_in(stranger, f"Z{number:06d}", WRONG)
    assert sign_in(stranger, "Z777777", WRONG).status_code == 429
    assert sign_in(own, learner).status_code == 302


def test_her_own_phone_has_ten_tries_too(learner):
    own = Client()
    sign_in(own, learner)
    own.post("/en/sign-out/")
    for _ in range(limits.TRIES):
        sign_in(own, learner, WRONG)
    assert sign_in(own, learner).status_code == 429
    assert limits.elsewhere(learner.staff_number).left() == limits.TRIES


def test_phone_of_a_colleague_is_unknown_for_her(learner, other_learner):
    phone = Client()
    sign_in(phone, learner)
    phone.post("/en/sign-out/")
    sign_in(phone, other_learner, WRONG)
    assert limits.elsewhere(other_learner.staff_number).left() == limits.TRIES - 1


def test_forged_device_cookie_is_unknown(client, learner):
    sign_in(Client(), learner)
    client.cookies["device"] = "forged:1abcde:signature"
    sign_in(client, learner, WRONG)
    assert limits.elsewhere(learner.staff_number).left() == limits.TRIES - 1


def test_device_is_one_row_however_often_it_is_used(client, learner, other_learner):
    for person in (learner, other_learner, learner):
        sign_in(client, person)
        client.post("/en/sign-out/")
    assert Device.objects.filter(person=learner).count() == 1
    assert Device.objects.values("token_hash").distinct().count() == 1
    assert client.cookies["device"]["httponly"]


def test_forty_people_behind_one_address_get_in(db, kenya):
    """Within five minutes, each after three wrong PINs, on phones that nobody knows yet."""
    site = make_site("KE-040")
    people = [make_person("Learner", str(number)) for number in range(40)]
    phones = [Client(REMOTE_ADDR="197.136.1.1") for _ in people]
    for person in people:
        post(person, Role.LEARNER, site)
    for _ in range(3):
        for phone, person in zip(phones, people, strict=True):
            assert sign_in(phone, person, WRONG).status_code == 200
    for phone, person in zip(phones, people, strict=True):
        assert sign_in(phone, person).status_code == 302
    assert all("_auth_user_id" in phone.session for phone in phones)


def _plain(response, number) -> str:
    """The page without what differs by itself: the number that was typed, the token."""
    lines = response.content.decode().replace(number, "").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)
