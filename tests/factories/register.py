"""Certificates as rows of the register, without a programme behind them and without a drawing: for what only reads."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from certificates.models import Certificate, CertificateEvent, CertificatePayload
from certificates.proof import codes
from lms.people.models import User

PROGRAMME = UUID("00000000-0000-4000-8000-00000000000c")


def registered(person: User, **fields) -> Certificate:
    """One, valid for a year from today unless told otherwise."""
    return register([person], **fields)[0]


def register(people: Iterable[User], **fields) -> list[Certificate]:
    """One each, in a few queries for any number."""
    rows = [Certificate(**(_fields(person) | fields)) for person in people]
    Certificate.objects.bulk_create(rows, batch_size=1000)
    payloads = [CertificatePayload(certificate=row, snapshot={"holder": _holder(row.holder)}) for row in rows]
    CertificatePayload.objects.bulk_create(payloads, batch_size=1000)
    return rows


def revoked(certificate: Certificate, reason: str = "conduct") -> Certificate:
    certificate.revoked_at, certificate.revoked_reason = timezone.now(), reason
    certificate.save(update_fields=["revoked_at", "revoked_reason"])
    CertificateEvent.objects.create(certificate=certificate, kind=CertificateEvent.Kind.REVOKED, reason=reason)
    return certificate


def _fields(person: User) -> dict:
    today, now = timezone.localdate(), timezone.now()
    return {
        "code": codes.new(),
        "holder": person,
        "programme_key": PROGRAMME,
        "programme_code": "iphc",
        "programme_version": 3,
        "title": "Integrated Primary Health Care",
        "level": "Community health worker",
        "country_code": person.country_id,
        "country_name": person.country.name,
        "awarded_on": today,
        "valid_until": today + timedelta(days=365),
        "snapshot_sha256": "0" * 64,
        "pdf_sha256": "0" * 64,
        "status_index": secrets.randbelow(2**30),
        "confirmed_at": now,
        "drawn_at": now,
    }


def _holder(person: User) -> dict:
    name = f"{person.given_names} {person.family_name}"
    return {"name": name, "family_name": person.family_name, "staff_number": person.staff_number}
