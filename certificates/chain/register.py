"""Whether each row and file of the register says what its events vouch for."""

import hashlib
from collections.abc import Iterator

from django.db.models import Prefetch

from lms.people.models import User

from ..award import filing, snapshots
from ..models import Certificate, CertificateEvent
from .events import Kind, facts_of

CHUNK = 500
FIELDS = ("certificate_id", "kind", "reason", "facts", "at", "note", "note_sha256")
NOTHING_YET = dict.fromkeys(("confirmed_at", "drawn_at", "revoked_at", "revocation_confirmed_at", "superseded_at"))
NOT_REVOKED = {"revoked_at": None, "revoked_reason": "", "revocation_confirmed_at": None}
NOT_OF_ROW = {"by", "confirmed"}
FILES = (("pdf", "pdf_sha256", "the file"), ("card", "card_sha256", "the wallet card"))


def faults(*, files: bool = True) -> Iterator[tuple[Certificate, list[str]]]:
    """Each certificate with what is wrong with it, mostly nothing. `files`: open the stored ones too."""
    events = Prefetch("events", CertificateEvent.objects.order_by("at", "pk").only(*FIELDS))
    rows = Certificate.objects.select_related("payload", "supersedes", "renews").prefetch_related(events)
    for certificate in rows.order_by("pk").iterator(chunk_size=CHUNK):
        found = [*_of_row(certificate), *_of_payload(certificate)]
        if files and not certificate.is_erased:
            found += _of_files(certificate)
        yield certificate, [f"{certificate}: {fault}" for fault in found]


def _of_row(certificate: Certificate) -> Iterator[str]:
    events = list(certificate.events.all())
    awarded = [event for event in events if event.kind == Kind.AWARDED]
    if len(awarded) != 1:
        yield f"{len(awarded)} events say that it was awarded."
        return
    said = {name: value for name, value in awarded[0].facts.items() if name not in NOT_OF_ROW}
    is_now = facts_of(certificate)
    for name in sorted(said.keys() | is_now.keys()):
        if said.get(name) != is_now.get(name):
            yield f"its row and its events do not agree on «{name}»."
    yield from _of_holder(certificate, said)
    yield from _of_status(certificate, events)
    yield from _of_drawing(certificate, events)


def _of_holder(certificate: Certificate, said: dict) -> Iterator[str]:
    """No fact names her: what was printed does, as long as it is there and vouched for. A merged record led on."""
    if certificate.is_erased or snapshots.sha256(certificate.payload.snapshot) != said.get("snapshot_sha256"):
        return
    holder = certificate.payload.snapshot["holder"]["id"]
    merged = User.objects.filter(merged_into=certificate.holder_id).values_list("pk", flat=True)
    if holder != str(certificate.holder_id) and holder not in map(str, merged):
        yield "its row names another holder than what it says."


def _of_status(certificate: Certificate, events: list[CertificateEvent]) -> Iterator[str]:
    """The times and the reason that the row keeps are those of its events."""
    status = NOTHING_YET | NOT_REVOKED
    for event in events:
        match event.kind:
            case Kind.AWARDED if event.facts.get("confirmed"):
                status["confirmed_at"] = event.at
            case Kind.CONFIRMED:
                status["confirmed_at"] = event.at
            case Kind.DRAWN:
                status["drawn_at"] = event.at
            case Kind.REVOKED:
                status |= {"revoked_at": event.at, "revoked_reason": event.reason}
            case Kind.UPHELD:
                status["revocation_confirmed_at"] = event.at
            case Kind.REINSTATED:
                status |= NOT_REVOKED
            case Kind.SUPERSEDED:
                status["superseded_at"] = event.at
    for name, value in status.items():
        if getattr(certificate, name) != value:
            yield f"its row and its events do not agree on «{name}»."


def _of_drawing(certificate: Certificate, events: list[CertificateEvent]) -> Iterator[str]:
    drawn, card = _last(events, Kind.DRAWN), _last(events, Kind.CARD_DRAWN)
    if drawn and (drawn.facts.get("pdf_sha256"), drawn.facts.get("kid")) != (certificate.pdf_sha256, certificate.kid):
        yield "its row names another file or another key than its events."
    if certificate.card_sha256 != (card.facts.get("card_sha256") if card else ""):
        yield "its row names another wallet card than its events."
    if drawn and not certificate.is_erased:
        square = hashlib.sha256(certificate.payload.credential.encode()).hexdigest()
        if drawn.facts.get("credential_sha256") != square:
            yield "what its square says was changed."


def _of_payload(certificate: Certificate) -> Iterator[str]:
    events = list(certificate.events.all())
    erased = _last(events, Kind.ERASED)
    if certificate.is_erased and not erased:
        yield "what it says is gone, and no event tells why."
    if not erased and any(event.note_sha256 and not event.note for event in events):
        yield "a note is gone, and no event tells why."
    if not certificate.is_erased and snapshots.sha256(certificate.payload.snapshot) != certificate.snapshot_sha256:
        yield "what it says was changed."


def _of_files(certificate: Certificate) -> Iterator[str]:
    for name, hashed, words in FILES:
        if sha256 := getattr(certificate, hashed):
            try:
                filing.read(getattr(certificate.payload, name), sha256)
            except filing.DamagedFile:
                yield f"{words} in the store is not the one that was stored."
            except (FileNotFoundError, ValueError):
                yield f"{words} is missing from the store."


def _last(events: list[CertificateEvent], kind: str) -> CertificateEvent | None:
    return next((event for event in reversed(events) if event.kind == kind), None)
