from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.signoff import judge, valid_until


def steps(marks):
    """«*» before a mark: a ★ step. y yes, n not yet, a not applicable, - no mark."""
    words = {"y": "yes", "n": "not_yet", "a": "na", "-": ""}
    return [{"critical": mark[0] == "*", "mark": words[mark[-1]]} for mark in marks.split()]


@pytest.mark.parametrize(
    ("marks", "competent"),
    [
        ("y y y y", True),
        ("*y y y y y n", True),
        ("*y y y y n", False),
        ("*y y y n a", False),
        ("*n y y y y y y y y y", False),
        ("*a y y y y", False),
        ("*- y y y y", False),
        ("*y a a a", True),
        ("a a a", False),
        ("", False),
        ("y y y y -", False),
        ("y y y y n n", False),
        ("y y y y y y y y n n", True),
    ],
)
def test_competent(marks, competent):
    assert judge(steps(marks)).competent is competent


@given(st.lists(st.sampled_from(["y", "n", "a", "*y", "*n"]), max_size=12))
def test_a_missed_star_is_never_competent(marks):
    verdict = judge(steps(" ".join(marks)))
    if "*n" in marks:
        assert not verdict.competent
    assert verdict.unmarked == 0


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        (date(2026, 11, 21), 12, date(2027, 11, 21)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_valid_until_is_the_same_day_or_the_last_of_its_month(day, months, until):
    assert valid_until(day, months) == until
