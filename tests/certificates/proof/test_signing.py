import asyncio
import re
import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pytest
from asn1crypto.x509 import Certificate as Asn1
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from certificates.paper import drawing
from certificates.proof import signing
from tests.factories.certificates import make_snapshot
from tests.factories.keys import make_key

from .. import verapdf

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def key():
    return make_key(("ZM", "Zambia"), AT)


@pytest.fixture(scope="module")
def drawn():
    return drawing.draw(make_snapshot())


@pytest.fixture(scope="module")
def signed(drawn, key):
    return signing.sign(drawn, key, AT)


@pytest.fixture
def file(signed, tmp_path):
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    return path


def judged(pdf: bytes, key):
    root = Asn1.load(key.chain[-1].public_bytes(Encoding.DER))
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext([root], allow_fetching=False, moment=AT))


def without_signature(pdf: bytes) -> bytes:
    return re.sub(rb"/Contents <[0-9A-F]+>", b"", pdf)


def test_signature_holds_for_the_whole_file(signed, key):
    status = judged(signed, key)
    assert status.bottom_line and status.docmdp_ok
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_signature_is_a_certification_that_allows_no_change(signed):
    (signature,) = PdfFileReader(BytesIO(signed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level.value == 1  # no change
    assert signature.self_reported_timestamp == AT


def test_signed_file_is_still_pdf_a_3a_and_pdf_ua_1(file):
    if part := verapdf.missing():
        pytest.skip(f"veraPDF needs {part}")
    assert verapdf.broken_rules(file) == [{"3a": [], "ua1": []}]


def test_drawing_stands_unchanged_at_the_start(signed, drawn):
    assert signed.startswith(drawn)


def test_only_the_signature_differs(signed, drawn, key):
    again = signing.sign(drawn, key, AT)
    assert again != signed
    assert without_signature(again) == without_signature(signed)


def test_metadata_stays_as_it_was_drawn(signed, drawn):
    before, after = PdfReader(BytesIO(drawn)), PdfReader(BytesIO(signed))
    assert after.metadata == before.metadata
    assert after.xmp_metadata.stream.get_data() == before.xmp_metadata.stream.get_data()


def test_what_is_added_says_nothing_but_that_it_was_issued(signed, drawn):
    added = signed[len(drawn) :]
    assert re.findall(rb"/(?:Reason|Name|Location|ContactInfo) \((.*?)\)", added) == [b"Issued"]
    assert b"pyHanko" not in added


def test_chain_lies_in_the_signature(signed, key):
    (signature,) = PdfFileReader(BytesIO(signed)).embedded_signatures
    chain = {signature.signer_cert.dump(), *(other.dump() for other in signature.other_embedded_certs)}
    assert chain == {each.public_bytes(Encoding.DER) for each in (key.certificate, *key.chain)}


def test_reader_of_poppler_finds_it_valid(file):
    said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=True).stdout
    for line in ("Signature is Valid.", "Total document signed", "Community Health Training, Zambia"):
        assert line in said


def test_signed_certificate_stays_light(signed, drawn):
    assert len(signed) - len(drawn) <= 10_000
    assert len(signed) <= 60_000


def test_signs_beside_a_running_event_loop(drawn, key):
    """As under a browser's driver, or an asynchronous server."""

    async def beside():
        return signing.sign(drawn, key, AT)

    assert judged(asyncio.run(beside()), key).bottom_line
