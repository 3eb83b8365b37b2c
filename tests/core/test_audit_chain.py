"""The format: written here as bytes, so that a change to it is noticed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.audit import chain

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def test_an_entry_is_written_in_one_way():
    assert chain.canonical({"b": 1, "a": "Ŋ"}) == '{"a":"Ŋ","b":1}'.encode()
    assert chain.digest({"b": 1, "a": 2}) == chain.digest({"a": 2, "b": 1})


def test_a_link_is_the_hash_of_its_lines():
    lines = b"lms-chain-1\n2\nabc\nd1\nd2\n"
    assert chain.link(2, "abc", ["d1", "d2"]) == hashlib.sha256(lines).hexdigest()


@pytest.mark.parametrize(
    "other",
    [(2, "", ["a", "b"]), (1, "x", ["a", "b"]), (1, "", ["b", "a"]), (1, "", ["a"]), (1, "", ["ab"]), (1, "a", ["b"])],
)
def test_every_part_of_a_link_counts(other):
    assert chain.link(*other) != chain.link(1, "", ["a", "b"])


def test_what_json_does_not_know_is_refused():
    with pytest.raises(ValueError):
        chain.canonical({"a": float("nan")})


@given(st.dictionaries(st.text(), VALUES), st.dictionaries(st.text(), VALUES))
def test_two_entries_share_a_digest_only_when_they_are_written_alike(one, other):
    assert (chain.digest(one) == chain.digest(other)) == (chain.canonical(one) == chain.canonical(other))
