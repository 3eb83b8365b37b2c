"""Where a certificate stands for those who may see it: its holder and HR. The public's states are in verification."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Certificate


class Standing(TextChoices):
    TO_CONFIRM = "to_confirm", _("To confirm")
    BLOCKED = "blocked", _("Blocked")
    BEING_DRAWN = "being_drawn", _("Being drawn")
    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    SUPERSEDED = "superseded", _("Replaced")
    REVOKED = "revoked", _("Withdrawn")


def standing(certificate: Certificate, today: date) -> Standing:
    """Costs no query where the payload was selected with the certificate."""
    if certificate.revoked_at:
        return Standing.REVOKED
    if certificate.superseded_at:
        return Standing.SUPERSEDED
    if certificate.drawn_at:
        return Standing.VALID if certificate.valid_until >= today else Standing.EXPIRED
    if not certificate.is_erased and certificate.payload.blocked_reason:
        return Standing.BLOCKED
    return Standing.BEING_DRAWN if certificate.confirmed_at else Standing.TO_CONFIRM


def rows(certificates: QuerySet[Certificate], wanted: Standing, today: date) -> QuerySet[Certificate]:
    """Those that stand there. `standing` and this agree: a test asks both."""
    choose: dict[Standing, Callable] = {
        Standing.TO_CONFIRM: lambda: certificates.to_confirm().filter(payload__blocked_reason=""),
        Standing.BLOCKED: certificates.blocked,
        Standing.BEING_DRAWN: certificates.being_drawn,
        Standing.VALID: lambda: certificates.valid(today),
        Standing.EXPIRED: lambda: certificates.expired(today),
        Standing.SUPERSEDED: lambda: certificates.filter(revoked_at=None, superseded_at__isnull=False),
        Standing.REVOKED: lambda: certificates.filter(revoked_at__isnull=False),
    }
    return choose[wanted]()


def in_words(certificate: Certificate) -> str:
    """Its standing today as staff read it: a specimen is never called valid."""
    there = standing(certificate, timezone.localdate())
    if not certificate.specimen:
        return there.label
    return str(_("Specimen")) if there == Standing.VALID else f"{there.label} · {_('Specimen')}"
