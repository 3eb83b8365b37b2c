"""Who reads reports, and about which places."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from lms.core.models import Country
from lms.people.models import Role, Site, User
from lms.people.permissions import KEEP_RECORDS, countries_for, holds, sites_for

ROLES = (Role.HR, Role.LEAD, Role.TRAINER)


def may_read_reports(user: User) -> bool:
    return holds(user, *ROLES)


def check_may_read_reports(user: User) -> None:
    """Raises PermissionDenied: the menu shows her no report, so this is somebody who typed the address."""
    if not may_read_reports(user):
        raise PermissionDenied


def sites_reported_to(user: User) -> QuerySet[Site]:
    return sites_for(user, *ROLES)


def countries_reported_to(user: User) -> QuerySet[Country]:
    """Hers as a whole, and those of her sites."""
    whole = countries_for(user, *ROLES).values("pk")
    return Country.objects.filter(Q(pk__in=whole) | Q(pk__in=sites_reported_to(user).values("country")))


def may_see_jobs(user: User) -> bool:
    """A job can imply a status: only those who keep records read it, and count by it."""
    return holds(user, *KEEP_RECORDS, in_a_country=True)


def check_may_see_jobs(user: User) -> None:
    if not may_see_jobs(user):
        raise PermissionDenied
