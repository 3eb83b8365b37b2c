"""A one-time code in the PIN's place, and choosing a PIN or a password with it."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from lms.people import services
from lms.people.models import Role
from tests.factories.people import post, sign_in

SIGN_IN = "/en/sign-in/"
CHOOSE = "/en/sign-in/choose/"
NEW_PIN = "604817"
WRONG = "950362"
PASSWORD = "river stone lamp"


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


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
