"""The format: written here as bytes, so that a change to it is noticed."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.audit import chain

AT = datetime(2026, 11, 21, 10, 30, 0, 123, UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def test_an_entry_is_written_in_one_way():
    assert chain.canonical({"b": 1, "a": "Ŋ"}) == '{"a":"Ŋ","b":1}'.encode()
    assert chain.digest({"b": 1, "a": 2}) == chain.digest({"a": 2, "b": 1})


def test_a_link_is_the_hash_of_its_lines():
    lines = b"lms-chain-1\n2\nabc\n2026-11-21T10:30:00.000123+00:00\nd1\nd2\n"
    nairobi = AT.astimezone(timezone(timedelta(hours=3)))
    assert chain.link(2, "abc", nairobi, ["d1", "d2"]) == hashlib.sha256(lines).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        (2, "", AT, ["a", "b"]),
        (1, "x", AT, ["a", "b"]),
        (1, "", AT + timedelta(microseconds=1), ["a", "b"]),
        (1, "", AT, ["b", "a"]),
        (1, "", AT, ["a"]),
        (1, "", AT, ["ab"]),
        (1, "a", AT, ["b"]),
    ],
)
def test_every_part_of_a_link_counts(other):
    assert chain.link(*other) != chain.link(1, "", AT, ["a", "b"])


def test_what_json_does_not_know_is_refused():
    with pytest.raises(ValueError):
        chain.canonical({"a": float("nan")})


@given(st.dictionaries(st.text(), VALUES), st.dictionaries(st.text(), VALUES))
def test_two_entries_share_a_digest_only_when_they_are_written_alike(one, other):
    assert (chain.digest(one) == chain.digest(other)) == (chain.canonical(one) == chain.canonical(other))
