"""Numbers that were counted are remembered for a minute: who turns between the same pages asks the tables once."""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.utils import timezone

A_MINUTE = 60


def remembered(count: Callable[[], list], what: Iterable[object]) -> tuple[list, datetime]:
    """The rows, and when they were counted. `what` says everything that they depend on: also whose places they are."""
    key = "reports:" + sha256(repr(tuple(what)).encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        found = count(), timezone.now()
        cache.set(key, found, A_MINUTE)
    return found
