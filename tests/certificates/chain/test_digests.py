from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from certificates.chain import digests
from certificates.models import CertificateEvent

AT = datetime(2026, 11, 21, 10, 30, 0, 123, UTC)


def event(**changes) -> CertificateEvent:
    values = {
        "pk": 7,
        "certificate_id": UUID(int=1),
        "kind": "revoked",
        "reason": "conduct",
        "facts": {"a": 1},
        "at": AT,
    }
    return CertificateEvent(**values | changes)


def test_digest_is_that_of_the_written_format():
    """Kept for ever: a change of this value would make every sealed event look changed."""
    assert digests.of_event(event()) == "59bfd31666e343c22ee199d13717b7dcb8c9f763e9f7bb58e6b48937e0595767"


def test_digest_does_not_depend_on_the_time_zone_or_the_order_of_facts():
    elsewhere = AT.astimezone(timezone(timedelta(hours=3)))
    one, other = event(facts={"a": 1, "b": 2}), event(facts={"b": 2, "a": 1}, at=elsewhere)
    assert digests.of_event(one) == digests.of_event(other)


@pytest.mark.parametrize("change", [
    {"pk": 8},
    {"certificate_id": UUID(int=2)},
    {"kind": "upheld"},
    {"reason": "left"},
    {"facts": {"a": 2}},
    {"at": AT + timedelta(microseconds=1)},
    {"note_sha256": "0" * 64},
])  # fmt: skip
def test_every_column_counts(change):
    assert digests.of_event(event(**change)) != digests.of_event(event())


def test_note_and_salt_may_go():
    assert digests.of_event(event(note="Said so", note_salt="x")) == digests.of_event(event())


def test_note_is_salted():
    assert digests.of_note("1", "Said so") != digests.of_note("2", "Said so")
    assert digests.of_note("", "") == ""
