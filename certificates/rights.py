"""What certificates hold about a person, for «my data», and what goes when she is erased: all but status and hashes."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.people.models import User
from lms.people.rights.gathering import day

from .award.filing import take_away
from .chain.events import Kind, forget_notes, record
from .models import Certificate, CertificateEvent, CertificatePayload
from .permissions import certificates_of
from .standings import in_words


def records_of_person(person: User) -> Iterable[UUID]:
    return Certificate.objects.filter(holder=person).values_list("pk", flat=True)


def person_data(person: User) -> list[tuple[str, list[dict]]]:
    return [
        (_("Your certificates"), [_row(certificate) for certificate in certificates_of(person)]),
        (_("Certificates you signed off"), _events(person)),
    ]


def stays_after_erasure(person: User) -> list[str]:
    """What HR has to know before: codes that go on to answer, as a state only."""
    rows = Certificate.objects.filter(holder=person).valid(timezone.localdate())
    words = _("Certificate %(code)s is valid until %(day)s. Its code goes on to say so, without a name; the file goes.")
    return [words % {"code": row.printed_code, "day": date_format(row.valid_until, "j F Y")} for row in rows]


def erase_person(person: User) -> dict[str, int]:
    """The register row stays with its status and hashes. Snapshot, notes and the files themselves go.

    The files leave the store when the transaction is committed: an erasure that fails has lost nothing.
    """
    rows = CertificatePayload.objects.select_for_update().select_related("certificate")
    payloads = list(rows.filter(certificate__holder=person))
    for payload in payloads:
        for file in (payload.pdf, payload.card):
            transaction.on_commit(partial(take_away, file))
        record(payload.certificate, Kind.ERASED)
        payload.delete()
    forget_notes(Certificate.objects.filter(holder=person))
    return {"certificates": len(payloads)}


def _row(certificate: Certificate) -> dict:
    return {
        _("Title"): certificate.title,
        _("Code"): certificate.printed_code,
        _("State"): in_words(certificate),
        _("Awarded"): day(certificate.awarded_on),
        _("Valid until"): day(certificate.valid_until),
        _("Printed name"): certificate.payload.snapshot["holder"]["name"] if _has_payload(certificate) else "",
    }


def _has_payload(certificate: Certificate) -> bool:
    return hasattr(certificate, "payload")


def _events(person: User) -> list[dict]:
    rows = CertificateEvent.objects.filter(by=person).select_related("certificate").order_by("-at")
    return [
        {_("Code"): row.certificate.printed_code, _("What"): row.get_kind_display(), _("On"): day(row.at)}
        for row in rows
    ]
