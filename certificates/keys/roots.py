"""The root that vouches for all countries' keys. Its private key may lie elsewhere; made by itself it says so."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils import timezone

from . import authority, folder
from .errors import UnusableKey

ORGANISATION = "Community Health Training"  # as the certificates' own issuer unless a policy says otherwise


@dataclass(frozen=True)
class Root:
    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    is_development: bool = False


def certificate_file() -> Path:
    return folder.place() / "root.pem"


def key_file() -> Path:
    return folder.place() / "root.key"


def existing(kept_at: Path | None = None) -> Root:
    """The root that an administrator made or brought along. Raises UnusableKey."""
    certificate = folder.certificate(certificate_file())
    key = folder.private_key(kept_at or key_file())
    if key.public_key() != certificate.public_key():
        raise UnusableKey(f"{kept_at or key_file()} is not the key of {certificate_file()}.")
    return Root(key, certificate)


def make(organisation: str = ORGANISATION) -> Root:
    """Raises UnusableKey where one is there already: nobody replaces a root by mistake."""
    for file in (certificate_file(), key_file()):
        if file.exists():
            raise UnusableKey(f"{file} is there already. Move it away first if you want another root.")
    return _made(key_file(), certificate_file(), organisation, is_development=False)


def fingerprint(certificate: x509.Certificate) -> str:
    """As PDF readers show it: SHA-256, in pairs of hexadecimal digits."""
    return certificate.fingerprint(SHA256()).hex(":").upper()


def bring(path: Path) -> None:
    """Copy the certificate of a root that was made elsewhere. Raises UnusableKey."""
    certificate = folder.certificate(path)
    if fault := _unfit(certificate):
        raise UnusableKey(f"{path} {fault}.")
    if certificate_file().exists():
        raise UnusableKey(f"{certificate_file()} is there already. Move it away first if you want another root.")
    folder.keep(certificate_file(), folder.pem(certificate))


def _unfit(certificate: x509.Certificate) -> str:
    try:
        issues = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        issues = False
    if not issues:
        return "is no certificate of an authority (basic constraints: CA)"
    if certificate.not_valid_after_utc < timezone.now() + authority.LIFETIME:
        return "ends within ten years, before what it would issue"
    point = certificate.public_key()
    return "" if isinstance(point, ec.EllipticCurvePublicKey) else "has a key of another kind; needed: ECDSA on P-256"


def by_itself() -> Root:
    """The administrator's root where its key lies here; else one that is made on first need."""
    if certificate_file().exists() and key_file().exists():
        return existing()
    names = (folder.place() / f"root.development.{kind}" for kind in ("key", "pem"))
    return _made(*names, f"{ORGANISATION} (made by itself)", is_development=True)


def _made(key_path: Path, certificate_path: Path, organisation: str, *, is_development: bool) -> Root:
    """Whoever is quicker decides on the key, and on its certificate: all get the same pair."""
    folder.keep(key_path, folder.private_pem(authority.new_key()))
    key = folder.private_key(key_path)
    folder.keep(certificate_path, folder.pem(authority.make_root(key, organisation, timezone.now())))
    return Root(key, folder.certificate(certificate_path), is_development)
