"""How often strangers may ask, and whether somebody guesses codes. Counted in rows that hold no address and no code."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import CheckCount

NAMES_AN_HOUR = 5
CHECKS_A_MINUTE = 30
ENOUGH, UNKNOWN_SHARE = 300, 0.01  # of fewer checks a day a share says nothing
LOOKED_AT = 4  # each so many unknown ones the share is asked for: most answers need no question more

logger = logging.getLogger(__name__)


class TooManyNames(Exception):
    """Five family names were tried for this code within the hour."""


class TooManyChecks(Exception):
    """Thirty codes were checked from this address within the minute."""


@dataclass(frozen=True)
class Day:
    """Well-formed codes that were checked, and how many of them were unknown."""

    checks: int
    unknown: int

    @property
    def is_alarming(self) -> bool:
        return self.checks >= ENOUGH and self.unknown > self.checks * UNKNOWN_SHARE


def count_name(code: str) -> None:
    """Raises TooManyNames."""
    key = _window("name", code, 60)
    if _counted(key)[key] > NAMES_AN_HOUR:
        raise TooManyNames


def count_check(address: str, well_formed: bool = True) -> None:
    """One query. Raises TooManyChecks."""
    key = _window("check", address, 1)
    if _counted(key, *([_day("checks")] if well_formed else []))[key] > CHECKS_A_MINUTE:
        raise TooManyChecks


def count_unknown() -> None:
    """Somebody guesses, or a batch of forged papers is about: told in the log once a day, and to administrators."""
    key = _day("unknown")
    if _counted(key)[key] % LOOKED_AT == 0 and checks_on(0).is_alarming and _is_first(_day("told")):
        logger.warning("more than one in a hundred of the codes checked today are unknown")


def checks_on(days_ago: int) -> Day:
    """Today and yesterday are kept. One query."""
    checks, unknown = _day("checks", days_ago), _day("unknown", days_ago)
    counts = dict(CheckCount.objects.filter(key__in=[checks, unknown]).values_list("key", "count"))
    return Day(counts.get(checks, 0), counts.get(unknown, 0))


def forget() -> None:
    """What is over."""
    CheckCount.objects.filter(ends_at__lt=timezone.now()).delete()


def _counted(*keys: str) -> dict[str, int]:
    return CheckCount.objects.count_up(list(keys), timezone.now() + timedelta(days=2))


def _is_first(key: str) -> bool:
    return _counted(key)[key] == 1


def _window(kind: str, of: str, minutes: int) -> str:
    """Whoever or whatever it is: only a hash of it is kept, with the number of the window."""
    number = int(timezone.now().timestamp() // (60 * minutes))
    return f"{kind}:{number}:{salted_hmac('certificates.limits', of).hexdigest()}"


def _day(what: str, days_ago: int = 0) -> str:
    return f"{what}:{timezone.localdate() - timedelta(days=days_ago)}"
