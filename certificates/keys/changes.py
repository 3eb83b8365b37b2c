"""Makes, replaces and ends the keys of countries. The file comes first, then the row that points to it."""

import logging

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.core.models import Country

from ..models import IssuerKey
from . import authority, folder, roots

logger = logging.getLogger(__name__)


class HasKey(Exception):
    """The country has an active key."""


class AlreadyEnded(Exception):
    """The key was retired or marked as compromised before."""


def create(country: Country, root: roots.Root) -> IssuerKey:
    """The first key of a country, or the next one after the last has ended. Raises HasKey or UnusableKey."""
    return _make(country, root)


def create_by_itself(country: Country) -> IssuerKey:
    """On first need. Of several processes at once one makes it, and all get it. Raises UnusableKey."""
    try:
        row = create(country, roots.by_itself())
    except HasKey:
        return IssuerKey.objects.get(country=country, retired_at=None, compromised_at=None)
    logger.warning("the key %s of %s was made by itself: see manage.py certificate_keys check", row.kid, country.pk)
    return row


def rotate(country: Country, root: roots.Root) -> tuple[IssuerKey | None, IssuerKey]:
    """Retire the active key, if there is one, and make the next. Returns both.

    Raises UnusableKey, or HasKey where somebody else does the same at this moment.
    """
    with transaction.atomic():
        old = (
            IssuerKey.objects.select_for_update().filter(country=country, retired_at=None, compromised_at=None).first()
        )
        if old:
            old.retired_at = timezone.now()
            old.save(update_fields=["retired_at"])
        new = _make(country, root)
    if old:
        _forget(old)
    return old, new


def retire(kid: str) -> IssuerKey:
    """It signs no more; what it signed stays valid. Raises IssuerKey.DoesNotExist or AlreadyEnded."""
    return _end(kid, "retired_at")


def compromise(kid: str) -> IssuerKey:
    """It was stolen, or may have been: only the register vouches for what it signed. A retired key may be marked too.

    Raises IssuerKey.DoesNotExist or AlreadyEnded.
    """
    return _end(kid, "compromised_at")


def _end(kid: str, field: str) -> IssuerKey:
    with transaction.atomic():
        row = IssuerKey.objects.select_for_update().select_related("country").get(kid=kid)
        if getattr(row, field) or (row.compromised_at and field == "retired_at"):
            raise AlreadyEnded
        setattr(row, field, timezone.now())
        row.save(update_fields=[field])
    _forget(row)
    return row


def _make(country: Country, root: roots.Root) -> IssuerKey:
    key, now = authority.new_key(), timezone.now()
    kid = authority.kid(key.public_key())
    issued = authority.issue(key.public_key(), (country.pk, country.name), root.key, root.certificate, now)
    path = folder.file_of(country.pk, kid, root.is_development)
    folder.keep(path, folder.private_pem(key))
    row = IssuerKey(kid=kid, country=country, is_development=root.is_development, created_at=now)
    row.certificate, row.chain = folder.pem(issued).decode(), folder.pem(root.certificate).decode()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        path.unlink()
        raise HasKey from error
    return row


def _forget(row: IssuerKey) -> None:
    """A key that signs no more is worth nothing but to a thief."""
    folder.file_of(row.country_id, row.kid, row.is_development).unlink(missing_ok=True)
