from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.renewal.windows import REMINDERS, Phase, reminder_due, window

END = date(2026, 11, 30)
USUAL = window(END, 90, 60)


@pytest.mark.parametrize(
    "today, phase",
    [
        (date(2026, 8, 31), Phase.NOT_YET),
        (date(2026, 9, 1), Phase.OPEN),
        (END, Phase.OPEN),
        (date(2026, 12, 1), Phase.GRACE),
        (date(2027, 1, 29), Phase.GRACE),
        (date(2027, 1, 30), Phase.OVER),
    ],
)
def test_phase_of_a_day(today, phase):
    assert USUAL.phase(today) == phase
    assert USUAL.may_renew(today) == (phase in (Phase.OPEN, Phase.GRACE))


@pytest.mark.parametrize(
    "left, days",
    [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-60, 0), (-61, None)],
)
def test_reminder_is_the_nearest_only(left, days):
    assert reminder_due(USUAL, END - timedelta(days=left)) == days


def test_no_reminder_before_a_short_window_opens_or_after_no_grace():
    short = window(END, 20, 0)
    assert reminder_due(short, END - timedelta(days=21)) is None
    assert reminder_due(short, END - timedelta(days=20)) == 30
    assert reminder_due(short, END + timedelta(days=1)) is None


def test_long_window_reminds_only_from_90_days_on():
    long = window(END, 200, 0)
    assert reminder_due(long, END - timedelta(days=150)) is None
    assert reminder_due(long, END - timedelta(days=90)) == 90


@given(st.integers(0, 366), st.integers(0, 366), st.integers(-500, 500))
def test_who_is_reminded_may_renew(renewal_days, grace_days, left):
    one, today = window(END, renewal_days, grace_days), END - timedelta(days=left)
    due = reminder_due(one, today)
    assert due is None or (due in REMINDERS and one.may_renew(today))
    assert (due == 0) == (one.phase(today) == Phase.GRACE)
