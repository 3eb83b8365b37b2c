"""From a row and its file to a key that signs. Loaded once a process: to read it anew costs more than to sign."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from ..models import IssuerKey
from . import authority, folder
from .errors import UnusableKey


@dataclass(frozen=True, eq=False)
class SigningKey:
    """`chain` is what issued `certificate`, the root last."""

    kid: str
    private_key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def load(row: IssuerKey) -> SigningKey:
    """Raises UnusableKey."""
    return _kept(_file(row), row.certificate, row.chain)


def read(row: IssuerKey) -> SigningKey:
    """From the file as it is now, whatever this process keeps. Raises UnusableKey."""
    return _read(_file(row), row.certificate, row.chain)


def _file(row: IssuerKey) -> Path:
    return folder.file_of(row.country_id, row.kid, row.is_development)


def _read(path: Path, certificate: str, chain: str) -> SigningKey:
    key = folder.private_key(path)
    public = x509.load_pem_x509_certificate(certificate.encode())
    if key.public_key() != public.public_key():
        raise UnusableKey(f"{path} holds another key than the one that is published. Put the right file there.")
    issuers = tuple(x509.load_pem_x509_certificates(chain.encode())) if chain else ()
    return SigningKey(authority.kid(key.public_key()), key, public, issuers)


_kept = cache(_read)
