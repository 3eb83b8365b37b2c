"""Files of the register: a place is chosen and written down first, the bytes come next, and nothing is overwritten."""

import hashlib
import logging
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

logger = logging.getLogger(__name__)


class DamagedFile(Exception):
    """What lies in the store is not what was drawn."""


def choose_place(file: FieldFile) -> None:
    """A fresh name for a file that is still to be made. What an earlier try left at the old one goes with the commit:
    should that not come, the earlier try may still have its file vouched for."""
    if is_there(file):
        transaction.on_commit(partial(file.storage.delete, file.name))
    file.name = file.field.generate_filename(file.instance, "")


def put(file: FieldFile, pdf: bytes) -> None:
    """Store the bytes at the chosen place. The row is saved by who calls."""
    file.storage.save(file.name, ContentFile(pdf))


def is_there(file: FieldFile) -> bool:
    return bool(file) and file.storage.exists(file.name)


def take_away(file: FieldFile) -> None:
    """Of a file that no row vouches for."""
    if is_there(file):
        file.storage.delete(file.name)


def read(file: FieldFile, sha256: str) -> bytes:
    """The bytes as they were stored. Raises DamagedFile when their hash is another, FileNotFoundError."""
    with file.open("rb") as opened:
        pdf = opened.read()
    if hashlib.sha256(pdf).hexdigest() != sha256:
        logger.error("certificate %s: the stored file was changed", file.instance.pk)
        raise DamagedFile
    return pdf
