"""What strangers may come to see, as text, and the words that would tell them too much."""

import io
import re
import subprocess
from base64 import b64decode
from collections.abc import Iterator

from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates
from cryptography.x509 import Certificate as X509
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates
from pikepdf import Dictionary, Name, Object, Pdf, Stream, String

ILLNESS = (
    r"hiv|sida|vih|vvu|mothers?|mothers2mothers|m2m|mentors?|arvs?|pmtct|positive|seropositive|viral|antiretroviral|"
    r"mães?|mères?|mama"
)
DISEASE = re.compile(rf"(?i:\b(?:{ILLNESS})\b)|\b(?:AIDS|ART|UKIMWI)\b")
STRICT = re.compile(rf"\b(?:{ILLNESS}|aids|art|ukimwi|patients?|clients?|status|expert)\b", re.I)
# The same letters in a sense of their own: attributes, addresses and keys that standards name so.
TECHNICAL = re.compile(
    r'role="status"|/status/|"status"|status lists?|status code|"clients?"|clients? error|clients\.claim',
    re.I,
)


def disclosed(text: str) -> list[str]:
    """The strictest: also what hints at a role with patients."""
    return STRICT.findall(TECHNICAL.sub("", text))


def told_of(text: str, people) -> list[str]:
    """Which of these people's names and numbers it says."""
    secrets = {value for person in people for value in (person.given_names, person.family_name, person.staff_number)}
    return sorted(secret for secret in secrets if re.search(rf"\b{re.escape(secret)}\b", text, re.I))


def shown(answer) -> str:
    """Body and headers of an answer; what browsers are told once and for all apart."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Security-Policy"}
    return body.decode(errors="replace") + str(headers) + str(answer.cookies)


# Files ----------------------------------------------------------------------------------------------------------------


def page_text(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def hidden_text(pdf: bytes) -> str:
    """Everything that a file says beside its pages: metadata, attachments, signature, whose keys signed it."""
    with Pdf.open(io.BytesIO(pdf)) as opened:
        told = [str(dict(opened.docinfo.items()))]
        if "/Metadata" in opened.Root:
            told.append(opened.Root.Metadata.read_bytes().decode())
        for name, spec in opened.attachments.items():
            told += [name, spec.description, spec.get_file().read_bytes().decode()]
        for thing in opened.objects:
            told += _of_object(thing)
    return "\n".join(told)


def _of_object(thing: Object) -> Iterator[str]:
    if isinstance(thing, Stream) or not isinstance(thing, Dictionary):
        return
    if thing.get("/ByteRange") is not None:
        yield from map(_subject, load_der_pkcs7_certificates(_unpadded(bytes(thing.Contents))))
    texts = {name: value for name, value in thing.items() if isinstance(value, Name | String)}
    yield " ".join(f"{name} {value}" for name, value in texts.items() if name != "/Contents")


def _unpadded(contents: bytes) -> bytes:
    """By the length that it states, in two bytes after 30 82: a signature may itself end in a zero."""
    return contents[: 4 + int.from_bytes(contents[2:4])]


def x509_names(answer_text: str) -> str:
    """Whose certificates a published set of keys carries: names in a PEM file, or in the x5c members of JSON."""
    in_json = re.findall(r'"(MI[A-Za-z0-9+/=]{100,})"', answer_text)
    found = [load_der_x509_certificate(b64decode(text)) for text in in_json]
    if "BEGIN CERTIFICATE" in answer_text:
        found += load_pem_x509_certificates(answer_text.encode())
    return " ".join(map(_subject, found))


def _subject(certificate: X509) -> str:
    return f"{certificate.subject.rfc4514_string()} {certificate.issuer.rfc4514_string()}"
