"""The folder of private keys: 0700, its files 0600, and nothing else of the platform reads it."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from .errors import UnusableKey


def place() -> Path:
    return Path(settings.CERTIFICATE_KEYS)


def file_of(country_code: str, kid: str, is_development: bool) -> Path:
    """Its name says whose it is, and whether it was made by itself."""
    kind = "development.key" if is_development else "key"
    return place() / f"{country_code}-{kid}.{kind}"


def keep(path: Path, pem: bytes) -> bytes:
    """Write it unless it is there. Returns what is there now: of several processes at once one wins, for all.

    Raises UnusableKey.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent) as draft:  # of mode 0600; linked when whole
            draft.write(pem)
            draft.flush()
            os.fsync(draft.fileno())
            with suppress(FileExistsError):
                os.link(draft.name, path)
    except OSError as error:
        raise UnusableKey(f"{path} cannot be written: {error.strerror}.") from error
    return read(path)


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnusableKey(f"{path} is missing. Put it back from where it is kept, or rotate the key.") from error
    except OSError as error:
        raise UnusableKey(
            f"{path} cannot be read: {error.strerror}. It must belong to whom the site runs as."
        ) from error


def private_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Raises UnusableKey where there is none, or none on the curve P-256."""
    try:
        key = load_pem_private_key(read(path), password=None)
    except (ValueError, TypeError) as error:
        raise UnusableKey(f"{path} holds no private key in PEM without a password.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise UnusableKey(f"{path} holds a key of another kind. Needed: ECDSA on the curve P-256.")
    return key


def certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(read(path))
    except ValueError as error:
        raise UnusableKey(f"{path} holds no certificate in PEM.") from error


def private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)
