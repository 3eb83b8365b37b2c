"""Signs a drawing: PAdES B-B, as a certification that allows no change, in a field that nobody sees.

The file stays PDF/A-3a and PDF/UA-1: its metadata is left as it was drawn, and the field lies outside the page.
"""

import asyncio
import hashlib
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ..keys import SigningKey

DIGEST = "sha256"
FIELD = "Signature"
RESERVED = 6144  # hexadecimal digits for signature and chain: they need about 1,600 of these 3,072 bytes
HIDDEN = InvisSigSettings(set_print_flag=True, box_out_of_bounds=True)  # what PDF/A asks, and PDF/UA allows


def sign(pdf: bytes, key: SigningKey, at: datetime) -> bytes:
    """See `signing.sign`."""
    writer = QuietWriter(BytesIO(pdf))
    embedding = PdfCMSEmbedder(SigFieldSpec(FIELD, invis_sig_settings=HIDDEN)).write_cms(FIELD, writer)
    next(embedding)
    placeholder = SignatureObject(at, subfilter=SigSeedSubFilter.PADES, bytes_reserved=RESERVED, reason="Issued")
    rules = SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    embedding.send(SigObjSetup(sig_placeholder=placeholder, mdp_setup=rules))
    prepared, output = embedding.send(SigIOSetup(md_algorithm=DIGEST, in_place=True))
    embedding.send(_awaited(_signer(key).async_sign(prepared.document_digest, DIGEST, use_pades=True)))
    return output.getvalue()


def _awaited(coroutine: Coroutine) -> Any:
    """In a thread with an event loop of its own: where one runs already, as under ASGI, a second may not begin."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


class QuietWriter(IncrementalPdfFileWriter):
    """Adds the signature and nothing else: no time of change in the metadata, no random number as the file's second."""

    def _update_meta(self):
        pass

    @classmethod
    def _handle_id(cls, prev):
        first, _second = prev.trailer["/ID"]
        drawn = hashlib.sha256(prev.stream.getvalue()).digest()[:16]
        return generic.ArrayObject([generic.ByteStringObject(first.original_bytes), generic.ByteStringObject(drawn)])


class LoadedSigner(Signer):
    """With the key as it is in memory; the library's own reads it from PEM for each signature."""

    def __init__(self, key: SigningKey):
        store = SimpleCertificateStore()
        store.register_multiple(map(_asn1, key.chain))
        super().__init__(signing_cert=_asn1(key.certificate), cert_registry=store)
        self.private_key = key.private_key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run=False) -> bytes:
        return self.private_key.sign(data, ECDSA(SHA256()))


@cache
def _signer(key: SigningKey) -> LoadedSigner:
    return LoadedSigner(key)


def _asn1(certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
