"""Whose certificates go into a bundle, in which order, and why one does not."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.learning.models import Enrolment
from lms.people.models import Selection, User

from ..award import filing
from ..models import Certificate
from ..permissions import certificates_kept_by
from ..proof import names
from ..standings import standing
from ..verification import precedence

CHUNK = 500


class Part(TextChoices):
    """What of a certificate is packed: the field of its payload, with the hash of the same name."""

    PDF = "pdf"
    CARD = "card"


class Order(TextChoices):
    NAME = "name", gettext_lazy("By name")
    NUMBER = "number", gettext_lazy("By staff number")


def stored_for(by: User, rows: Iterable[Enrolment], part: Part = Part.PDF) -> dict[UUID, Certificate]:
    """Enrolment → of what is stored and not withdrawn, the one that speaks for her in its programme. One query."""
    rows = list(rows)
    stored = _of(by, rows).standing().issued().exclude(payload=None)
    return _newest(rows, stored.exclude(**{f"{part}_sha256": ""}).exclude(**{f"payload__{part}": ""}))


def why_not(by: User, rows: Iterable[Enrolment], part: Part) -> dict[UUID, str]:
    """For those without one to pack: where their certificate stands. Two queries."""
    rows = list(rows)
    stored = stored_for(by, rows, part)
    lacking = [row for row in rows if row.pk not in stored]
    there = newest_of(by, lacking)
    return {row.pk: _why(there.get(row.pk), part) for row in lacking}


def newest_of(by: User, rows: Iterable[Enrolment]) -> dict[UUID, Certificate]:
    """Enrolment → the one that speaks for her in its programme, wherever it stands. One query."""
    rows = list(rows)
    return _newest(rows, _of(by, rows).current())


def damaged(certificate: Certificate) -> str:
    return _("The stored file of %(code)s is damaged.") % {"code": certificate}


def read(certificate: Certificate, part: Part) -> bytes:
    """The stored bytes. Raises DamagedFile or FileNotFoundError."""
    return filing.read(getattr(certificate.payload, part), getattr(certificate, f"{part}_sha256"))


def in_order(rows: Iterable[Enrolment], order: str) -> list[Enrolment]:
    """As people look for it: É beside E, whatever the database makes of it."""
    return sorted(rows, key=lambda row: _place(row.person, order))


def stored_files(selection: Selection, part: Part, order: str, most: int) -> Iterator[tuple[Certificate, bytes]]:
    """What was done, each certificate once, read in chunks. Who cannot be packed after all is named in the results."""
    keys = selection.picked.done().values_list("row", flat=True)
    rows = in_order(_rows(list(keys)), order)
    seen: set[UUID] = set()
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        stored = stored_for(selection.by, chunk, part)
        for row in chunk:
            certificate = stored.get(row.pk)
            if certificate and certificate.pk in seen:
                continue  # two rows of one person and programme hold the same
            content = _read_or_say(selection, row, certificate, part, full=len(seen) >= most)
            if content:
                seen.add(certificate.pk)
                yield certificate, content


def too_many(most: int) -> str:
    return _("At most %(most)s in one file.") % {"most": most}


def _read_or_say(selection: Selection, row: Enrolment, certificate, part: Part, full: bool) -> bytes:
    why = _("Not in your places any more.") if certificate is None else ""
    try:
        if certificate and not full:
            return read(certificate, part)
        why = why or _("Left out: the file is full.")
    except (filing.DamagedFile, FileNotFoundError):
        why = damaged(certificate)
    selection.picked.filter(row=row.pk).update(done_at=None, why=why)
    return b""


def _rows(keys: list[UUID]) -> Iterator[Enrolment]:
    for start in range(0, len(keys), CHUNK):
        yield from Enrolment.objects.filter(pk__in=keys[start : start + CHUNK]).select_related("person")


def _of(by: User, rows: list[Enrolment]):
    kept = certificates_kept_by(by).defer("payload__snapshot").order_by("awarded_on", "code")
    return kept.filter(holder__in={row.person_id for row in rows})


def _newest(rows: list[Enrolment], certificates) -> dict[UUID, Certificate]:
    in_turn = sorted(certificates, key=precedence)
    newest = {(certificate.holder_id, certificate.programme_key): certificate for certificate in in_turn}
    found = {row.pk: newest.get((row.person_id, row.programme_key)) for row in rows}
    return {key: certificate for key, certificate in found.items() if certificate}


def _why(certificate: Certificate | None, part: Part) -> str:
    if certificate is None:
        return _("No certificate yet.")
    if certificate.is_erased:
        return _("Erased.")
    if part == Part.CARD and certificate.drawn_at and not certificate.revoked_at:
        return _("The card is not drawn yet.")
    return f"{standing(certificate, timezone.localdate()).label}."


def _place(person: User, order: str) -> tuple[str, ...]:
    if order == Order.NUMBER:
        return (person.staff_number,)
    return (names.normalised(person.family_name), names.normalised(person.given_names), person.staff_number)
