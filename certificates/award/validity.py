"""How long a certificate holds: whole months after the award, to the end of the last one."""

from calendar import monthrange
from datetime import date


def valid_until(awarded_on: date, months: int) -> date:
    years, month = divmod(awarded_on.month - 1 + months, 12)
    year, month = awarded_on.year + years, month + 1
    return date(year, month, monthrange(year, month)[1])
