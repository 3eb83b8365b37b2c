"""What the world may know of the keys: a JWK set (RFC 7517) with each one that ever signed, and the roots."""

import base64
import re

from cryptography import x509

from ..models import IssuerKey


def key_set() -> dict:
    """Retired keys stay for ever: what they signed is still checked. Costs one query."""
    return {"keys": [_jwk(row) for row in IssuerKey.objects.select_related("country").order_by("created_at", "kid")]}


def roots() -> bytes:
    """PEM, for a reader or a ministry to import; those made by themselves only where there is no other."""
    rows = list(IssuerKey.objects.filter(compromised_at=None).order_by("created_at", "kid"))
    proper = [row for row in rows if not row.is_development]
    return "".join(dict.fromkeys(_blocks(row.chain)[-1] for row in proper or rows if row.chain)).encode()


def _jwk(row: IssuerKey) -> dict:
    certificate = x509.load_pem_x509_certificate(row.certificate.encode())
    point = certificate.public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": _number(point.x),
        "y": _number(point.y),
        "alg": "ES256",
        "use": "sig",
        "kid": row.kid,
        "x5c": [_der(pem) for pem in (*_blocks(row.certificate), *_blocks(row.chain))],
        "country": row.country_id,
        "country_name": row.country.name,
        "not_before": certificate.not_valid_before_utc.isoformat(),
        "not_after": certificate.not_valid_after_utc.isoformat(),
        "retired_at": row.retired_at and row.retired_at.isoformat(),
        "compromised_at": row.compromised_at and row.compromised_at.isoformat(),
    }


def _number(value: int) -> str:
    return base64.urlsafe_b64encode(value.to_bytes(32, "big")).rstrip(b"=").decode()


def _blocks(pem: str) -> list[str]:
    return re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", pem, re.S)


def _der(pem: str) -> str:
    return "".join(pem.strip().splitlines()[1:-1])
