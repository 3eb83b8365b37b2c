"""Where a person stands with a programme: one word for her certificate, or for the way to it."""

from datetime import date, timedelta

from django.db.models import Case, CharField, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate

ENDS_SOON = timedelta(days=90)


class State(TextChoices):
    IN_PROGRESS = "in_progress", _("In progress")
    CLOSED = "closed", _("Left the programme")
    COMPLETE = "complete", _("Complete, no certificate yet")
    TO_CONFIRM = "to_confirm", _("To confirm")
    BEING_DRAWN = "being_drawn", _("Being drawn")
    BLOCKED = "blocked", _("Blocked")
    SPECIMEN = "specimen", _("Specimen, not a certificate")
    VALID = "valid", _("Valid")
    ENDS_SOON = "ends_soon", _("Ends within 90 days")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CERTIFIED = (State.VALID, State.ENDS_SOON)


def of_certificates(certificates: QuerySet[Certificate], on: date) -> QuerySet[Certificate]:
    """Annotates `state` on certificates that were not replaced. The first that holds is the answer."""
    return certificates.annotate(
        state=Case(
            When(revoked_at__isnull=False, then=Value(State.WITHDRAWN)),
            When(Q(drawn_at=None) & ~Q(payload__blocked_reason=""), then=Value(State.BLOCKED)),
            When(confirmed_at=None, then=Value(State.TO_CONFIRM)),
            When(drawn_at=None, then=Value(State.BEING_DRAWN)),
            When(specimen=True, then=Value(State.SPECIMEN)),
            When(valid_until__lt=on, then=Value(State.EXPIRED)),
            When(valid_until__lte=on + ENDS_SOON, then=Value(State.ENDS_SOON)),
            default=Value(State.VALID),
            output_field=CharField(),
        )
    )


def of_enrolment_alone() -> Case:
    """The state of an enrolment whose person holds no certificate of its programme."""
    return Case(
        When(completed_at__isnull=False, then=Value(State.COMPLETE)),
        When(closed_at__isnull=False, then=Value(State.CLOSED)),
        default=Value(State.IN_PROGRESS),
        output_field=CharField(),
    )
