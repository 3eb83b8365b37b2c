from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone


@pytest.fixture
def time_machine_at():
    """Another day, as a context."""
    return lambda days: time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


@pytest.fixture(autouse=True)
def empty_store():
    """The store in memory outlives a test's rows."""
    yield
    storage = storages["private"]
    for folder in ("certificates", "certificate-assets"):
        if storage.exists(folder):
            for name in storage.listdir(folder)[1]:
                storage.delete(f"{folder}/{name}")
