import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
LOOK, LANGUAGE = "/en/look/", "/en/language/"


def test_look_is_kept_on_the_phone_until_auto_is_chosen(client):
    assert "data-look" not in client.get(LANGUAGE).content.decode()
    response = client.post(LOOK, {"look": "night", "next": "/en/sign-in/"})
    assert response["Location"] == "/en/sign-in/"
    assert '<html lang="en" data-look="night">' in client.get(LANGUAGE).content.decode()
    client.post(LOOK, {"look": "auto"})
    assert "data-look" not in client.get(LANGUAGE).content.decode()


@pytest.mark.parametrize("odd", ["", "blue", '"><b>', "x" * 5000])
def test_look_ignores_what_is_no_look(client, odd):
    client.post(LOOK, {"look": odd})
    client.cookies["look"] = "odd"
    assert "data-look" not in client.get(LANGUAGE).content.decode()


def test_look_leads_nowhere_else(client):
    assert client.post(LOOK, {"look": "sun", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_look_is_changed_by_post_only(client):
    assert client.get(reverse("people:look")).status_code == 405
