"""Calendar quarters, and ages at their end. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

# Label of a band, and its first age.
BANDS = (("19", 0), ("20–24", 20), ("25–34", 25), ("35–49", 35), ("50", 50))


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year} Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return quarter_of(self.first - timedelta(days=1))


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def quarters_until(day: date, count: int) -> list[Quarter]:
    """The last ones, the newest first."""
    found = [quarter_of(day)]
    while len(found) < count:
        found.append(found[-1].before)
    return found


def born_in(band: int, year: int) -> tuple[int | None, int]:
    """First and last year of birth of a band in a year: only the year of birth is known, so the year's age counts."""
    youngest = year - BANDS[band][1]
    oldest = year - BANDS[band + 1][1] + 1 if band + 1 < len(BANDS) else None
    return oldest, youngest
