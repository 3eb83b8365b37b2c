from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from lms.messaging.quiet import next_allowed

NAIROBI, LUANDA = ZoneInfo("Africa/Nairobi"), ZoneInfo("Africa/Luanda")  # UTC+3, UTC+1


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "start", "end", "allowed"),
    [
        (at(9), NAIROBI, time(20), time(7), at(9)),  # noon
        (at(16, 59), NAIROBI, time(20), time(7), at(16, 59)),  # 19:59
        (at(17), NAIROBI, time(20), time(7), at(4, day=3)),  # 20:00: until the next morning
        (at(20, 59), NAIROBI, time(20), time(7), at(4, day=3)),  # 23:59
        (at(21), NAIROBI, time(20), time(7), at(4, day=3)),  # midnight: this morning, by her date
        (at(3, 59), NAIROBI, time(20), time(7), at(4)),  # 06:59
        (at(4), NAIROBI, time(20), time(7), at(4)),  # 07:00
        (at(17), LUANDA, time(20), time(7), at(17)),  # the same moment is 18:00 there
        (at(19), LUANDA, time(20), time(7), at(6, day=3)),
        (at(10), NAIROBI, time(12), time(14), at(11)),  # by day: 13:00
        (at(8, 59), NAIROBI, time(12), time(14), at(8, 59)),
        (at(11), NAIROBI, time(12), time(14), at(11)),
        (at(9), NAIROBI, time(12), time(12), at(9)),  # the same time twice
        (at(20, 30), NAIROBI, time(0), time(6), at(20, 30)),  # 23:30, quiet from midnight
        (at(21), NAIROBI, time(0), time(6), at(3, day=3)),
        (at(20, 30), NAIROBI, time(22), time(0), at(21)),  # until midnight
    ],
)
def test_next_allowed(moment, zone, start, end, allowed):
    assert next_allowed(moment, zone, start, end) == allowed


def test_next_allowed_is_allowed_itself():
    for hour in range(24):
        moment = next_allowed(at(hour, 30), NAIROBI, time(20), time(7))
        assert next_allowed(moment, NAIROBI, time(20), time(7)) == moment >= at(hour, 30)
