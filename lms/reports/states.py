"""Where a person stands with a programme: one word for her certificate, or for the way to it."""

from datetime import date, datetime, time, timedelta

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate, CertificateEvent, CertificatePayload

ENDS_SOON = timedelta(days=90)
Kind = CertificateEvent.Kind


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


def end_of(day: date) -> datetime:
    """The first moment after a day, by the clock of who looks."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def standing_on(on: date) -> Q:
    """Certificates that were awarded by then and not replaced by then.

    The register keeps no moment of writing: one that replaces another exists since that other was replaced.
    """
    if on >= timezone.localdate():
        return Q(superseded_at=None)
    until = end_of(on)
    begun = Q(supersedes=None) | Q(supersedes__superseded_at__lt=until)
    return Q(awarded_on__lte=on) & (Q(superseded_at=None) | Q(superseded_at__gte=until)) & begun


def valid_on(day: date) -> Q:
    """Certificates, no specimens, that were drawn, confirmed, not withdrawn and in date on a day."""
    until = end_of(day)
    issued = Q(specimen=False, drawn_at__lt=until, confirmed_at__lt=until, valid_until__gte=day)
    return standing_on(day) & ~withdrawn_on(day) & issued


def withdrawn_on(day: date) -> Q:
    """Certificates that were withdrawn by then and not given back by then.

    One that was given back keeps no moment of withdrawal: the next thing said of it after that day tells.
    """
    until = end_of(day)
    if day >= timezone.localdate():
        return Q(revoked_at__lt=until)
    later = CertificateEvent.objects.filter(kind__in=(Kind.REVOKED, Kind.REINSTATED), at__gte=until)
    first = later.filter(certificate=OuterRef("certificate")).order_by("at", "pk").values("pk")[:1]
    given_back = later.filter(kind=Kind.REINSTATED, pk=Subquery(first)).values("certificate")
    return Q(revoked_at__lt=until) | Q(pk__in=given_back)


def holds_on(day: date) -> Case:
    """1 for a certificate that holds on a day, else 0: while its renewal is drawn, the one before speaks."""
    return Case(When(valid_on(day), then=Value(1)), default=Value(0))


def of_certificates(certificates: QuerySet[Certificate], on: date) -> QuerySet[Certificate]:
    """Annotates `state` as of a day on certificates that stood then. The first that holds is the answer."""
    until = end_of(on)
    issued = Q(drawn_at__lt=until, confirmed_at__lt=until)
    return certificates.annotate(
        state=Case(
            When(withdrawn_on(on), then=Value(State.WITHDRAWN)),
            When(issued & Q(specimen=True), then=Value(State.SPECIMEN)),
            When(issued & Q(valid_until__lt=on), then=Value(State.EXPIRED)),
            When(issued & Q(valid_until__lte=on + ENDS_SOON), then=Value(State.ENDS_SOON)),
            When(issued, then=Value(State.VALID)),
            When(_was_blocked(on), then=Value(State.BLOCKED)),
            When(Q(confirmed_at=None) | Q(confirmed_at__gte=until), then=Value(State.TO_CONFIRM)),
            default=Value(State.BEING_DRAWN),
            output_field=CharField(),
        )
    )


def _was_blocked(on: date) -> Exists | Exact:
    """Today the payload says it; of a day before, the last word of the events until then."""
    if on >= timezone.localdate():
        return Exists(CertificatePayload.objects.filter(certificate=OuterRef("pk")).exclude(blocked_reason=""))
    kinds = (Kind.BLOCKED, Kind.UNBLOCKED)
    told = CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind__in=kinds, at__lt=end_of(on))
    return Exact(Subquery(told.order_by("-at", "-pk").values("kind")[:1]), Kind.BLOCKED)


def of_enrolment_alone(on: date) -> Case:
    """The state on a day of an enrolment whose person held no certificate of its programme."""
    until = end_of(on)
    return Case(
        When(completed_at__lt=until, then=Value(State.COMPLETE)),
        When(closed_at__lt=until, then=Value(State.CLOSED)),
        default=Value(State.IN_PROGRESS),
        output_field=CharField(),
    )
