"""Whether an uploaded file is one that we issued. Only the register makes it genuine, by the file's hash.

What the signature says of all others only tells «ours, but changed» from «not ours»: a stolen key, or a drawing that
never reached the register, makes nothing genuine.
"""

import hashlib
import json
import logging
import subprocess
import sys
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from ..models import Certificate, IssuerKey

INSPECTING = Path(__file__).with_name("inspecting.py")  # run, never imported: it loads a parser
MOST_BYTES = 1 << 20
PATIENCE = 25  # seconds on a busy machine, before a web server gives up; the process itself stops after 5 of work
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*", b"GIF8")  # JPEG, PNG, TIFF, GIF
BRANDS = (b"WEBP", b"ftyp")  # at byte 8 of WebP, at byte 4 of HEIC

logger = logging.getLogger(__name__)


class State(TextChoices):
    GENUINE = "genuine", _("Genuine")
    CHANGED = "changed", _("Ours, but changed after it was issued")
    NOT_OURS = "not_ours", _("Not ours")
    SCAN = "scan", _("A scan or a photo: use the code on it")
    TOO_BIG = "too_big", _("Larger than 1 MB: no certificate of ours is")
    NOT_PDF = "not_pdf", _("Not a PDF")


@dataclass(frozen=True)
class Judgement:
    """`certificate` is set when it is genuine: ask for its state then, it may be withdrawn or expired."""

    state: State
    certificate: Certificate | None = None


def judge(pdf: bytes) -> Judgement:
    """Raises nothing, whatever the bytes are."""
    if len(pdf) > MOST_BYTES:
        return Judgement(State.TOO_BIG)
    sha256 = hashlib.sha256(pdf).hexdigest()
    certificate = Certificate.objects.filter(Q(pdf_sha256=sha256) | Q(card_sha256=sha256)).first()
    if certificate:
        return Judgement(State.GENUINE, certificate)
    if b"%PDF-" not in pdf[:1024]:
        return Judgement(State.SCAN if _is_picture(pdf) else State.NOT_PDF)
    return Judgement(_refused(pdf))


def _is_picture(data: bytes) -> bool:
    return data.startswith(PICTURES) or data[8:12] in BRANDS or data[4:8] in BRANDS


def _refused(pdf: bytes) -> State:
    keys = list(IssuerKey.objects.filter(compromised_at=None))
    ours = {_der(row.certificate): row.created_at.isoformat() for row in keys}
    found = _inspected(pdf, ours, sorted({_der(row.chain) for row in keys if row.chain}))
    if found == "whole":
        logger.error("a file bears a whole signature of ours and is not in the register: see help page about keys")
        return State.NOT_OURS
    if found == "changed" or any(der.hex().encode() in pdf.lower() for der in ours):
        return State.CHANGED
    return State.SCAN if found == "scan" else State.NOT_OURS


def _inspected(pdf: bytes, ours: dict[bytes, str], roots: list[bytes]) -> str:
    """In a process with limits of its own, without our environment. A parser that gives up finds nothing of ours."""
    known = {"ours": [[_text(der), moment] for der, moment in ours.items()], "roots": [_text(der) for der in roots]}
    command = [sys.executable, "-I", str(INSPECTING)]
    try:
        done = subprocess.run(
            command, input=json.dumps(known).encode() + b"\n" + pdf, capture_output=True, timeout=PATIENCE, env={}
        )
    except subprocess.TimeoutExpired:
        logger.warning("an uploaded PDF of %s bytes took longer than %s s to read", len(pdf), PATIENCE)
        return "foreign"
    if done.returncode:
        logger.info("an uploaded PDF of %s bytes could not be read (%s)", len(pdf), done.returncode)
        return "foreign"
    return done.stdout.decode()


def _der(pem: str) -> bytes:
    """Of the first certificate there."""
    return x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)


def _text(der: bytes) -> str:
    return b64encode(der).decode()
