"""How often may be asked. Slots in the shared cache: adding is atomic, so all processes count together."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import Throttled

MINUTE = 60
REQUESTS_A_MINUTE = 60  # a token, single and many alike
WRONG_A_MINUTE = 20  # an address, with tokens that open nothing


def count_request(key: str) -> None:
    """Raises Throttled, which says when to come again."""
    _take(f"token:{key}", REQUESTS_A_MINUTE)


def count_wrong_token(address: str) -> None:
    """The address itself is not kept. Raises Throttled."""
    _take(f"address:{salted_hmac('lms.api.limits', address).hexdigest()}", WRONG_A_MINUTE)


def _take(key: str, slots: int) -> None:
    """The first free slot; each is free again after a minute."""
    keys = [f"api:{key}:{slot}" for slot in range(slots)]
    taken = cache.get_many(keys)
    if not any(cache.add(free, True, MINUTE) for free in keys if free not in taken):
        raise Throttled(wait=MINUTE)
