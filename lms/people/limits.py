"""How many wrong tries are left. Counted in the shared cache, so that all processes count together.

Ten an hour on each device that the person has used before; ten an hour on all other devices together. A wide limit for
each address counts the unknown devices only: nobody can lock a person's own phone out, and a class behind one router
gets in.
"""

from dataclasses import dataclass

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

TRIES = 10
HOUR = 60 * 60
ADDRESS_TRIES = 300
ADDRESS_WINDOW = 15 * 60


class NoTriesLeft(Exception):
    """Ten wrong tries within the hour, or too many from this address."""


@dataclass(frozen=True)
class Tries:
    """Ten slots, each taken for an hour. Adding to a cache is atomic: tries at the same moment take different slots."""

    key: str

    @property
    def _slots(self) -> list[str]:
        return [f"tries:{self.key}:{number}" for number in range(TRIES)]

    def take(self) -> str:
        """Take a slot before the secret is looked at. Raises NoTriesLeft."""
        taken = cache.get_many(self._slots)
        for slot in self._slots:
            if slot not in taken and cache.add(slot, True, HOUR):
                return slot
        raise NoTriesLeft

    def give_back(self, slot: str) -> None:
        cache.delete(slot)

    def left(self) -> int:
        return TRIES - len(cache.get_many(self._slots))

    def clear(self) -> None:
        cache.delete_many(self._slots)


def on_device(device_id: int) -> Tries:
    return Tries(f"device:{device_id}")


def elsewhere(staff_number: str) -> Tries:
    """Shared by all unknown devices. By number, not by person: a number that nobody has behaves the same."""
    return Tries("number:" + salted_hmac("lms.people.limits", staff_number).hexdigest())


def check_address(request: HttpRequest) -> None:
    """Raises NoTriesLeft when this address has been wrong too often."""
    if cache.get(_address_key(request), 0) >= ADDRESS_TRIES:
        raise NoTriesLeft


def count_against_address(request: HttpRequest) -> None:
    """Not exact when two count at once, and need not be: the limits per person are."""
    key = _address_key(request)
    cache.set(key, cache.get(key, 0) + 1, ADDRESS_WINDOW)


def _address_key(request: HttpRequest) -> str:
    window = int(timezone.now().timestamp() // ADDRESS_WINDOW)
    return f"tries:address:{window}:" + salted_hmac("lms.people.limits", get_ip(request)).hexdigest()
