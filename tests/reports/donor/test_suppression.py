"""Nothing that points at few is shown, and nothing shown gives away what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.reports.donor.suppression import THRESHOLD, guarded

GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.integers(0, 9), st.integers(0, 60)), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


def lines(table):
    height, width = len(table.numbers), len(table.numbers[0])
    if table.across:
        yield from ([(i, j) for j in range(width)] for i in range(height))
    if table.down:
        yield from ([(i, j) for i in range(height)] for j in range(width))


@given(GRIDS, st.booleans(), st.booleans())
def test_what_is_shown_is_not_few(cells, across, down):
    table = guarded(cells, across=across, down=down)
    for i, row in enumerate(table.numbers):
        for j, number in enumerate(row):
            assert (i, j) in table.hidden or number >= THRESHOLD or not any(row)


@given(GRIDS, st.booleans(), st.booleans())
def test_no_hidden_number_follows_by_one_subtraction(cells, across, down):
    table = guarded(cells, across=across, down=down)
    for line in lines(table):
        assert len([place for place in line if place in table.hidden]) != 1


@given(GRIDS, st.booleans(), st.booleans())
def test_no_gap_can_be_filled_in_one_way_only(cells, across, down):
    """A reader knows that each «< 5» is 0 to 4, that each «•» is 5 or more, and the total."""
    table = guarded(cells, across=across, down=down)
    for *parts, total in lines(table):
        gaps = [place for place in parts if place in table.hidden]
        if not gaps or total in table.hidden:
            continue
        left = table.at(total) - sum(table.at(place) for place in parts if place not in table.hidden)
        least = sum(0 if place in table.few else THRESHOLD for place in gaps)
        most = sum(THRESHOLD - 1 for place in gaps) if all(place in table.few for place in gaps) else None
        assert least < left and left != most


@given(GRIDS)
def test_totals_are_sums(cells):
    table = guarded(cells, across=True, down=True)
    assert [row[-1] for row in table.numbers[:-1]] == [sum(row) for row in cells]
    assert table.numbers[-1][-1] == sum(map(sum, cells))


@pytest.mark.parametrize(
    ("cells", "few", "kept_back"),
    [
        ([[9, 8], [7, 6]], set(), set()),
        ([[0, 0], [7, 6]], set(), set()),
        ([[3, 20, 30], [40, 50, 60]], {(0, 0)}, {(0, 1), (1, 0), (1, 1)}),
    ],
)
def test_examples(cells, few, kept_back):
    table = guarded(cells, across=True, down=True)
    assert (table.few, table.kept_back) == (few, kept_back)
