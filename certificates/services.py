"""Changes to the register: award, confirm, revoke, supersede. Nothing is ever deleted or drawn anew."""

import logging
from copy import deepcopy

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lms.learning.models import Enrolment
from lms.people.models import User

from . import drawing, evidence, issuing, snapshots, status_lists
from .models import Certificate, CertificateEvent, CertificatePayload, CertificatePolicy
from .tasks import draw_certificate

Kind = CertificateEvent.Kind
logger = logging.getLogger(__name__)


class NotStanding(Exception):
    """The certificate was revoked or superseded before, or what it says was erased."""


class StillSpecimen(Exception):
    """A required unit, as she completed it, still has no clinical review in date."""


class NothingToChange(Exception):
    """The certificate already says so."""


@transaction.atomic
def award_certificate(enrolment: Enrolment) -> Certificate:
    """The certificate of a finished enrolment, written in the caller's transaction.

    Idempotent: a second call returns the current one. What stands in the way of drawing is written down as the
    reason and never stops the award.
    """
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if current := Certificate.objects.current().filter(enrolment=enrolment).first():
        return current
    policy = CertificatePolicy.objects.for_programme(enrolment.programme_key, enrolment.country)
    snapshot = evidence.snapshot(enrolment, policy, timezone.localdate())
    confirmed_at = None if policy.needs_confirmation else timezone.now()
    return _register(snapshot, enrolment=enrolment, holder=enrolment.person, confirmed_at=confirmed_at)


@transaction.atomic
def confirm_certificate(certificate: Certificate, *, by: User) -> Certificate:
    """HR's yes where the policy asks for it; then it is drawn. Idempotent. Raises NotStanding."""
    certificate = _standing(certificate)
    if certificate.confirmed_at:
        return certificate
    certificate.confirmed_at = timezone.now()
    certificate.save(update_fields=["confirmed_at"])
    _tell(certificate, Kind.CONFIRMED, by=by)
    draw_certificate.enqueue(str(certificate.pk))
    return certificate


@transaction.atomic
def try_again(certificate: Certificate, *, by: User) -> bool:
    """Draw a blocked certificate once more after its cause was mended. False: it is not blocked (any more)."""
    payload = CertificatePayload.objects.select_for_update().get(pk=certificate.pk)
    if not payload.blocked_reason:
        return False
    payload.blocked_reason, payload.tries = "", 0
    payload.save(update_fields=["blocked_reason", "tries"])
    _tell(certificate, Kind.UNBLOCKED, by=by)
    draw_certificate.enqueue(str(certificate.pk))
    return True


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, by: User, reason: str, note: str = "") -> Certificate:
    """Withdraw at once, with a reason class that the public page shows and a note that it does not. Idempotent."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.revoked_at:
        return certificate
    certificate.revoked_at = timezone.now()
    certificate.save(update_fields=["revoked_at"])
    _tell(certificate, Kind.REVOKED, by=by, reason=CertificateEvent.Reason(reason), note=note)
    return certificate


@transaction.atomic
def correct_name(
    certificate: Certificate, *, by: User, given_names: str, family_name: str, note: str = ""
) -> Certificate:
    """A new certificate with the right name and the same dates; the old one is superseded.

    Raises NotStanding, or NothingToChange where it is spelt like this already.
    """
    certificate = _standing(certificate)
    holder = evidence.holder(certificate.holder, given_names, family_name)
    if holder == certificate.payload.snapshot["holder"]:
        raise NothingToChange
    return _supersede(certificate, {"holder": holder}, by=by, note=note)


@transaction.atomic
def change_title(certificate: Certificate, own_title: bool, *, by: User) -> Certificate:
    """A new certificate that prints the programme's own title, or the neutral one; the old one is superseded.

    Raises NotStanding, or NothingToChange where it prints that one already.
    """
    certificate = _standing(certificate)
    programme = certificate.payload.snapshot["programme"]
    title = programme["title" if own_title else "neutral_title"]
    if title == programme["printed_title"]:
        raise NothingToChange
    return _supersede(certificate, {"programme": programme | {"printed_title": title}}, by=by)


@transaction.atomic
def issue_anew(certificate: Certificate, *, by: User) -> Certificate:
    """Replace a specimen by a certificate, now that everything behind it is clinically reviewed.

    Raises NotStanding, NothingToChange (it is no specimen) or StillSpecimen.
    """
    certificate = _standing(certificate)
    if not certificate.specimen:
        raise NothingToChange
    completions = evidence.required_completions(certificate.enrolment)
    if evidence.is_specimen(completions, timezone.localdate()):
        raise StillSpecimen
    return _supersede(certificate, {"specimen": False}, by=by)


def _supersede(old: Certificate, changes: dict, *, by: User, note: str = "") -> Certificate:
    snapshot = deepcopy(old.payload.snapshot) | {"supersedes": old.code} | changes
    snapshot |= evidence.identity() | evidence.production()
    old.superseded_at = timezone.now()
    old.save(update_fields=["superseded_at"])
    _tell(old, Kind.SUPERSEDED, by=by, note=note)
    confirmed_at = old.confirmed_at and timezone.now()
    return _register(
        snapshot, enrolment=old.enrolment, holder=old.holder, confirmed_at=confirmed_at, supersedes=old, by=by
    )


def _register(snapshot: dict, *, by: User | None = None, **fields) -> Certificate:
    """Write the row, its payload and its first events, and have it drawn."""
    programme, country = snapshot["programme"], snapshot["country"]
    certificate = Certificate.objects.create(
        code=snapshot["code"],
        programme_key=programme["key"],
        programme_code=programme["code"],
        programme_version=programme["version"],
        title=programme["printed_title"],
        level=programme["level"],
        country_code=country["code"],
        country_name=country["name"],
        awarded_on=snapshots.day(snapshot["awarded_on"]),
        valid_until=snapshots.day(snapshot["valid_until"]),
        specimen=snapshot["specimen"],
        snapshot_sha256=snapshots.sha256(snapshot),
        **status_lists.free_bit(country["code"]),
        **fields,
    )
    payload = CertificatePayload.objects.create(certificate=certificate, snapshot=snapshot)
    _tell(certificate, Kind.AWARDED, by=by)
    if reason := _blocked_reason(snapshot):
        issuing.block(payload, reason)
    elif certificate.confirmed_at:
        draw_certificate.enqueue(str(certificate.pk))
    return certificate


def _blocked_reason(snapshot: dict) -> str:
    """Asked early so that HR knows at once. Whatever fails here fails again when it is drawn, and is told then."""
    try:
        return drawing.blocked_reason(snapshot)
    except Exception:
        logger.exception("certificate could not be looked over")
        return ""


def _standing(certificate: Certificate) -> Certificate:
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.revoked_at or certificate.superseded_at or certificate.is_erased:
        raise NotStanding
    return certificate


def _tell(certificate: Certificate, kind: str, *, by: User | None = None, reason: str = "", note: str = "") -> None:
    """The certificate's own history and, for what a person did, the audit log."""
    CertificateEvent.objects.create(certificate=certificate, kind=kind, reason=reason, note=note, by=by)
    if by:
        log(certificate, f"certificates.{kind}", user=by)
