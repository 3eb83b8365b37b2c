"""Pure: what waits for what. Tables of cases, no database."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.learning import unlocking
from lms.learning.unlocking import Row

MODULE, OTHER = uuid4(), uuid4()


NOW = datetime(2026, 11, 21, tzinfo=UTC)


def unit(*, done=False, module_key=MODULE, kind="lesson", required=True, opens_after=()) -> Row:
    return Row(uuid4(), module_key, kind, required, list(opens_after), NOW if done else None)


def after(*rows, module=None, **fields) -> Row:
    keys = [str(row.unit_key) for row in rows] + ([str(module)] if module else [])
    return unit(opens_after=keys, **fields)


def waits(row: Row, *rows: Row, gone=frozenset()) -> list[str]:
    return unlocking.waiting([*rows, row], gone)[row.unit_key]


def test_waiting_names_the_units_that_are_not_done():
    one, two = unit(done=True), unit()
    assert waits(after(one, two), one, two) == [str(two.unit_key)]


def test_waiting_ends_when_every_required_unit_of_the_module_is_done():
    quiz = after(module=MODULE, module_key=OTHER)
    assert waits(quiz, unit(done=True), unit()) == [str(MODULE)]
    assert waits(quiz, unit(done=True), unit(done=True)) == []


def test_waiting_does_not_count_optional_units_of_a_module():
    assert waits(after(module=MODULE, module_key=OTHER), unit(done=True), unit(required=False)) == []


def test_waiting_takes_a_key_outside_the_enrolment_as_satisfied():
    assert waits(unit(opens_after=[str(uuid4())])) == []


def test_waiting_never_holds_a_practical():
    one = unit()
    assert waits(after(one, kind="practical"), one) == []


@pytest.mark.parametrize("gone", ["unit", "module"])
def test_waiting_is_not_held_up_by_what_is_withdrawn(gone):
    one = unit()
    keys = {one.unit_key} if gone == "unit" else {MODULE}
    assert waits(after(one, module=MODULE, module_key=OTHER), one, gone=keys) == []


@pytest.mark.parametrize(
    ("row", "waiting", "gone", "state"),
    [
        (unit(), [], False, "open"),
        (unit(), ["a"], False, "locked"),
        (unit(done=True), ["a"], False, "done"),
        (unit(done=True), [], True, "withdrawn"),
    ],
)
def test_state_is_one_word(row, waiting, gone, state):
    assert unlocking.state(row, waiting, {row.unit_key} if gone else set()) == state


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_chain_opens_exactly_up_to_the_first_unit_left(done):
    rows: list[Row] = []
    for is_done in done:
        rows.append(after(*rows[-1:], done=is_done))
    waiting = unlocking.waiting(rows)
    for before, row in zip(rows, rows[1:], strict=False):
        assert bool(waiting[row.unit_key]) == (not before.completed_at)
