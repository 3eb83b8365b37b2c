import base64
import gzip
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import ECKey

from certificates import keys, services
from certificates.models import Certificate, StatusList
from certificates.proof import status_lists
from certificates.proof.status_lists import BITS, Purpose
from tests.factories.certificates import finish, issued

SEED = "5e" * 32
OPENED = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def key():
    return keys.SigningKey("0011223344556677", ec.generate_private_key(ec.SECP256R1()), None, ())


def bits(encoded: str) -> set[int]:
    """Read with other eyes: as one string of noughts and ones."""
    assert encoded[0] == "u"
    data = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert len(data) * 8 == BITS
    return {place for place, bit in enumerate("".join(f"{byte:08b}" for byte in data)) if bit == "1"}


def read(row: StatusList, purpose: Purpose, key) -> dict:
    """By another implementation."""
    text = status_lists.signed_list(row, purpose, key, timezone.now())
    token = jwt.decode(text, ECKey.import_key(key.private_key.public_key()), algorithms=["ES256"])
    assert token.header["typ"] == "vc+jwt" and token.header["kid"] == key.kid
    return token.claims


def real(row: StatusList, purpose: Purpose, key) -> set[int]:
    """The bits that are set for a certificate."""
    return bits(read(row, purpose, key)["credentialSubject"]["encodedList"]) - status_lists.all_decoys(row.seed)


@pytest.mark.parametrize("indices", [set(), {0}, {7, 8}, {BITS - 1}, {3, 31, 65_536}])
def test_first_bit_is_the_most_significant(indices):
    assert bits(status_lists.encoded(indices)) == indices


def test_list_with_a_thousand_entries_is_light():
    assert len(status_lists.encoded(range(0, BITS, 131))) < 3_000


def test_withdrawn_and_replaced_are_set_and_a_reinstated_one_is_not(learner, other_learner, curriculum, hr, key):
    first, second = finish(learner, curriculum), issued(other_learner, curriculum)
    row = StatusList.objects.get(country_code="KE", number=1)
    assert real(row, Purpose.REVOKED, key) == real(row, Purpose.SUPERSEDED, key) == set()
    services.revoke_certificate(first, by=hr, reason="conduct")
    services.correct_name(second, by=hr, given_names="Amina", family_name="Were")
    assert real(row, Purpose.REVOKED, key) == {first.status_index}
    assert real(row, Purpose.SUPERSEDED, key) == {second.status_index}
    Certificate.objects.filter(pk=first.pk).update(revoked_at=None, revoked_reason="")
    assert real(row, Purpose.REVOKED, key) == set()


def test_list_says_whose_it_is_and_until_when_it_holds(db, key):
    row = StatusList.objects.create(country_code="KE", number=2)
    claims = read(row, Purpose.REVOKED, key)
    assert claims["id"].endswith("/status/KE/2/revoked")
    assert claims["credentialSubject"]["statusPurpose"] == "revocation"
    assert datetime.fromisoformat(claims["validUntil"]) - datetime.fromisoformat(claims["validFrom"]) == timedelta(7)


def test_one_question_whatever_the_length(db, key, django_assert_num_queries):
    row = StatusList.objects.create(country_code="KE", number=1)
    with django_assert_num_queries(1):
        status_lists.signed_list(row, Purpose.REVOKED, key, timezone.now())


def test_how_many_are_set_tells_nothing():
    """Hundreds from the first day, differing from list to list; more come by themselves, and none goes."""
    firsts = [set(status_lists.decoys(f"{seed:064x}", Purpose.REVOKED, OPENED, OPENED)) for seed in range(8)]
    assert all(250 < len(first) < 650 for first in firsts)
    assert len({len(first) for first in firsts}) > 4
    before: set[int] = set()
    for month in range(0, 130, 6):
        now = set(status_lists.decoys(SEED, Purpose.REVOKED, OPENED, OPENED + timedelta(days=30.5 * month)))
        assert before <= now
        before = now
    assert len(before) > len(firsts[0])
    assert before <= status_lists.all_decoys(SEED)


def test_no_certificate_gets_a_decoy(db, monkeypatch):
    row = StatusList.objects.create(country_code="KE", number=1, seed=SEED)
    decoys = iter(status_lists.all_decoys(row.seed))
    draws = iter([next(decoys) for _ in range(31)] + [next(iter(set(range(BITS)) - status_lists.all_decoys(SEED)))])
    monkeypatch.setattr(status_lists.secrets, "randbelow", lambda _: next(draws))
    assert status_lists.free_bit("KE")["status_index"] not in status_lists.all_decoys(SEED)


def test_next_list_opens_when_the_last_is_nearly_full(learner, curriculum, monkeypatch):
    certificate = finish(learner, curriculum)
    draws = iter([certificate.status_index] * status_lists.CANDIDATES)
    monkeypatch.setattr(status_lists.secrets, "randbelow", lambda _: next(draws, 77))
    assert status_lists.free_bit("KE") == {"status_list": 2, "status_index": 77}
    assert list(StatusList.objects.values_list("number", flat=True)) == [1, 2]


def test_each_country_has_its_own(learner, lesotho_learner, curriculum):
    finish(learner, curriculum), finish(lesotho_learner, curriculum)
    assert set(StatusList.objects.values_list("country_code", "number")) == {("KE", 1), ("LS", 1)}
