import pytest


@pytest.fixture
def place(settings, tmp_path):
    """An empty folder of keys for this test alone; it does not exist yet."""
    settings.CERTIFICATE_KEYS = str(tmp_path / "keys")
    return tmp_path / "keys"
