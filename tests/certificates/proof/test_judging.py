import hashlib
import logging
import random
import subprocess
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.models import Certificate, IssuerKey
from certificates.paper import drawing
from certificates.proof import codes, judging, signing
from certificates.proof.judging import Judgement, State
from tests.factories.certificates import make_snapshot
from tests.factories.keys import make_key, published

from .. import tampering

KEY = make_key()


@pytest.fixture(scope="module")
def pdf():
    """Genuine, once its hash is in the register."""
    return signing.sign(drawing.draw(make_snapshot()), KEY, timezone.now())


@pytest.fixture
def certificate(pdf, kenya):
    """The row of the register, and the published key."""
    published(KEY, kenya)
    return register(pdf_sha256=hashlib.sha256(pdf).hexdigest())


def register(**fields) -> Certificate:
    fixed = {"programme_key": uuid.uuid4(), "programme_version": 1, "country_code": "KE", "status_index": 7}
    days = {"awarded_on": date(2026, 11, 14), "valid_until": date(2027, 11, 30), "drawn_at": timezone.now()}
    return Certificate.objects.create(code=codes.new(), **fixed, **days, **fields)


def test_what_was_issued_is_genuine(pdf, certificate):
    assert judging.judge(pdf) == Judgement(State.GENUINE, certificate)


def test_wallet_card_is_genuine_too(pdf, certificate):
    Certificate.objects.update(card_sha256=hashlib.sha256(b"card").hexdigest())
    assert judging.judge(b"card") == Judgement(State.GENUINE, certificate)


def test_withdrawn_one_is_genuine_and_the_caller_shows_its_state(pdf, certificate):
    Certificate.objects.update(revoked_at=timezone.now(), revoked_reason="conduct")
    assert judging.judge(pdf).certificate.revoked_at


def test_genuine_one_costs_one_query_and_no_parser(pdf, certificate, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(judging, "_inspected", None)
    with django_assert_num_queries(1):
        judging.judge(pdf)


@pytest.mark.parametrize(
    ("tampered", "state"),
    [
        (tampering.byte_flipped, State.CHANGED),
        (tampering.overlaid, State.CHANGED),
        (tampering.rewritten, State.CHANGED),
        (tampering.attachment_swapped, State.CHANGED),
        (tampering.trailing_bytes, State.CHANGED),
        (tampering.padding_filled, State.CHANGED),
        (tampering.certificate_beside_changed, State.CHANGED),
        (tampering.truncated, State.CHANGED),
        (tampering.cut_in_half, State.NOT_OURS),
        (tampering.encrypted, State.CHANGED),
        (tampering.signature_taken_out, State.NOT_OURS),
    ],
)
def test_tampered_file_is_not_genuine(pdf, certificate, tampered, state, caplog):
    assert judging.judge(tampered(pdf)) == Judgement(state)
    assert "not in the register" not in caplog.text  # nobody is told that a key was stolen


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (b"", State.NOT_PDF),
        (b"PK\x03\x04 a spreadsheet", State.NOT_PDF),
        (b"%PDF-1.7\n", State.NOT_OURS),
        (b"%PDF-1.7\n" + bytes(judging.MOST_BYTES), State.TOO_BIG),
        (tampering.photographed(), State.SCAN),
        (tampering.scanned(), State.SCAN),
        (drawing.draw(make_snapshot()), State.NOT_OURS),
    ],
    ids=["empty", "no PDF", "only a header", "too big", "photo", "scan", "drawing without signature"],
)
def test_what_was_never_ours(data, state, certificate):
    assert judging.judge(data) == Judgement(state)


def forged(key) -> bytes:
    return signing.sign(drawing.draw(make_snapshot(name="Somebody Else")), key, timezone.now())


def test_other_authority_of_the_same_name_is_not_ours(certificate):
    other = make_key()
    assert other.certificate.subject == KEY.certificate.subject
    assert judging.judge(forged(other)) == Judgement(State.NOT_OURS)


def test_signature_moved_to_another_file_is_found(pdf, certificate):
    assert judging.judge(tampering.signature_moved(pdf, forged(make_key()))) == Judgement(State.CHANGED)


def test_whole_signature_of_ours_makes_nothing_genuine(certificate, caplog):
    """Somebody stole the key, or the register was set back."""
    assert judging.judge(forged(KEY)) == Judgement(State.NOT_OURS)
    assert [record.levelno for record in caplog.records if "not in the register" in record.message] == [logging.ERROR]


def test_compromised_key_vouches_for_nothing_and_the_register_still_does(pdf, certificate):
    IssuerKey.objects.update(compromised_at=timezone.now())
    assert judging.judge(tampering.overlaid(pdf)) == Judgement(State.NOT_OURS)
    assert judging.judge(pdf) == Judgement(State.GENUINE, certificate)


def test_judged_alike_after_the_signing_certificate_ended(pdf, certificate, caplog):
    other = forged(KEY)
    with time_machine.travel(timezone.now() + timedelta(days=365 * 11)):
        assert judging.judge(pdf) == Judgement(State.GENUINE, certificate)
        assert judging.judge(tampering.overlaid(pdf)) == Judgement(State.CHANGED)
        assert judging.judge(other) == Judgement(State.NOT_OURS)
    assert "not in the register" in caplog.text  # its signature still holds, as of the key's own time


def test_parser_that_takes_too_long_finds_nothing(pdf, certificate, monkeypatch, tmp_path, caplog):
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(judging, "INSPECTING", endless)
    monkeypatch.setattr(judging, "PATIENCE", 0.3)
    assert judging.judge(tampering.scanned()) == Judgement(State.NOT_OURS)
    assert "longer than" in caplog.text


def test_parser_knows_no_setting_and_no_secret(pdf, certificate, monkeypatch):
    given_to = {}

    def run(command, **options):
        given_to.update(options)
        return subprocess.CompletedProcess(command, 0, b"foreign", b"")

    monkeypatch.setattr(judging.subprocess, "run", run)
    judging.judge(tampering.scanned())
    assert given_to["env"] == {}
    assert b"PRIVATE" not in given_to["input"]


def test_log_holds_nothing_of_the_file(certificate, caplog):
    judging.judge(b"%PDF-1.7\n Thandiwe Phiri")
    assert "Thandiwe" not in caplog.text


@pytest.fixture
def in_this_process(monkeypatch):
    """The parser beside the tests: for hundreds of files a process each takes minutes."""
    monkeypatch.setattr(judging, "_inspected", tampering.inspected_here)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_no_mutation_is_genuine_and_none_crashes(pdf, certificate, in_this_process, seed):
    kind, mutated = tampering.mutated(pdf, random.Random(seed))
    judgement = judging.judge(mutated)
    assert judgement.state in (State.CHANGED, State.NOT_OURS, State.NOT_PDF) or mutated == pdf, kind


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000))
def test_no_bytes_crash(certificate, in_this_process, data):
    assert judging.judge(b"%PDF-1.7\n" + data).state in (State.NOT_OURS, State.SCAN)
