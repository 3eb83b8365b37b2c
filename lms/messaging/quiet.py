"""When a message may leave: pure reckoning with a country's clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_allowed(moment: datetime, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> datetime:
    """This moment, or the end of the quiet hours that it falls into. The same time twice: no hour is quiet."""
    local = moment.astimezone(zone)
    if not _is_quiet(local.time(), quiet_from, quiet_until):
        return moment
    end = datetime.combine(local.date(), quiet_until, zone)
    return end if end > local else datetime.combine(local.date() + timedelta(days=1), quiet_until, zone)


def _is_quiet(now: time, start: time, end: time) -> bool:
    if start <= end:
        return start <= now < end
    return now >= start or now < end
