"""The door to signing. What is behind it loads only when the first drawing is signed: most processes sign nothing."""

from datetime import datetime
from importlib import import_module

from ..keys import SigningKey


def sign(pdf: bytes, key: SigningKey, at: datetime) -> bytes:
    """A signed copy. Only the signature differs between two calls with the same arguments.

    `at`, an aware datetime, is the time of signing that the file states.
    """
    return import_module("certificates.proof.pades").sign(pdf, key, at)
