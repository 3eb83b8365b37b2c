from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone

from certificates.paper import assets, card, drawing
from certificates.proof import signing
from lms.people.models import Role
from tests.factories.people import make_person, post

from .on_paper import picture


@pytest.fixture
def time_machine_at():
    """Another day, as a context."""
    return lambda days: time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


@pytest.fixture
def still(time_machine):
    """The clock stands: no window of a limit ends while a slow machine counts."""
    time_machine.move_to(timezone.now(), tick=False)


@pytest.fixture
def second_hr(hr):
    """Another one of Kenya's: who withdraws a certificate does not confirm that herself."""
    person = make_person("Halima", "Mwende")
    post(person, Role.HR)
    return person


@pytest.fixture
def plain_drawing(monkeypatch):
    """A file is a file, where it is not asked what is drawn on it."""
    for module in (drawing, card):
        words = f"%PDF {module.__name__}"
        monkeypatch.setattr(module, "draw", lambda said, square="", words=words: f"{words} {said['code']}".encode())
    monkeypatch.setattr(signing, "sign", lambda pdf, key, at: pdf)


@pytest.fixture(autouse=True)
def empty_store():
    """The store in memory outlives a test's rows."""
    yield
    storage = storages["private"]
    for folder in ("certificates", "certificate-assets"):
        if storage.exists(folder):
            for name in storage.listdir(folder)[1]:
                storage.delete(f"{folder}/{name}")


@pytest.fixture
def pictured(monkeypatch):
    """Logos and a signature, as a snapshot names them."""
    held = {"1": picture(), "2": picture("JPEG")}
    monkeypatch.setattr(assets, "data", held.__getitem__)
    logos = [{"sha256": "1", "says": "Ministry of Health"}, {"sha256": "2", "says": "Training school"}]
    signed = [{"name": "Dr Mutale Zulu", "title": "Programme director", "signature": "1"}]
    return {"signatories": signed}, {"logos": logos}
