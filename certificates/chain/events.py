"""The one way in which something that happened to a certificate is written down."""

import secrets
from datetime import datetime

from django.utils import timezone
from wagtail.log_actions import log

from lms.people.models import User

from ..models import Certificate, CertificateEvent
from . import digests

Kind = CertificateEvent.Kind


def record(
    certificate: Certificate,
    kind: str,
    *,
    by: User | None = None,
    reason: str = "",
    note: str = "",
    at: datetime | None = None,
    **facts,
) -> CertificateEvent:
    """Add an event, and for what a person did an entry in the audit log. In the transaction of the change itself.

    `at`: the moment that the row keeps, where it keeps one. `facts`: what the chain vouches for; never a name.
    """
    note = note[:250]
    salt = secrets.token_hex(16) if note else ""
    if by:
        facts["by"] = str(by.pk)
        log(certificate, f"certificates.{kind}", user=by)
    return CertificateEvent.objects.create(
        certificate=certificate,
        kind=kind,
        reason=reason,
        note=note,
        note_salt=salt,
        note_sha256=digests.of_note(salt, note),
        facts=facts,
        by=by,
        at=at or timezone.now(),
    )


def record_award(certificate: Certificate, *, by: User | None, at: datetime) -> CertificateEvent:
    """With all that the row says and never changes, and whether it waits for HR's yes."""
    confirmed = certificate.confirmed_at is not None
    return record(certificate, Kind.AWARDED, by=by, at=at, confirmed=confirmed, **facts_of(certificate))


def facts_of(certificate: Certificate) -> dict:
    """What the row of a certificate has said since its award, as plain JSON."""
    older, renewed = certificate.supersedes, certificate.renews
    return {
        "code": certificate.code,
        "programme": certificate.programme_code,
        "programme_key": str(certificate.programme_key),
        "version": certificate.programme_version,
        "title": certificate.title,
        "level": certificate.level,
        "country": certificate.country_code,
        "country_name": certificate.country_name,
        "awarded_on": certificate.awarded_on.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
        "specimen": certificate.specimen,
        "snapshot_sha256": certificate.snapshot_sha256,
        "status": [certificate.status_list, certificate.status_index],
        "supersedes": older.code if older else "",
        "renews": renewed.code if renewed else "",
    }


def forget_notes(certificates) -> int:
    """Empty what was noted about these, for ever. Their hashes stay, and with them the chain."""
    noted = CertificateEvent.objects.filter(certificate__in=certificates).exclude(note="")
    return noted.update(note="", note_salt="")
