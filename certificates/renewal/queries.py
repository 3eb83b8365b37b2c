"""Whether a renewal is under way: she is in another, open cycle of the programme that certified her."""

from django.db.models import Exists, OuterRef, QuerySet

from lms.learning.models import Enrolment

from ..models import Certificate


def in_progress(certificate: Certificate) -> bool:
    """One query."""
    cycles = Enrolment.objects.open().filter(person=certificate.holder_id, programme_key=certificate.programme_key)
    return certificate.holder_id is not None and cycles.exclude(pk=certificate.enrolment_id).exists()


def with_renewal(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Annotates `renewal_in_progress`, for lists."""
    cycles = Enrolment.objects.open().filter(person=OuterRef("holder"), programme_key=OuterRef("programme_key"))
    return certificates.annotate(renewal_in_progress=Exists(cycles.exclude(pk=OuterRef("enrolment"))))
