"""Quarters of the calendar year, and bands of ages."""

from datetime import date

import pytest

from lms.reports.donor.quarters import BANDS, Quarter, born_in, quarter_of, quarters_until


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2026, 1, 1), "2026 Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), "2026 Q2", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), "2026 Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarter_of_a_day(day, name, first, last):
    quarter = quarter_of(day)
    assert (str(quarter), quarter.first, quarter.last) == (name, first, last)


def test_quarters_run_over_the_new_year():
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert Quarter(2025, 4).after == Quarter(2026, 1)
    assert [str(one) for one in quarters_until(date(2026, 2, 1), 3)] == ["2026 Q1", "2025 Q4", "2025 Q3"]


def test_bands_leave_no_year_out_and_count_none_twice():
    for age in range(10, 100):
        born = 2026 - age
        fits = [born_in(band, 2026) for band in range(len(BANDS))]
        assert sum((oldest is None or oldest <= born) and born <= youngest for oldest, youngest in fits) == 1
    assert born_in(1, 2026) == (2002, 2006)
