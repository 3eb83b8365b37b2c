"""Withdrawing a certificate: it acts at once, and a second person confirms it or gives the certificate back."""

from django.db import transaction
from django.utils import timezone

from lms.people.models import User

from .. import waiting
from ..chain.events import Kind, record
from ..models import Certificate, CertificateEvent
from ..paper import wallet
from ..tasks import draw_certificate
from . import issuing, tries


class NotRevoked(Exception):
    """It is not withdrawn, or was given back meanwhile."""


class Replaced(Exception):
    """Another certificate has taken its place: that one is to be withdrawn."""


class AlreadyUpheld(Exception):
    """A second person has confirmed the withdrawal: she would need a new certificate."""


class SamePerson(Exception):
    """Whoever withdrew it, and whoever holds it, has no say in this."""


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, by: User, reason: str, note: str = "") -> Certificate:
    """Withdraw at once, with a reason class that the public page shows and a note that it does not. Idempotent.

    Raises Replaced, and ValueError for a reason that there is not.
    """
    certificate = _locked(certificate)
    if certificate.revoked_at:
        return certificate
    if certificate.superseded_at:
        raise Replaced
    certificate.revoked_at, certificate.revoked_reason = timezone.now(), CertificateEvent.Reason(reason)
    certificate.save(update_fields=["revoked_at", "revoked_reason"])
    record(certificate, Kind.REVOKED, by=by, reason=reason, note=note, at=certificate.revoked_at)
    return certificate


@transaction.atomic
def uphold_revocation(certificate: Certificate, *, by: User, note: str = "") -> Certificate:
    """A second person says that the withdrawal is right. Idempotent. Raises NotRevoked, SamePerson."""
    certificate = _revoked(certificate, by)
    if certificate.revocation_confirmed_at:
        return certificate
    certificate.revocation_confirmed_at = timezone.now()
    certificate.save(update_fields=["revocation_confirmed_at"])
    record(certificate, Kind.UPHELD, by=by, note=note, at=certificate.revocation_confirmed_at)
    return certificate


@transaction.atomic
def reinstate_certificate(certificate: Certificate, *, by: User, note: str = "") -> Certificate:
    """A second person gives it back: it says again what it said before, and its history says all.

    Raises NotRevoked, SamePerson or AlreadyUpheld.
    """
    certificate = _revoked(certificate, by)
    if certificate.revocation_confirmed_at:
        raise AlreadyUpheld
    certificate.revoked_at, certificate.revoked_reason = None, ""
    certificate.save(update_fields=["revoked_at", "revoked_reason"])
    record(certificate, Kind.REINSTATED, by=by, note=note)
    _have_drawn(certificate)
    return certificate


@transaction.atomic
def keep_certificate(certificate: Certificate, *, by: User, note: str = "") -> bool:
    """HR looked at a result behind it that was taken back, and lets it stand until another one is. False: nothing was,
    or somebody has said so before."""
    certificate = _locked(certificate)
    if not waiting.taken_back(Certificate.objects.filter(pk=certificate.pk)).exists():
        return False
    record(certificate, Kind.KEPT, by=by, note=note)
    return True


def withdrawn_by(certificate: Certificate) -> CertificateEvent | None:
    """The withdrawal that holds: one that was given back and withdrawn again has several."""
    return certificate.events.filter(kind=Kind.REVOKED).order_by("at", "pk").last()


def _have_drawn(certificate: Certificate) -> None:
    """What it or its card lacked when it was withdrawn: by the sweep, which may have put it aside, or a task before."""
    if certificate.is_erased or certificate.payload.blocked_reason:
        return
    if issuing.waits(certificate) or wallet.waits(certificate):
        certificate.payload.next_try_at = tries.again_at(0)
        certificate.payload.save(update_fields=["next_try_at"])
    if issuing.waits(certificate):
        draw_certificate.enqueue(str(certificate.pk))


def _revoked(certificate: Certificate, by: User) -> Certificate:
    certificate = _locked(certificate)
    if not certificate.revoked_at:
        raise NotRevoked
    event = withdrawn_by(certificate)
    if by.pk == certificate.holder_id or event is None or event.by_id == by.pk:
        raise SamePerson
    return certificate


def _locked(certificate: Certificate) -> Certificate:
    """With its payload where it has one: everything locks the two in the same order."""
    if payload := tries.locked(certificate.pk):
        return payload.certificate
    return Certificate.objects.select_for_update().get(pk=certificate.pk)
