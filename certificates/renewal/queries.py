"""Which certificates may be renewed at all, and whether a renewal is under way: another, open cycle of the programme
that certified her."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lms.learning.models import Enrolment
from lms.people.models import User

from ..models import Certificate
from .policies import Policies
from .windows import Window

LONGEST = timedelta(days=366)  # a window and a grace are no longer than that


def in_progress(certificate: Certificate) -> bool:
    """One query."""
    cycles = Enrolment.objects.open().filter(person=certificate.holder_id, programme_key=certificate.programme_key)
    return certificate.holder_id is not None and cycles.exclude(pk=certificate.enrolment_id).exists()


def with_renewal(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Annotates `renewal_in_progress`, for lists."""
    cycles = Enrolment.objects.open().filter(person=OuterRef("holder"), programme_key=OuterRef("programme_key"))
    return certificates.annotate(renewal_in_progress=Exists(cycles.exclude(pk=OuterRef("enrolment"))))


def renewable(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Issued, standing, no specimens; of people who are here, and who were awarded no newer one of the same programme:
    a specimen of that waits for a review, not for her."""
    holder = {"holder__is_active": True, "holder__erased_at": None, "holder__merged_into": None}
    standing = certificates.issued().standing().filter(specimen=False, payload__isnull=False, **holder)
    same = {"holder": OuterRef("holder"), "programme_key": OuterRef("programme_key")}
    newer = Certificate.objects.standing().filter(**same).exclude(pk=OuterRef("pk"))
    later = Q(valid_until__gt=OuterRef("valid_until")) | Q(
        valid_until=OuterRef("valid_until"), awarded_on__gt=OuterRef("awarded_on")
    )
    return standing.filter(~Exists(newer.filter(later)))


def near_the_end(certificates: QuerySet[Certificate], today: date) -> QuerySet[Certificate]:
    """Those whose window may be open; `Policies.window` says it of each."""
    return certificates.filter(valid_until__gte=today - LONGEST, valid_until__lte=today + LONGEST)


def to_renew(person: User, today: date) -> list[tuple[Certificate, Window]]:
    """What she may renew herself today and has not begun. One query, and one for policies where there is something."""
    hers = renewable(near_the_end(Certificate.objects.filter(holder=person), today))
    hers = with_renewal(hers.filter(country_code=F("holder__country"))).filter(renewal_in_progress=False)
    policies = Policies()
    found = [(certificate, policies.window(certificate)) for certificate in hers.order_by("valid_until")]
    return [(certificate, window) for certificate, window in found if window.may_renew(today)]
