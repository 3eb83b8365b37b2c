"""What a cell of the grid says, state by state."""

from uuid import UUID

import pytest
from django.utils import timezone

from lms.learning.unlocking import Row
from lms.reports.room.cells import Marks, progress

MODULE, FIRST, SECOND, WATCHED = (UUID(int=number) for number in range(1, 5))
NOW = timezone.now()


def rows(first=None, second=None, *, after=(), required=True):
    return [
        Row(FIRST, MODULE, "lesson", required, list(after), first),
        Row(SECOND, MODULE, "quiz", required, [*after, str(FIRST)], second),
        Row(WATCHED, None, "practical", True, [], None),
    ]


@pytest.mark.parametrize(
    ("given", "marks", "state", "words"),
    [
        (rows(), {}, "new", "Not begun"),
        (rows(), {"begun": {FIRST}}, "going", "0 of 2"),
        (rows(NOW), {}, "going", "1 of 2"),
        (rows(NOW, NOW), {}, "done", "Done"),
        (rows(NOW, NOW), {"credited": {FIRST}}, "done", "Done"),
        (rows(NOW, NOW), {"credited": {FIRST, SECOND}}, "credited", "Credited"),
        (rows(None, NOW), {"again": {FIRST}}, "again", "Again"),
        (rows(NOW, NOW), {"again": {FIRST}}, "done", "Done"),
        (rows(NOW), {"gone": {SECOND}}, "done", "Done"),
        (rows(required=False), {}, "new", "Not begun"),
    ],
)
def test_cell_says_how_far_she_is(given, marks, state, words):
    cell = progress(given, Marks(**marks)).cells[MODULE]
    assert (cell.state, cell.words) == (state, words)


def test_module_that_waits_for_another_is_locked():
    other = UUID(int=9)
    before = Row(other, other, "lesson", True, [], None)
    found = progress([before, *rows(after=[str(other)])], Marks())
    assert found.cells[MODULE].state == "locked"
    assert found.next == other


def test_withdrawn_module_is_asked_of_nobody():
    found = progress(rows(), Marks(gone=frozenset({MODULE})))
    assert found.cells == {}
    assert found.next == WATCHED


def test_practicals_are_counted_apart_and_come_last():
    found = progress(rows(NOW, NOW), Marks())
    assert (found.practicals_done, found.practicals, found.modules_done, found.next) == (0, 1, 1, WATCHED)
