"""Several people on one phone: pictures and first names, and still each her own PIN."""

import pytest
from django.test import Client

from lms.people.models import Device
from tests.factories.people import make_person, sign_in

SIGN_IN, OWN = "/en/sign-in/", "/en/my-sign-in/"


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def remember(phone, person, face="bird"):
    sign_in(phone, person)
    answer = phone.post(f"{OWN}remember/", {"face": face})
    phone.post("/en/sign-out/")
    return answer


def row_of(person) -> int:
    return Device.objects.get(person=person).pk


def test_faces_stand_on_the_sign_in_page_and_ask_for_the_pin(client, learner, other_learner):
    assert remember(client, learner).url == OWN
    remember(client, other_learner, "drum")
    page = client.get(SIGN_IN).content.decode()
    assert page.index("Amina") < page.index("Beatrice") < page.index("Someone else")
    assert learner.family_name not in page and learner.staff_number not in page
    page = client.post(SIGN_IN, {"who": row_of(learner)}).content.decode()
    assert "Hello, Amina" in page and "data-pin-pad" in page
    assert learner.staff_number not in page and not is_in(client)
    answer = client.post(SIGN_IN, {"who": row_of(learner), "secret": "739162"})
    assert answer.status_code == 302 and client.session["_auth_user_id"] == str(learner.pk)


def test_wrong_pin_keeps_the_face(client, learner):
    remember(client, learner)
    page = client.post(SIGN_IN, {"who": row_of(learner), "secret": "950362"}).content.decode()
    assert "Hello, Amina" in page and "9 more tries" in page


def test_another_phone_sees_nobody(client, learner):
    remember(client, learner)
    stranger = Client()
    assert "Amina" not in stranger.get(SIGN_IN).content.decode()
    assert "Amina" not in stranger.post(SIGN_IN, {"who": row_of(learner)}).content.decode()
    sign_in(stranger, make_person("Nia", "Auma"))
    stranger.post("/en/sign-out/")
    assert "Amina" not in stranger.post(SIGN_IN, {"who": row_of(learner)}).content.decode()


def test_who_does_not_want_it_is_not_seen(client, learner):
    sign_in(client, learner)
    client.post("/en/sign-out/")
    assert "Amina" not in client.get(SIGN_IN).content.decode()
    assert "Amina" not in client.post(SIGN_IN, {"who": row_of(learner)}).content.decode()


def test_forget_me_here(client, learner):
    remember(client, learner)
    sign_in(client, learner)
    assert client.post(f"{OWN}forget/").url == OWN
    client.post("/en/sign-out/")
    assert "Amina" not in client.get(SIGN_IN).content.decode()


def test_seventh_waits_for_one_to_go(client, db):
    people = [make_person(f"Person{number}", "Otieno") for number in range(7)]
    assert [remember(client, person).status_code for person in people] == [302] * 6 + [409]
    assert "Person6" not in client.get(SIGN_IN).content.decode()
    sign_in(client, people[0])
    client.post(f"{OWN}forget/")
    assert remember(client, people[6]).status_code == 302


@pytest.mark.parametrize("face", ["", "photograph"])
def test_picture_is_one_of_eight(client, learner, face):
    sign_in(client, learner)
    assert client.post(f"{OWN}remember/", {"face": face}).status_code == 400
    learner.refresh_from_db()
    assert learner.face == ""


def test_who_may_no_longer_sign_in_is_not_seen(client, learner):
    remember(client, learner)
    learner.is_active = False
    learner.save()
    assert "Amina" not in client.get(SIGN_IN).content.decode()


@pytest.mark.parametrize("who", ["", "x", "999999", "1 OR 1=1", "-1"])
def test_odd_choices_are_nobody(client, learner, who):
    remember(client, learner)
    assert "Hello" not in client.post(SIGN_IN, {"who": who, "staff_number": ""}).content.decode()


def test_staff_on_a_shared_phone_type_their_password(client, trainer):
    trainer.set_password("river stone lamp")
    trainer.save()
    sign_in(client, trainer, "river stone lamp")
    client.post(f"{OWN}remember/", {"face": "star"})
    client.post("/en/sign-out/")
    page = client.post(SIGN_IN, {"who": row_of(trainer)}).content.decode()
    assert "Hello, Charity" in page and 'autocomplete="current-password"' in page and "data-pin-pad" not in page


@pytest.mark.parametrize("people", [1, 3])
def test_page_costs_the_same_for_one_and_three_faces(client, db, people, django_assert_num_queries):
    for number in range(people):
        remember(client, make_person(f"Person{number}", "Otieno"))
    with django_assert_num_queries(1):
        client.get(SIGN_IN)
