"""What waits for somebody who keeps records: lists of certificates, each a query over those that she may change."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from curriculum.models import Review
from lms.learning.models import Completion, Requirement

from .chain.events import Kind
from .models import Certificate, CertificateEvent

TESTED = ("quiz", "practical")  # a lesson that has to be learned again takes nothing back


def to_uphold(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Withdrawn, and no second person has said anything to it. Annotates `withdrawn_by`."""
    revoked = CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind=Kind.REVOKED).order_by("-at", "-pk")
    first = Subquery(revoked.values("by")[:1], output_field=UUIDField())
    return certificates.to_uphold().annotate(withdrawn_by=first).order_by("revoked_at")


def reviewed_specimens(certificates: QuerySet[Certificate], on: date) -> QuerySet[Certificate]:
    """Specimens of which everything is clinically reviewed by now, as she completed it: see `evidence.is_specimen`.

    None that rests on a result that was taken back, before HR has looked at that.
    """
    reviewed = Review.objects.in_date(on).filter(revision=OuterRef("completion__revision_id"))
    behind = Requirement.objects.filter(enrolment=OuterRef("enrolment"), required=True, completion__isnull=False)
    lacking = behind.filter(~Exists(reviewed), completion__credit=None)
    specimens = certificates.standing().issued().filter(specimen=True, payload__isnull=False)
    specimens = specimens.exclude(pk__in=taken_back(certificates).values("pk"))
    return specimens.filter(Exists(behind), ~Exists(lacking)).order_by("awarded_on", "code")


def taken_back(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Standing ones with a result behind them that was voided or regraded since, or since HR last looked."""
    looked = CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind=Kind.KEPT).order_by("-at")
    hers = certificates.standing().filter(payload__isnull=False, enrolment__in=_flagged().values("enrolment"))
    hers = hers.annotate(looked_at=Subquery(looked.values("at")[:1]))
    since = _flagged().filter(enrolment=OuterRef("enrolment"), completion__flagged_at__gt=OuterRef("looked_at"))
    return hers.filter(Q(looked_at=None) | Exists(since)).order_by("awarded_on", "code")


def results_taken_back(certificates: Iterable[Certificate]) -> dict[UUID, list[Completion]]:
    """Certificate → the results behind it that no longer stand. One query."""
    by_enrolment = {row.enrolment_id: row.pk for row in certificates if row.enrolment_id}
    rows = _flagged().filter(enrolment__in=by_enrolment).select_related("completion__flagged_by").order_by("position")
    found = defaultdict(list)
    for row in rows:
        found[by_enrolment[row.enrolment_id]].append(row.completion)
    return found


def withdrawals(certificates: Iterable[Certificate]) -> dict[UUID, CertificateEvent]:
    """Certificate → the withdrawal that holds. One query."""
    rows = CertificateEvent.objects.filter(kind=Kind.REVOKED, certificate__in=[row.pk for row in certificates])
    return {row.certificate_id: row for row in rows.select_related("by").order_by("at", "pk")}


def _flagged() -> QuerySet[Requirement]:
    return Requirement.objects.filter(required=True, completion__kind__in=TESTED, completion__flagged_at__isnull=False)
