"""What a partner's program is told."""

import json

import pytest
from django.core.cache import cache

from certificates.models import CertificatePayload
from certificates.proof import codes
from tests.factories.register import register, registered, revoked


@pytest.fixture
def valid(learner):
    return registered(learner)


def test_a_valid_certificate_with_its_facts_and_no_name(ask, valid):
    answer = ask("check", {"code": valid.printed_code.lower()})
    assert answer.status_code == 200 and answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "code": valid.printed_code.lower(),
        "state": "valid",
        "specimen": False,
        "programme": {
            "code": "iphc",
            "title": "Integrated Primary Health Care",
            "version": 3,
            "level": "Community health worker",
        },
        "awarded_on": valid.awarded_on.isoformat(),
        "valid_until": valid.valid_until.isoformat(),
        "country": {"code": "KE", "name": "Kenya"},
        "withdrawn_on": None,
        "replaced_on": None,
        "reason": None,
        "name_matches": None,
        "name_not_compared": None,
    }
    assert not answer.cookies


def test_states_in_their_order(ask, learner, other_learner, valid):
    specimen, gone = registered(learner, specimen=True), revoked(registered(other_learner))
    wrong = valid.code[:-1] + ("A" if valid.code[-1] != "A" else "B")
    sent = [valid.code, specimen.code, gone.code, codes.new(), wrong]
    found = ask("check-many", {"certificates": [{"code": code} for code in sent]}).json()["certificates"]
    assert [row["code"] for row in found] == sent
    assert [row["state"] for row in found] == ["valid", "specimen", "withdrawn", "not_found", "typing_error"]
    assert found[2]["reason"] == "conduct" and found[2]["withdrawn_on"]


def test_elsewhere_and_not_yet_issued_answer_byte_for_byte_like_unknown(ask, learner, lesotho_learner):
    there = revoked(registered(lesotho_learner))
    waiting = registered(learner, drawn_at=None, pdf_sha256="")
    answers = [
        ask("check", {"code": code, "family_name": "Mokoena"}).content.replace(code.encode(), b"")
        for code in (there.code, waiting.code, codes.new())
    ]
    assert len(set(answers)) == 1 and json.loads(answers[0])["state"] == "not_found"


def test_a_family_name_is_compared_five_times_an_hour(ask, valid):
    told = [ask("check", {"code": valid.code, "family_name": name}).json() for name in ["otiéno", *"ABCDE"]]
    assert [row["name_matches"] for row in told] == [True, False, False, False, False, None]
    assert told[-1]["name_not_compared"] == "too_many_tries" and "Otieno" not in str(told)


def test_of_an_erased_person_no_name_is_kept(ask, valid):
    CertificatePayload.objects.all().delete()
    told = ask("check", {"code": valid.code, "family_name": "Otieno"}).json()
    assert (told["state"], told["name_matches"], told["name_not_compared"]) == ("valid", None, "not_kept")


def test_the_number_of_queries_does_not_grow(ask, learner, django_assert_num_queries):
    ask("check", {"code": codes.new()})  # its day of use is noted
    rows = [revoked(one) for one in register([learner] * 5)]
    for count in (1, 5):
        cache.clear()
        with django_assert_num_queries(3):
            ask("check-many", {"certificates": [{"code": row.code} for row in rows[:count]]})
