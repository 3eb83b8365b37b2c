"""Signing in through the form: one person, forty behind one address, strangers, shared phones."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people import limits, services
from lms.people.models import Device, Role
from tests.factories.people import PIN, make_person, make_site, post

SIGN_IN = "/en/sign-in/"
CHOOSE = "/en/sign-in/choose/"
NEW_PIN = "604817"
WRONG = "950362"
PASSWORD = "river stone lamp"


def sign_in(client, person, secret=PIN, **data):
    return client.post(SIGN_IN, {"staff_number": getattr(person, "staff_number", person), "secret": secret} | data)


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def password_trainer(trainer):
    trainer.set_password(PASSWORD)
    trainer.save()
    return trainer


def test_page_asks_for_the_number_first_and_then_the_pin(client, learner):
    assert b'name="secret"' not in client.get(SIGN_IN).content
    page = client.post(SIGN_IN, {"staff_number": f"{learner.staff_number[0].lower()} {learner.staff_number[1:]}"})
    assert b"data-pin-pad" in page.content
    assert learner.staff_number in page.content.decode()
    assert learner.given_names not in page.content.decode()


@pytest.mark.parametrize("number", ["", "104417", "KK04417", "K10441", "x" * 30])
def test_number_of_another_shape_is_explained(client, db, number):
    assert "one letter and 6 numbers" in sign_in(client, number).content.decode()


def test_learner_lands_at_home_in_her_language(client, learner):
    learner.language = "pt"
    learner.save()
    response = sign_in(client, learner)
    assert (response.status_code, response.url) == (302, "/pt/")
    assert client.cookies["django_language"].value == "pt"


def test_signing_in_makes_a_new_session(client, learner):
    client.post("/en/language/", {"language": "sw"})
    before = client.session.session_key
    sign_in(client, learner)
    assert is_in(client)
    assert client.session.session_key != before


def test_language_picked_before_signing_in_is_kept(client, learner):
    client.post("/en/language/", {"language": "sw"})
    assert sign_in(client, learner).url == "/sw/"
    learner.refresh_from_db()
    assert learner.language == "sw"


def test_next_is_followed_within_the_site_only(client, learner):
    assert sign_in(client, learner, next="/en/learn/").url == "/en/learn/"
    client.logout()
    assert sign_in(client, learner, next="https://evil.example/").url == "/en/"


def test_staff_land_in_the_admin(client, password_trainer):
    assert sign_in(client, password_trainer, PASSWORD).url == "/cms/"


def test_staff_who_learn_too_land_at_home(client, password_trainer, site):
    post(password_trainer, Role.LEARNER, site)
    assert sign_in(client, password_trainer, PASSWORD).url == "/en/"


def test_observer_lands_at_home(client, observer):
    assert sign_in(client, observer).url == "/en/"


def test_signed_in_person_is_sent_on(client, learner):
    client.force_login(learner)
    assert client.get(SIGN_IN).url == "/en/"
    assert sign_in(client, learner, next="/en/learn/").url == "/en/learn/"


def test_form_sent_twice_signs_in_once_and_goes_on(learner):
    """The second press carries the token of before the first one signed in."""
    client = Client(enforce_csrf_checks=True)
    client.get(SIGN_IN)
    token = client.cookies["csrftoken"].value
    assert sign_in(client, learner, csrfmiddlewaretoken=token).status_code == 302
    assert sign_in(client, learner, csrfmiddlewaretoken=token).url == "/en/"


def test_form_without_its_token_gets_a_clear_sentence(learner):
    client = Client(enforce_csrf_checks=True)
    response = sign_in(client, learner)
    assert response.status_code == 403
    assert "open too long" in response.content.decode()


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


@pytest.mark.parametrize("secret", [WRONG, "12345678", "a long password"])
def test_every_try_hashes_once(client, learner, trainer, secret, monkeypatch):
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
    assert done == [1, 1, 1, 1]


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
    assert all(is_in(phone) for phone in phones)


def test_code_in_the_pins_place_leads_to_choosing(client, learner, trainer):
    code = services.reset_secret(learner, trainer)
    assert sign_in(client, learner, code).url == CHOOSE
    assert not is_in(client)
    page = client.get(CHOOSE).content.decode()
    assert "Choose your PIN" in page
    response = client.post(CHOOSE, {"secret": NEW_PIN, "again": NEW_PIN})
    assert response.url == "/en/"
    assert is_in(client)
    assert sign_in(Client(), learner, NEW_PIN).status_code == 302


def test_code_works_as_people_write_it(client, learner, trainer):
    code = services.reset_secret(learner, trainer)
    assert sign_in(client, learner, code.replace("-", " ")).url == CHOOSE


def test_code_works_once(client, learner, trainer):
    code = services.reset_secret(learner, trainer)
    sign_in(client, learner, code)
    client.post(CHOOSE, {"secret": NEW_PIN, "again": NEW_PIN})
    assert "9 more tries" in sign_in(Client(), learner, code).content.decode()


def test_code_on_two_phones_is_used_by_the_first(learner, trainer):
    code = services.reset_secret(learner, trainer)
    first, second = Client(), Client()
    sign_in(first, learner, code)
    sign_in(second, learner, code)
    first.post(CHOOSE, {"secret": NEW_PIN, "again": NEW_PIN})
    response = second.post(CHOOSE, {"secret": WRONG, "again": WRONG})
    assert response.status_code == 410
    assert sign_in(Client(), learner, NEW_PIN).status_code == 302


def test_code_runs_out(client, learner, trainer, time_machine):
    code = services.reset_secret(learner, trainer)
    time_machine.move_to(timezone.now() + services.CODE_LIFETIME + timedelta(minutes=1))
    assert "is not right" in sign_in(client, learner, code).content.decode()


def test_choosing_sent_twice_keeps_the_first_pin(learner, trainer):
    """Both presses carry the cookies of the page."""
    client = Client()
    sign_in(client, learner, services.reset_secret(learner, trainer))
    before = client.cookies["sessionid"].value
    assert client.post(CHOOSE, {"secret": NEW_PIN, "again": NEW_PIN}).url == "/en/"
    assert client.post(CHOOSE, {"secret": NEW_PIN, "again": NEW_PIN}).url == "/en/"
    late = Client()
    late.cookies["sessionid"] = before
    response = late.post(CHOOSE, {"secret": WRONG, "again": WRONG})
    assert response.status_code == 410
    assert "Did you choose a PIN or password just now?" in response.content.decode()
    learner.refresh_from_db()
    assert learner.check_password(NEW_PIN)


def test_choosing_says_why_a_pin_is_refused(client, learner, trainer):
    sign_in(client, learner, services.reset_secret(learner, trainer))
    assert "count up or down" in client.post(CHOOSE, {"secret": "123456", "again": "123456"}).content.decode()
    assert "not the same" in client.post(CHOOSE, {"secret": NEW_PIN, "again": WRONG}).content.decode()
    assert not is_in(client)


def test_choosing_without_a_proof_is_closed(client, db):
    assert client.get(CHOOSE).status_code == 410


def test_choosing_is_closed_after_twenty_minutes(client, learner, trainer, time_machine):
    sign_in(client, learner, services.reset_secret(learner, trainer))
    time_machine.move_to(timezone.now() + timedelta(minutes=21))
    assert client.get(CHOOSE).status_code == 410


def test_pin_of_somebody_who_works_in_the_admin_leads_to_a_password(client, trainer):
    assert sign_in(client, trainer, next="/cms/people/").url == CHOOSE
    assert "Choose your password" in client.get(CHOOSE).content.decode()
    assert "need a password" in client.post(CHOOSE, {"secret": NEW_PIN, "again": NEW_PIN}).content.decode()
    assert client.post(CHOOSE, {"secret": PASSWORD, "again": PASSWORD}).url == "/cms/people/"
    assert client.get("/cms/people/").status_code == 200


def test_session_opened_with_a_pin_does_not_reach_the_admin(client, learner):
    sign_in(client, learner)
    post(learner, Role.TRAINER)
    response = client.get("/cms/people/")
    assert response.url == f"{SIGN_IN}?next=/cms/people/"
    assert not is_in(client)


def test_sign_out_by_post_only(client, learner):
    client.force_login(learner)
    assert client.get("/en/sign-out/").status_code == 405
    assert client.post("/en/sign-out/").url == SIGN_IN
    assert not is_in(client)


def test_forgot_says_the_same_to_everyone(client, db):
    page = client.get(reverse("people:forgot"))
    assert "Ask your trainer" in page.content.decode()
    assert b"<input" not in page.content
    assert client.post(reverse("people:forgot")).status_code == 405


def test_allauths_own_pages_are_not_there(client, db):
    for path in ("login", "signup", "password/reset", "email"):
        assert client.get(f"/accounts/{path}/", follow=True).status_code == 404


def _plain(response, number) -> str:
    """The page without what differs by itself: the number that was typed, the token."""
    lines = response.content.decode().replace(number, "").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)
