from datetime import date

import pytest

from certificates.award.validity import valid_until


@pytest.mark.parametrize(
    "awarded_on, months, until",
    [
        (date(2026, 11, 14), 12, date(2027, 11, 30)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 6, 1), 30, date(2028, 12, 31)),
    ],
)
def test_certificate_ends_with_the_month(awarded_on, months, until):
    assert valid_until(awarded_on, months) == until
