"""Tokens, limits, and what goes wrong."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from certificates.proof import codes
from lms.api import limits
from lms.api.models import ApiToken
from lms.api.services import revoke_token

GOOD = {"code": codes.new()}


def problem(answer, status: int) -> dict:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    body = answer.json()
    assert (body["type"], body["status"]) == ("about:blank", status) and body["detail"]
    return body


@pytest.mark.parametrize("text", ["", "hlt_wrong", "x" * 5000, "\x80"])
def test_without_a_good_token_nothing_is_told(ask, text):
    answer = ask("check", GOOD, text=text)
    problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_withdrawn_or_expired_token_opens_nothing(ask, token, administrator):
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        problem(ask("check", GOOD), 401)
    assert ask("check", GOOD).status_code == 200
    revoke_token(token[0], by=administrator)
    problem(ask("check", GOOD), 401)


def test_a_token_without_the_scope_is_refused(ask):
    ApiToken.objects.update(scopes=[])
    problem(ask("check", GOOD), 403)


def test_only_a_hash_and_the_day_of_its_use_are_kept(ask, token):
    ask("check", GOOD)
    row = ApiToken.objects.get()
    assert row.last_used_on == timezone.localdate()
    assert token[1] not in str(ApiToken.objects.values()) and row.ending == token[1][-4:]


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("check", {}, "#/code"),
        ("check", {"code": "x" * 61}, "#/code"),
        ("check", {"code": ["x"]}, "#/code"),
        ("check", {"code": "x", "family_name": "y" * 151}, "#/family_name"),
        ("check", [], "#"),
        ("check-many", {"certificates": [{"code": "x"}, {}]}, "#/certificates/1/code"),
        ("check-many", {"certificates": []}, "#/certificates"),
        ("check-many", {"certificates": [{"code": "x"}] * 501}, "#/certificates"),
        ("check-many", {"certificates": "x"}, "#/certificates"),
    ],
)
def test_a_wrong_field_is_named(ask, path, body, pointer):
    assert pointer in [error["pointer"] for error in problem(ask(path, body), 400)["errors"]]


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, '{"code": NaN}', b"\xff\xfe", '{"code": "\\ud800"}', '"x"'])
def test_what_is_no_json_is_refused(client, token, body):
    headers = {"Authorization": f"Bearer {token[1]}"}
    problem(client.post("/api/v1/certificates/check", body, "application/json", headers=headers), 400)


def test_method_type_size_and_address(client, ask, token):
    headers = {"Authorization": f"Bearer {token[1]}"}
    for method in ("get", "put", "delete"):
        answer = getattr(client, method)("/api/v1/certificates/check", headers=headers)
        problem(answer, 405)
        assert "POST" in answer["Allow"]
    problem(client.post("/api/v1/certificates/check", {"code": "x"}, headers=headers), 415)
    problem(ask("check", {"code": "x" * 600_000}), 413)
    problem(client.get("/api/v1/certificates/7K2M"), 404)
    problem(client.post("/api/v1/certificates/check/", headers=headers), 404)


def test_sixty_requests_a_minute_for_a_token(ask, monkeypatch):
    monkeypatch.setattr(limits, "REQUESTS_A_MINUTE", 2)
    assert [ask("check", GOOD).status_code for _time in range(2)] == [200, 200]
    answer = ask("check", GOOD)
    problem(answer, 429)
    assert answer["Retry-After"] == "60"


def test_wrong_tokens_are_slowed_down_and_a_good_one_beside_them_is_not(ask, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_A_MINUTE", 1)
    problem(ask("check", GOOD, text="hlt_wrong"), 401)
    problem(ask("check", GOOD, text="hlt_wrong"), 429)
    assert ask("check", GOOD).status_code == 200
    cache.clear()
    problem(ask("check", GOOD, text="hlt_wrong"), 401)


def test_the_document_is_public_and_says_what_there_is(client):
    document = client.get("/api/v1/openapi.json").json()
    assert set(document["paths"]) == {"/api/v1/certificates/check", "/api/v1/certificates/check-many"}
    operation = document["paths"]["/api/v1/certificates/check"]["post"]
    assert set(operation["responses"]) == {"200", "400", "401", "403", "413", "415", "429"}
    assert operation["security"] == [{"token": []}]
    assert document["components"]["schemas"]["Answer"]["properties"].keys() >= {"state", "name_matches"}
    assert client.post("/api/v1/openapi.json").status_code == 405
