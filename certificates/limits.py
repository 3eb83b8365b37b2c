"""How often strangers may ask. Slots in the shared cache: adding is atomic, so all processes count together."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

NAMES_AN_HOUR = 5
CHECKS_A_MINUTE = 30


class TooManyNames(Exception):
    """Five family names were tried for this code within the hour."""


class TooManyChecks(Exception):
    """Thirty codes were checked from this address within the minute."""


def count_name(code: str) -> None:
    if not _take(f"name:{code}", NAMES_AN_HOUR, 60 * 60):
        raise TooManyNames


def count_check(address: str) -> None:
    """The address itself is not kept."""
    hashed = salted_hmac("certificates.limits", address).hexdigest()
    if not _take(f"check:{hashed}", CHECKS_A_MINUTE, 60):
        raise TooManyChecks


def _take(key: str, slots: int, seconds: int) -> bool:
    """Take the first free slot; each is free again after its own time."""
    keys = [f"certificates:{key}:{slot}" for slot in range(slots)]
    taken = cache.get_many(keys)
    return any(cache.add(free, True, seconds) for free in keys if free not in taken)
