import base64
import json

import pytest
from cryptography import x509
from django.urls import reverse
from joserfc import jws
from joserfc.jwk import ECKey, KeySet

from certificates import keys
from certificates.keys import changes, folder, roots
from certificates.models import IssuerKey
from tests.factories.keys import make_key, published


@pytest.fixture
def key(kenya, place):
    return keys.signing_key("KE")


def answer(client, name="keys"):
    return client.get(reverse(f"verification:{name}"))


def key_set(client) -> list[dict]:
    return json.loads(answer(client).content)["keys"]


def test_published_key_checks_what_the_private_one_signed(client, key):
    (jwk,) = key_set(client)
    assert (jwk["kid"], jwk["country"], jwk["country_name"]) == (key.kid, "KE", "Kenya")
    public = KeySet.import_key_set({"keys": [jwk]}).get_by_kid(key.kid)
    private = ECKey.import_key(folder.private_pem(key.private_key))
    signed = jws.serialize_compact({"alg": "ES256"}, b"words", private)
    assert jws.deserialize_compact(signed, public).payload == b"words"


def test_chain_leads_to_the_root(client, key):
    own, root = (x509.load_der_x509_certificate(base64.b64decode(der)) for der in key_set(client)[0]["x5c"])
    own.verify_directly_issued_by(root)
    assert own == key.certificate
    assert answer(client, "roots").content == folder.pem(root)


def test_nothing_private_is_published(client, key):
    (jwk,) = key_set(client)
    assert "d" not in jwk and "PRIVATE" not in answer(client).text


def test_ended_keys_stay_and_say_so(client, key, kenya):
    changes.rotate(kenya, roots.by_itself())
    changes.compromise(key.kid)
    old, new = key_set(client)
    assert old["kid"] == key.kid and old["retired_at"] and old["compromised_at"]
    assert new["retired_at"] is new["compromised_at"] is None


@pytest.mark.parametrize("rows", [1, 3])
def test_key_set_costs_one_query(client, key, kenya, rows, django_assert_num_queries):
    for _ in range(1, rows):
        changes.rotate(kenya, roots.by_itself())
    with django_assert_num_queries(1):
        assert len(key_set(client)) == rows


@pytest.mark.parametrize("name", ["keys", "roots"])
def test_answer_leaves_no_trace_and_is_open_to_other_sites(client, key, name):
    response = answer(client, name)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in response.get("Vary", "")
    assert client.post(reverse(f"verification:{name}")).status_code == 405


def test_addresses_are_those_that_are_printed():
    assert (reverse("verification:keys"), reverse("verification:roots")) == ("/keys.json", "/root.pem")


def test_before_the_first_key_there_is_nothing(client, db):
    assert key_set(client) == []
    response = answer(client, "roots")
    assert response.status_code == 404 and not response.cookies


def test_root_made_by_itself_is_offered_only_where_there_is_no_other(client, key, lesotho):
    proper = make_key()
    published(proper, lesotho)
    assert answer(client, "roots").content == folder.pem(proper.chain[-1])


def test_each_root_is_offered_once(client, key, lesotho):
    keys.signing_key("LS")
    assert IssuerKey.objects.count() == 2
    assert answer(client, "roots").text.count("BEGIN CERTIFICATE") == 1
