"""An attempt's questions and score in words."""

from decimal import Decimal

import pytest

from assessments import reveal


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0", ""),
        ("1", ""),
        ("0.5", "½"),
        ("0.667", "2 of 3 parts"),
        ("0.333", "1 of 3 parts"),
        ("0.75", "3 of 4 parts"),
    ],
)
def test_part_in_words(share, words):
    assert reveal.part_in_words(Decimal(share)) == words


@pytest.mark.parametrize(
    ("score", "words"), [("4", "4"), ("4.50", "4½"), ("0.50", "½"), ("4.33", "4.33"), ("10", "10")]
)
def test_points_in_words(score, words):
    assert reveal.points_in_words(Decimal(score)) == words
