"""How many wrong tries are left. Counted in the shared cache, so that all processes count together.

Ten an hour on each device that the person has used before; ten an hour on all other devices together. A wide limit for
each address counts the unknown devices only: nobody can lock a person's own phone out, and a class behind one router
gets in. Codes sent to a phone cost money: five an hour a person, two of them kept for devices that are hers.
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
CODES_ELSEWHERE, CODES_ON_HERS = 3, 2
ADDRESS_CODES = 60  # in ADDRESS_WINDOW: a class of forty, once each


class NoTriesLeft(Exception):
    """Ten wrong tries within the hour, or too many from this address."""


@dataclass(frozen=True)
class Tries:
    """Ten slots, each taken for an hour. Adding to a cache is atomic: tries at the same moment take different slots."""

    key: str
    most: int = TRIES

    @property
    def slots(self) -> list[str]:
        return [f"tries:{self.key}:{number}" for number in range(self.most)]

    def take(self) -> str:
        """Take a slot before the secret is looked at. Raises NoTriesLeft."""
        taken = cache.get_many(self.slots)
        for slot in self.slots:
            if slot not in taken and cache.add(slot, True, HOUR):
                return slot
        raise NoTriesLeft

    def give_back(self, slot: str) -> None:
        cache.delete(slot)

    def left(self) -> int:
        return self.most - len(cache.get_many(self.slots))

    def clear(self) -> None:
        cache.delete_many(self.slots)


def on_device(device_id: int) -> Tries:
    return Tries(f"device:{device_id}")


def elsewhere(staff_number: str) -> Tries:
    """Shared by all unknown devices. By number, not by person: a number that nobody has behaves the same."""
    return Tries(f"number:{_hidden(staff_number)}")


def codes(staff_number: str, *, hers: bool) -> Tries:
    """How many codes may still be sent for a number: a stranger who asks for all he can leaves two for her phones."""
    hidden = _hidden(staff_number)
    return Tries(f"codes:hers:{hidden}", CODES_ON_HERS) if hers else Tries(f"codes:{hidden}", CODES_ELSEWHERE)


def lift(staff_number: str, device_ids: list[int]) -> None:
    """Forget the wrong tries on a person's devices and on all others."""
    for tries in (elsewhere(staff_number), *map(on_device, device_ids)):
        tries.clear()


def use_once(what: str, seconds: int) -> bool:
    """Whether this is the first time that this is used in so many seconds."""
    return cache.add(f"once:{_hidden(what)}", True, seconds)


def check_address(request: HttpRequest) -> None:
    """Raises NoTriesLeft when this address has been wrong too often."""
    _check(request, "address", ADDRESS_TRIES)


def count_against_address(request: HttpRequest) -> None:
    """Not exact when two count at once, and need not be: the limits per person are."""
    _count(request, "address")


def check_codes_of_address(request: HttpRequest) -> None:
    """Count a code that this address asks for. Raises NoTriesLeft when it has asked for too many."""
    _check(request, "codes-address", ADDRESS_CODES)
    _count(request, "codes-address")


def _check(request: HttpRequest, what: str, most: int) -> None:
    if cache.get(_address_key(request, what), 0) >= most:
        raise NoTriesLeft


def _count(request: HttpRequest, what: str) -> None:
    key = _address_key(request, what)
    cache.set(key, cache.get(key, 0) + 1, ADDRESS_WINDOW)


def _address_key(request: HttpRequest, what: str) -> str:
    window = int(timezone.now().timestamp() // ADDRESS_WINDOW)
    return f"tries:{what}:{window}:{_hidden(get_ip(request))}"


def _hidden(text: str) -> str:
    return salted_hmac("lms.people.limits", text).hexdigest()
