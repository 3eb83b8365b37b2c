"""Staff show an authenticator after the password; who has none sets one up before any page of the admin."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.people import limits, services
from lms.people.second_step.adapter import MFAAdapter
from tests.factories.people import sign_in

PASSWORD = "river stone lamp"
CMS, OWN = "/cms/", "/en/my-sign-in/"
APP, STEP, NEEDED = f"{OWN}app/", "/en/sign-in/second-step/", f"{OWN}second-step/"

pytestmark = pytest.mark.usefixtures("still")


@pytest.fixture(autouse=True)
def required(settings):
    settings.STAFF_SECOND_STEP = True


@pytest.fixture
def staff(trainer):
    trainer.set_password(PASSWORD)
    trainer.save()
    return trainer


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def set_up(client, person) -> tuple[str, list[str]]:
    """Sign in and set up an app; its secret and the recovery codes."""
    sign_in(client, person, PASSWORD)
    client.get(APP)
    secret = client.session["mfa.totp.secret"]
    response = client.post(APP, {"code": code_of(secret, -1), "next": CMS})
    return secret, [code.replace(" ", "") for code in response.context["codes"]]


def test_staff_without_an_app_are_led_to_set_one_up(client, staff):
    sign_in(client, staff, PASSWORD)
    assert client.get(CMS).url == f"{NEEDED}?next=/cms/"
    assert client.get("/cms/people/").url == f"{NEEDED}?next=/cms/people/"
    page = client.get(f"{NEEDED}?next=/cms/").content.decode()
    assert f"{APP}?next=/cms/" in page
    page = client.get(APP).content.decode()
    assert "<svg" in page and "otpauth://totp/" in page
    assert staff.family_name not in page.split("<main>")[1].split("</main>")[0]


def test_app_opens_the_admin_at_once_and_at_the_next_sign_in(client, staff):
    secret, codes = set_up(client, staff)
    assert len(codes) == 10 and len(set(codes)) == 10
    assert client.get(CMS).status_code == 200
    again = Client()
    assert sign_in(again, staff, PASSWORD, next="/cms/people/").url == STEP
    assert not is_in(again)
    assert again.post(STEP, {"code": code_of(secret)}).url == "/cms/people/"
    assert again.get(CMS).status_code == 200


def test_wrong_first_code_sets_nothing_up(client, staff):
    sign_in(client, staff, PASSWORD)
    client.get(APP)
    assert "not right" in client.post(APP, {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()
    assert client.get(CMS).status_code == 302


def test_recovery_code_works_once(client, staff):
    _secret, codes = set_up(client, staff)
    for expected in (True, False):
        browser = Client()
        sign_in(browser, staff, PASSWORD)
        browser.post(STEP, {"code": f"{codes[0][:4]} {codes[0][4:]}"})
        assert is_in(browser) is expected


def test_code_of_the_app_works_once(client, staff):
    secret, _codes = set_up(client, staff)
    code = code_of(secret)
    for expected in (True, False):
        browser = Client()
        sign_in(browser, staff, PASSWORD)
        browser.post(STEP, {"code": code})
        assert is_in(browser) is expected


def test_wrong_codes_are_counted_as_pins_are(client, staff):
    secret, _codes = set_up(client, staff)
    stranger = Client()
    sign_in(stranger, staff, PASSWORD)
    for _ in range(limits.TRIES):
        assert "not right" in stranger.post(STEP, {"code": "000000"}).content.decode()
    assert stranger.post(STEP, {"code": code_of(secret)}).status_code == 429
    assert not is_in(stranger)
    client.post("/en/sign-out/")
    sign_in(client, staff, PASSWORD)  # her own browser has its own tries
    client.post(STEP, {"code": code_of(secret)})
    assert is_in(client)


def test_second_step_is_nobodys_page_without_a_password(client, staff, learner):
    assert client.get(STEP).url == "/en/sign-in/"
    sign_in(client, learner)
    assert client.get(STEP).url == "/en/"


def test_half_done_sign_in_does_not_capture_the_next(client, staff, learner):
    set_up(client, staff)
    phone = Client()
    sign_in(phone, staff, PASSWORD)
    assert sign_in(phone, learner).url == "/en/"
    assert phone.session["_auth_user_id"] == str(learner.pk)
    assert phone.get(STEP).url == "/en/"


def test_session_from_before_the_app_signs_in_again(client, staff):
    before = Client()
    sign_in(before, staff, PASSWORD)
    set_up(client, staff)
    assert before.get(CMS).url.startswith("/en/sign-in/")
    assert not is_in(before)


def test_secret_is_encrypted_and_read_after_the_key_was_changed(client, staff, settings):
    secret, _codes = set_up(client, staff)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key", [settings.SECRET_KEY]
    assert MFAAdapter().decrypt(kept) == secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValidationError, match="Ask an administrator"):
        MFAAdapter().decrypt(kept)


def test_learner_is_never_asked_and_sets_up_no_app(client, learner):
    sign_in(client, learner)
    assert client.get(APP).status_code == 404
    assert client.get(CMS).url != NEEDED


def test_setting_up_asks_for_the_password_where_it_was_typed_long_ago(client, staff, time_machine):
    sign_in(client, staff, PASSWORD)
    time_machine.move_to(timezone.now() + timedelta(seconds=16 * 60))
    asked = f"{OWN}again/?next=%2Fen%2Fmy-sign-in%2Fapp%2F"
    assert client.get(APP).url == asked
    assert client.post(asked, {"secret": "wrong wrong wrong"}).status_code == 200
    assert client.post(asked, {"secret": PASSWORD}).url == APP
    assert client.get(APP).status_code == 200


def test_again_counts_wrong_tries(client, staff):
    sign_in(client, staff, PASSWORD)
    for _ in range(limits.TRIES):
        client.post(f"{OWN}again/", {"secret": "wrong wrong wrong"})
    assert client.post(f"{OWN}again/", {"secret": PASSWORD}).status_code == 429


def test_new_app_takes_the_place_of_the_old_one(client, staff):
    old, _codes = set_up(client, staff)
    client.get(APP)
    new = client.session["mfa.totp.secret"]
    assert client.post(APP, {"code": code_of(new)}).url == OWN
    assert Authenticator.objects.filter(user=staff, type="totp").count() == 1
    other = Client()
    sign_in(other, staff, PASSWORD)
    other.post(STEP, {"code": code_of(old)})
    assert not is_in(other)


def test_staff_keep_their_last_second_step(client, staff):
    set_up(client, staff)
    assert client.post(f"{APP}remove/").status_code == 409
    assert Authenticator.objects.filter(user=staff, type="totp").exists()


def test_who_is_no_longer_staff_removes_it(client, staff):
    set_up(client, staff)
    staff.postings.all().delete()
    assert client.post(f"{APP}remove/").url == OWN
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_cancel_the_old_ones(client, staff):
    _secret, old = set_up(client, staff)
    response = client.post(f"{OWN}recovery-codes/")
    new = [code.replace(" ", "") for code in response.context["codes"]]
    assert "no-store" in response["Cache-Control"]
    assert len(new) == 10 and not set(new) & set(old)
    assert client.get(f"{OWN}recovery-codes/").status_code == 405
    assert new[0] not in client.get(OWN).content.decode()


def test_reset_of_a_password_leaves_the_app_and_ends_sessions(client, staff, administrator):
    secret, _codes = set_up(client, staff)
    code = services.reset_secret(staff, administrator)
    assert client.get(CMS).status_code == 302 and not is_in(client)
    browser = Client()
    sign_in(browser, staff, code)
    chosen = {"secret": "lamp stone river", "again": "lamp stone river"}
    assert browser.post("/en/sign-in/choose/", chosen).url == STEP
    browser.post(STEP, {"code": code_of(secret)})
    assert is_in(browser)


def test_lost_second_step_is_reset_by_who_stands_above(client, staff, hr, learner):
    set_up(client, staff)
    office = Client()
    office.force_login(hr)
    office.session["x"] = 1
    url = reverse("staff_people:reset", args=[staff.pk])
    assert office.get(url).status_code == 302  # she too needs a second step
    services.reset_secret(staff, hr, second_step=True)
    assert not Authenticator.objects.exists()
    entry = ModelLogEntry.objects.get(action="people.reset_second_step")
    assert (entry.user, entry.label) == (hr, staff.staff_number)


def test_page_of_the_reset_offers_the_second_step_where_there_is_one(client, staff, hr, settings):
    settings.STAFF_SECOND_STEP = False
    set_up(Client(), staff)
    client.force_login(hr)
    url = reverse("staff_people:reset", args=[staff.pk])
    assert 'name="second_step"' in client.get(url).content.decode()
    assert client.post(url, {"second_step": "on"}).status_code == 200
    assert not Authenticator.objects.exists()
    assert 'name="second_step"' not in client.get(url).content.decode()


def test_pages_of_a_person_want_her_signed_in(client, db):
    for path in ("", "app/", "passkeys/add/", "again/", "second-step/", "places/end/", "devices/not-mine/"):
        assert client.get(f"{OWN}{path}").url.startswith("/en/sign-in/?next=")
