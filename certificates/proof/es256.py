"""ECDSA over P-256 with SHA-256, the signature as r and s of 32 bytes each: what COSE, JOSE and WebCrypto want."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature


def signed(private_key: EllipticCurvePrivateKey, message: bytes) -> bytes:
    r, s = decode_dss_signature(private_key.sign(message, ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)
