"""What a PDF's signatures are worth: a program of its own, so that a hostile file can hurt nothing but this process.

    python inspecting.py  ←  a line of JSON {"ours": [[DER in Base64, moment]…], "roots": [DER…]}, then the file
                          →  a word: whole · changed · scan · foreign

Imports neither Django nor this package: it starts quickly and knows no setting and no row.
"""

import json
import resource
import sys
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from asn1crypto.parser import peek
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

WHOLE, CHANGED, SCAN, FOREIGN = "whole", "changed", "scan", "foreign"
SECONDS = 5
MEMORY = 1 << 30
PAGES = 5  # as many are looked at for a scan
LARGE = 400_000  # pixels: an A4 page at 72 dpi has 500,000


def inspect(pdf: bytes, ours: dict[bytes, datetime], roots: list[Certificate]) -> str:
    """`ours`: each certificate of our keys, and a moment at which it was in force: it may have ended since.

    Raises whatever the parser raises.
    """
    reader = PdfFileReader(BytesIO(pdf), strict=False)
    signed = [signature for signature in reader.embedded_signatures if signature.signer_cert.dump() in ours]
    if signed:
        moment = ours[signed[0].signer_cert.dump()]
        context = ValidationContext(roots, allow_fetching=False, moment=moment)
        whole = _covers_all(pdf, signed[0], roots) and _holds(signed[0], context)
        return WHOLE if whole else CHANGED
    return SCAN if any(_is_large(picture) for picture in _pictures(reader)) else FOREIGN


def _covers_all(pdf: bytes, signature, roots: list[Certificate]) -> bool:
    """What no signature covers is looked at too: the zeros after it, and the certificates beside its own.

    What covers a part only is not looked into further: to compare its revisions takes the longest of all.
    """
    if signature.evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        return False
    start, length, end, _length = signature.byte_range
    used = peek(signature.pkcs7_content)
    signed, filled = signature.pkcs7_content[:used].hex().upper(), "00" * (len(signature.pkcs7_content) - used)
    issuers = {certificate.dump() for certificate in signature.other_embedded_certs}
    return pdf[start + length : end] == f"<{signed}{filled}>".encode() and issuers <= {root.dump() for root in roots}


def _holds(signature, context: ValidationContext) -> bool:
    """All three: where something was laid over, «intact», «valid» and «trusted» still hold."""
    status = validate_pdf_signature(signature, signer_validation_context=context)
    return status.bottom_line and status.docmdp_ok and status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def _pictures(reader: PdfFileReader) -> Iterator[generic.DictionaryObject]:
    for number in range(min(PAGES, int(reader.root["/Pages"]["/Count"]))):
        resources = reader.find_page_for_modification(number)[0].get_object().get("/Resources", {})
        yield from resources.get("/XObject", {}).values()


def _is_large(picture) -> bool:
    picture = picture.get_object()
    return picture.get("/Subtype") == "/Image" and picture["/Width"] * picture["/Height"] >= LARGE


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    known = json.loads(sys.stdin.buffer.readline())
    ours = {b64decode(der): datetime.fromisoformat(moment) for der, moment in known["ours"]}
    roots = [Certificate.load(b64decode(der)) for der in known["roots"]]
    sys.stdout.write(inspect(sys.stdin.buffer.read(), ours, roots))


if __name__ == "__main__":
    _main()
