"""Tokens in the admin: for administrators only, told once."""

import re

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.api.models import ApiToken
from lms.api.services import find_token

INDEX, ADD = reverse("staff_tokens:index"), reverse("staff_tokens:add")


@pytest.fixture
def office(client, administrator):
    client.force_login(administrator)
    return client


def form(client, **changes) -> dict:
    key = re.search(r'name="key" value="([^"]+)"', client.get(ADD).content.decode())[1]
    given = {"key": key, "name": "Registry", "countries": ["KE"], "scopes": ["certificates:check"]}
    return given | {"expires_on": "2199-01-01"} | changes


def test_a_token_is_made_and_told_once(office, administrator):
    data = form(office)
    made = office.post(ADD, data)
    text = re.search(r"hlt_[\w-]{43}", made.content.decode())[0]
    assert "no-store" in made["Cache-Control"]
    token = ApiToken.objects.get()
    assert find_token(text) == token and token.created_by == administrator
    again = office.post(ADD, data, follow=True).content.decode()
    assert "hlt_" not in again and ApiToken.objects.count() == 1
    entry = ModelLogEntry.objects.get(action="api.make_token")
    assert entry.data["countries"] == ["KE"] and text not in str(entry.data)


@pytest.mark.parametrize("change", [{"countries": []}, {"scopes": []}, {"name": ""}, {"expires_on": "2020-01-01"}])
def test_what_is_missing_or_over_is_said(office, change):
    page = office.post(ADD, form(office, **change)).content.decode()
    assert "error" in page and not ApiToken.objects.exists()


def test_the_list_shows_the_last_use_and_a_token_is_taken_back(office, token):
    find_token(token[1])
    page = office.get(INDEX).content.decode()
    assert str(token[0]) in page and "In use" in page and token[1] not in page
    own = reverse("staff_tokens:show", args=[token[0].pk])
    assert "Withdraw the token" in office.get(own).content.decode()
    for _press in range(2):
        assert "Withdrawn" in office.post(own, follow=True).content.decode()
    assert find_token(token[1]) is None
    assert ModelLogEntry.objects.filter(action="api.revoke_token").count() == 1
    assert office.put(own).status_code == 405


def test_the_list_asks_a_fixed_number_of_queries(office, token, kenya, django_assert_max_num_queries):
    office.get(INDEX)
    with django_assert_max_num_queries(30) as few:
        office.get(INDEX)
    for number in range(3):
        row = ApiToken.objects.create(name=f"{number}", token_sha256=str(number), ending="abcd")
        row.countries.add(kenya)
    with django_assert_max_num_queries(len(few)):
        office.get(INDEX)


def test_others_do_not_see_them(client, hr, token):
    client.force_login(hr)
    for url in (INDEX, ADD, reverse("staff_tokens:show", args=[token[0].pk])):
        assert client.get(url).status_code in (302, 403)
    client.logout()
    assert "/login/" in client.get(INDEX)["Location"]
