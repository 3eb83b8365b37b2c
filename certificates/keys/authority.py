"""X.509: a root, and the certificate that it issues to a country's key. Pure: no file and no row."""

import hashlib
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

YEAR = timedelta(days=365.25)
ROOT_LIFETIME = 30 * YEAR
LIFETIME = 10 * YEAR
USE = 2 * YEAR  # as passports do: what it signed is checked for years after it signs no more
EARLY = timedelta(minutes=10)  # clocks differ

DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
# Readers built on NSS want the second one.
PURPOSES = x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def kid(public_key: ec.EllipticCurvePublicKey) -> str:
    """The first eight bytes of the SHA-256 of the SubjectPublicKeyInfo, in hexadecimal digits."""
    info = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(info).hexdigest()[:16]


def make_root(key: ec.EllipticCurvePrivateKey, organisation: str, at: datetime) -> x509.Certificate:
    name = _name(organisation, "root")
    builder = _builder(name, name, key.public_key(), at, at + ROOT_LIFETIME)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(issues=True), critical=True)
    return builder.sign(key, SHA256())


def issue(
    public_key: ec.EllipticCurvePublicKey,
    country: tuple[str, str],
    root_key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    at: datetime,
) -> x509.Certificate:
    """For a country, by code and name. The organisation is the root's; nothing says what the training is about."""
    code, country_name = country
    subject = _name(organisation_of(root), country_name, code)
    until = min(at + LIFETIME, root.not_valid_after_utc)
    builder = _builder(subject, root.subject, public_key, at, until)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(issues=False), critical=True)
    builder = builder.add_extension(PURPOSES, critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key())
    return builder.add_extension(issuer, critical=False).sign(root_key, SHA256())


def organisation_of(root: x509.Certificate) -> str:
    """A root that was brought along may name itself in another way."""
    named = root.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return named[0].value if named else "Training certificates"


def _name(organisation: str, of: str, country_code: str = "") -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, country_code)] if country_code else []
    parts += [(NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, f"{organisation}, {of}"[:64])]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts])


def _builder(subject, issuer, public_key, since: datetime, until: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since - EARLY)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(*, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=not issues,
        key_cert_sign=issues,
        crl_sign=issues,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
