"""Keys that certificates are signed with."""

from datetime import datetime

from django.utils import timezone

from certificates.keys import SigningKey, authority, folder
from certificates.models import IssuerKey
from lms.core.models import Country

ORGANISATION = "Community Health Training"


def make_key(country: tuple[str, str] = ("KE", "Kenya"), at: datetime | None = None) -> SigningKey:
    """In memory only, below a root of its own: no row, no file. Each call is another authority of the same name."""
    at = at or timezone.now()
    root_key, key = authority.new_key(), authority.new_key()
    root = authority.make_root(root_key, ORGANISATION, at)
    certificate = authority.issue(key.public_key(), country, root_key, root, at)
    return SigningKey(authority.kid(key.public_key()), key, certificate, (root,))


def published(key: SigningKey, country: Country, **fields) -> IssuerKey:
    """Its row, as if the platform had made it."""
    return IssuerKey.objects.create(
        kid=key.kid,
        country=country,
        certificate=folder.pem(key.certificate).decode(),
        chain="".join(folder.pem(certificate).decode() for certificate in key.chain),
        **fields,
    )
