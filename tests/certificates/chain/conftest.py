import pytest

from certificates import drawing, signing


@pytest.fixture(autouse=True)
def plain_drawing(monkeypatch):
    """A file is a file: what is drawn on it is not asked here."""
    monkeypatch.setattr(drawing, "draw", lambda snapshot, credential="": f"%PDF {snapshot['code']}".encode())
    monkeypatch.setattr(signing, "sign", lambda pdf, key, at: pdf)
