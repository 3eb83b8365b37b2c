"""The pictures that certificates print: kept for ever under their own hash from the first award that uses them.

Drawing reads them by `data` alone: what later happens to the picture library changes no certificate. A preview
borrows pictures instead, and leaves nothing behind.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.core.cache import cache
from django.core.files.base import ContentFile
from wagtail.images.models import AbstractImage

from ..models import CertificateAsset
from . import pictures
from .pictures import NoPicture, Picture

KNOWN = f"certificate-asset:{pictures.RECIPE}:{{}}"  # of the library's file: what it became
_borrowed: ContextVar[dict[str, Picture] | None] = ContextVar("borrowed pictures", default=None)


class MissingAsset(Exception):
    """Its row or its file is gone, or the file is not what was kept."""


def keep(image: AbstractImage) -> str:
    """Keep a picture for good and return its SHA-256. Idempotent; quick where it is kept. Raises NoPicture."""
    known = KNOWN.format(image.file_hash) if image.file_hash else ""
    sha256 = cache.get(known) if known else None
    if sha256 and CertificateAsset.objects.filter(pk=sha256).exists():
        return sha256
    picture = pictures.for_paper(_bytes_of(image))
    sha256 = _store(picture)
    if known:
        cache.set(known, sha256, timeout=None)
    return sha256


def data(sha256: str) -> tuple[bytes, str]:
    """Bytes and content type. Raises MissingAsset."""
    picture = (_borrowed.get() or {}).get(sha256)
    return (picture.data, picture.content_type) if picture else _kept(sha256)


@contextmanager
def borrowing() -> Iterator[Callable[[AbstractImage], str]]:
    """Inside, `data` also knows the pictures given to the function that this hands out: it stands in for `keep`."""
    held: dict[str, Picture] = {}

    def borrow(image: AbstractImage) -> str:
        picture = pictures.for_paper(_bytes_of(image))
        sha256 = _sha256(picture.data)
        held[sha256] = picture
        return sha256

    token = _borrowed.set(held)
    try:
        yield borrow
    finally:
        _borrowed.reset(token)


@lru_cache(maxsize=32)
def _kept(sha256: str) -> tuple[bytes, str]:
    """Read once a process: bytes under their hash never change."""
    try:
        asset = CertificateAsset.objects.get(pk=sha256)
        with asset.file.open("rb") as file:
            content = file.read()
    except (CertificateAsset.DoesNotExist, OSError) as error:
        raise MissingAsset(sha256) from error
    if _sha256(content) != sha256:
        raise MissingAsset(sha256)
    return content, asset.content_type


def _store(picture: Picture) -> str:
    """The file first, then the row. One that a transaction left behind when it failed is used, if it is whole."""
    sha256 = _sha256(picture.data)
    if CertificateAsset.objects.filter(pk=sha256).exists():
        return sha256
    asset = CertificateAsset(
        sha256=sha256, content_type=picture.content_type, width=picture.width, height=picture.height
    )
    field = CertificateAsset._meta.get_field("file")
    name = field.generate_filename(asset, "")
    asset.file.name = name if _is_whole(field.storage, name, sha256) else _written(field.storage, name, picture)
    CertificateAsset.objects.bulk_create([asset], ignore_conflicts=True)
    return sha256


def _written(storage, name: str, picture: Picture) -> str:
    if storage.exists(name):
        storage.delete(name)
    return storage.save(name, ContentFile(picture.data))


def _is_whole(storage, name: str, sha256: str) -> bool:
    if not storage.exists(name):
        return False
    with storage.open(name, "rb") as file:
        return _sha256(file.read()) == sha256


def _bytes_of(image: AbstractImage) -> bytes:
    try:
        with image.file.storage.open(image.file.name, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise NoPicture from error


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
