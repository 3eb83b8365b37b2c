import pytest


@pytest.fixture(autouse=True)
def only_files(plain_drawing):
    """What is drawn is not asked here."""
