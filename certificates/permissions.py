"""Who may see a certificate: its holder, and those who keep the records of the country that issued it or of the one she
is in now. Only the country that issued it changes it. For others it is a 404."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lms.learning.models import Cohort
from lms.people.models import User
from lms.people.permissions import KEEP_RECORDS, countries_for, holds

from .models import BulkCheck, Certificate


def certificates_of(user: User) -> QuerySet[Certificate]:
    """Her own, newest first."""
    return Certificate.objects.filter(holder=user).select_related("payload")


def certificates_kept_by(user: User) -> QuerySet[Certificate]:
    """Those of the countries whose records this person keeps today, and of the people who moved there."""
    return Certificate.objects.filter(_is_kept_by(user)).select_related("payload", "holder")


def check_keeps_certificates(user: User) -> None:
    """Raises PermissionDenied: the menu shows her no certificates, so this is somebody who typed the address."""
    if not countries_for(user, *KEEP_RECORDS).exists():
        raise PermissionDenied


def own_certificate(user: User, pk: UUID) -> Certificate:
    """Outside the admin nobody but its holder: HR looks at it there, behind her second step."""
    return _one(certificates_of(user), pk)


def certificate_kept_by(user: User, pk: UUID) -> Certificate:
    """To look into its history."""
    return _one(certificates_kept_by(user), pk)


def certificates_changed_by(user: User) -> QuerySet[Certificate]:
    """To confirm, correct or revoke, by the country that issued it: nobody does that to her own."""
    countries = countries_for(user, *KEEP_RECORDS)
    return certificates_kept_by(user).filter(country_code__in=countries.values("code")).exclude(holder=user)


def certificate_changed_by(user: User, pk: UUID) -> Certificate:
    return _one(certificates_changed_by(user), pk)


def bulk_checks_of(user: User) -> QuerySet[BulkCheck]:
    """Sheets that she had checked herself: nobody else sees them. Raises PermissionDenied, see above."""
    check_keeps_certificates(user)
    return BulkCheck.objects.filter(by=user)


def bulk_check_of(user: User, pk: UUID) -> BulkCheck:
    return get_object_or_404(bulk_checks_of(user), pk=pk)


def cohort_kept_by(user: User, pk: int) -> Cohort:
    """A cohort of a country whose records she keeps, to pack its certificates: who teaches it does not."""
    countries = countries_for(user, *KEEP_RECORDS)
    return get_object_or_404(Cohort.objects.filter(country__in=countries), pk=pk)


def keeps_cohort(user: User, cohort: Cohort) -> bool:
    """Whether `cohort_kept_by` would give it to her. No query for who keeps no records anywhere."""
    keeps = holds(user, *KEEP_RECORDS, in_a_country=True)
    return keeps and countries_for(user, *KEEP_RECORDS).filter(pk=cohort.country_id).exists()


def _is_kept_by(user: User) -> Q:
    countries = countries_for(user, *KEEP_RECORDS)
    return Q(country_code__in=countries.values("code")) | Q(holder__country__in=countries)


def _one(certificates: QuerySet[Certificate], pk: UUID) -> Certificate:
    try:
        return certificates.get(pk=pk)
    except Certificate.DoesNotExist as error:
        raise Http404 from error
