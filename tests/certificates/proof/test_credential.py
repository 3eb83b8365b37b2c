import base64
import re
from datetime import date, timedelta
from types import SimpleNamespace

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pycose.keys import EC2Key
from pycose.messages import Sign1Message

from certificates.award import evidence
from certificates.proof import credential
from lms.core.squares import svg
from tests.factories.certificates import PROGRAMME, make_snapshot

KID = "0011223344556677"


@pytest.fixture(scope="module")
def key():
    return SimpleNamespace(kid=KID, private_key=ec.generate_private_key(ec.SECP256R1()))


def opened(text: str, key) -> Sign1Message:
    """By another implementation: its message, or an assertion that fails."""
    tagged = cbor2.loads(base64.b32decode(text + "=" * (-len(text) % 8)))
    assert tagged.tag == 18
    message = Sign1Message.from_cose_obj([dict(part) if part == {} else part for part in tagged.value], True)
    numbers = key.private_key.public_key().public_numbers()
    message.key = EC2Key(crv="P_256", x=numbers.x.to_bytes(32), y=numbers.y.to_bytes(32))
    assert message.verify_signature()
    return message


def test_another_implementation_reads_and_verifies_it(key):
    message = opened(credential.make(make_snapshot(), key, 1, 77_777), key)
    assert {header.fullname: value for header, value in message.phdr.items()}["KID"] == bytes.fromhex(KID)
    form, code, programme, version, awarded, until, salt, name, number, index, flags = cbor2.loads(message.payload)
    assert (form, programme, version, number, index, flags) == (2, "iphc", 3, 1, 77_777, 0)
    first = date(1970, 1, 1)
    assert (first + timedelta(awarded), first + timedelta(until)) == (date(2026, 11, 14), date(2027, 11, 30))
    assert name == credential.commitment(salt, "PHÍRI") != credential.commitment(salt, "Phir")
    assert f"{int.from_bytes(code):065b}" == "".join(
        f"{'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.index(character):05b}" for character in make_snapshot()["code"]
    )


@pytest.mark.parametrize(
    "changes, flags",
    [
        ({}, 0),
        ({"specimen": True}, 1),
        ({"programme": PROGRAMME | {"printed_title": PROGRAMME["title"]}}, 2),
        ({"specimen": True, "language": "sw"}, 0b1101),
    ],
)
def test_flags_say_specimen_own_title_and_language(key, changes, flags):
    message = opened(credential.make(make_snapshot(**changes), key, 1, 0), key)
    assert cbor2.loads(message.payload)[-1] == flags


def test_every_language_that_a_certificate_is_printed_in_has_a_number():
    assert set(evidence.LANGUAGES) <= set(credential.LANGUAGES)


def test_flipped_bit_breaks_the_signature(key):
    text = credential.make(make_snapshot(), key, 1, 5)
    place = 60
    changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
    with pytest.raises(AssertionError):
        opened(changed, key)


def test_names_in_other_scripts_are_committed_to_as_well(key):
    salt = bytes(8)
    assert credential.commitment(salt, "ኣበበ") != credential.commitment(salt, "ከበደ")


def test_one_name_only_is_committed_to(key):
    snapshot = make_snapshot()
    snapshot["holder"] |= {"name": "Thandiwe", "family_name": ""}
    *_, salt, name, _number, _index, _flags = cbor2.loads(opened(credential.make(snapshot, key, 1, 5), key).payload)
    assert name == credential.commitment(salt, "Thandiwe")


def test_says_no_name_and_fits_a_small_square(key):
    text = credential.make(make_snapshot(), key, 1, 131_071)
    address = credential.address("https://learn.example.org/", text)
    assert re.fullmatch(r"HTTPS://LEARN\.EXAMPLE\.ORG/V#2\.[A-Z2-7]+", address)
    assert b"Phiri" not in base64.b32decode(text + "=" * (-len(text) % 8))
    assert len(address) < 270
    assert 'viewBox="0 0 53 53"' in svg(address, 40, "")  # version 9
