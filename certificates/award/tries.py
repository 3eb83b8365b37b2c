"""How often and when something is drawn again, and what HR is told meanwhile."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.models import User

from ..chain.events import record
from ..keys import ClockWentBack, NoKey
from ..models import CertificateEvent, CertificatePayload
from ..paper.press import CannotDraw

MOST = 5
PATIENCE = timedelta(minutes=2)  # for a task to take it up, and before the second try; then twice as long each time
SENTENCES = (CannotDraw, NoKey, ClockWentBack)  # their own words are for HR
AWAY = (NoKey, ClockWentBack, OSError)  # what the server lacks for a while


class TakenOver(Exception):
    """Another try began meanwhile, or there is nothing to draw any more."""


def again_at(tries: int) -> datetime:
    """When the sweep takes it up, unless its task or the try that begins now is done by then."""
    return timezone.now() + PATIENCE * 2 ** max(tries - 1, 0)


def locked(certificate_id: UUID | str) -> CertificatePayload | None:
    """None: its holder was erased, perhaps while it was drawn."""
    rows = CertificatePayload.objects.select_for_update().select_related("certificate")
    return rows.filter(pk=certificate_id).first()


def block(payload: CertificatePayload, reason: str, *, resumes: bool = False) -> None:
    """Stop trying and tell HR why: see the list «Blocked». `resumes`: it goes on by itself once the server can."""
    payload.blocked_reason, payload.resumes, payload.next_try_at = reason[:250], resumes, None
    payload.save(update_fields=["blocked_reason", "resumes", "next_try_at"])
    record(payload.certificate, CertificateEvent.Kind.BLOCKED, note=payload.blocked_reason)


def unblock(payload: CertificatePayload, *, by: User | None = None) -> None:
    """From the first try on. The caller has it drawn."""
    payload.blocked_reason, payload.resumes, payload.last_failure = "", False, ""
    payload.tries, payload.card_tries, payload.next_try_at = 0, 0, again_at(0)
    payload.save(update_fields=["blocked_reason", "resumes", "last_failure", "tries", "card_tries", "next_try_at"])
    record(payload.certificate, CertificateEvent.Kind.UNBLOCKED, by=by)


def gave_up(payload: CertificatePayload) -> str:
    words = _("%(tries)s tries failed. %(last)s Tell the administrator.")
    return words % {"tries": payload.tries, "last": payload.last_failure}


def note(payload: CertificatePayload, error: Exception) -> None:
    """What HR reads beside the number of tries. An error's own words may hold a name: only its kind is told."""
    if isinstance(error, SENTENCES):
        reason = str(error)
    elif isinstance(error, OSError):
        reason = _("The file store did not answer.")
    else:
        reason = _("Something unforeseen: %(kind)s.") % {"kind": type(error).__name__}
    CertificatePayload.objects.filter(pk=payload.pk).update(last_failure=reason[:250])
