"""Signing in through the form: who, where she lands, in which language."""

import pytest
from django.test import Client
from django.urls import reverse

from lms.people.models import Role
from tests.factories.people import post, sign_in

SIGN_IN = "/en/sign-in/"
PASSWORD = "river stone lamp"


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


@pytest.mark.parametrize("url", ["wagtailadmin_home", "foo", "/\\evil.example", "http:///evil.example", "javascript:x"])
def test_next_that_is_no_path_leads_home(client, learner, url):
    assert sign_in(client, learner, next=url).url == "/en/"
    assert client.get("/en/sign-in/", {"next": url}).url == "/en/"
    assert client.post("/en/language/", {"language": "pt", "next": url}).url == "/pt/"
