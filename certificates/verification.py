"""What a certificate is worth today, for anyone who holds its code. Never a name."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.core.zones import zone_of

from . import limits
from .models import Certificate, CertificateEvent
from .proof import codes, names
from .renewal import in_progress
from .renewal.policies import window_of


class State(TextChoices):
    """In the order in which they are asked: the first that holds is the answer."""

    TYPING_ERROR = "typing_error", _("Check what you typed")
    UNKNOWN = "not_found", _("Not found")
    REVOKED = "withdrawn", _("Withdrawn")
    SUPERSEDED = "replaced", _("Replaced")
    EXPIRED = "expired", _("Expired")
    VALID = "valid", _("Valid")


@dataclass(frozen=True)
class Answer:
    state: State
    certificate: Certificate | None = None
    since: date | None = None
    renewing: bool = False

    @property
    def reason_class(self) -> str:
        return self.certificate.revoked_reason if self.state == State.REVOKED else ""

    @property
    def reason(self) -> str:
        return str(CertificateEvent.Reason(self.reason_class).label) if self.reason_class else ""

    @property
    def specimen(self) -> bool:
        return bool(self.certificate and self.certificate.specimen)

    @property
    def said(self) -> str:
        """The state as lists and machines are told it: a specimen is never called valid, nor that it was."""
        hides_state = self.specimen and self.state in (State.VALID, State.EXPIRED)
        return "specimen" if hides_state else self.state.value


def check(typed: str, on: date | None = None) -> Answer:
    """Not yet drawn, not yet confirmed and never issued are the same to the world: unknown, after the same work."""
    try:
        code = codes.parse(typed)
    except codes.TypingError:
        return Answer(State.TYPING_ERROR)
    certificate = next(iter(Certificate.objects.filter(code=code).order_by()), None)
    if certificate is None or certificate.drawn_at is None:
        limits.count_unknown()
        return Answer(State.UNKNOWN)
    today = on or day_of(certificate)
    answer = judged(certificate, today)
    return replace(answer, renewing=_is_renewed_in_grace(answer, today))


def judged(certificate: Certificate, on: date | None = None) -> Answer:
    """What one that was issued is worth on a day, or today where it was issued. No query."""
    if certificate.revoked_at:
        return Answer(State.REVOKED, certificate, day_of(certificate, certificate.revoked_at))
    if certificate.superseded_at:
        return Answer(State.SUPERSEDED, certificate, day_of(certificate, certificate.superseded_at))
    today = on or day_of(certificate)
    if certificate.valid_until < today:
        return Answer(State.EXPIRED, certificate, certificate.valid_until)
    return Answer(State.VALID, certificate, today)


def precedence(certificate: Certificate, on: date | None = None) -> tuple:
    """Of several that one person holds, the last in this order speaks for her: what is valid, then what stands."""
    answer = judged(certificate, on)
    is_valid = certificate.drawn_at is not None and answer.said == State.VALID
    stands = answer.state in (State.VALID, State.EXPIRED)
    return is_valid, stands, certificate.awarded_on, certificate.valid_until


def name_matches(certificate: Certificate, typed: str) -> bool | None:
    """Whether the family name, or the whole name as printed, is this one; None: it is no longer kept.

    Raises limits.TooManyNames.
    """
    limits.count_name(certificate.code)
    return compared(certificate, typed)


def compared(certificate: Certificate, typed: str) -> bool | None:
    """The same for those who count the tries themselves. No query where the payload was selected with it."""
    if certificate.is_erased:
        return None
    holder = certificate.payload.snapshot["holder"]
    return names.match(typed, holder["family_name"], holder["name"])


def day_of(certificate: Certificate, moment: datetime | None = None) -> date:
    """Of a moment, or of now, by the clock of the country that issued it: its last day ends there."""
    return timezone.localdate(moment, zone_of(certificate.country_code))


def _is_renewed_in_grace(answer: Answer, today: date) -> bool:
    """Expired, but it may still be renewed, and she is at it. Three queries more, of expired ones only."""
    if answer.state != State.EXPIRED:
        return False
    return window_of(answer.certificate).may_renew(today) and in_progress(answer.certificate)
