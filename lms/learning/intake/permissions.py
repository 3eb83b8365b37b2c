"""Who may take recruits in, where, and who may open which intake or cohort."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from lms.core.models import Country
from lms.people import permissions as people
from lms.people.models import Role, Site, User
from lms.people.permissions import holds

from ..models import Cohort, Intake

ROLES = (Role.HR, Role.TRAINER, Role.LEAD)


def sites_for(user: User) -> QuerySet[Site]:
    """The sites where she may take recruits in."""
    return people.sites_for(user, *ROLES)


def countries_for(user: User) -> QuerySet[Country]:
    """The countries of those sites."""
    return Country.objects.filter(pk__in=sites_for(user).values("country"))


def may_take_in(user: User) -> bool:
    return holds(user, *ROLES)


def check_may_take_in(user: User) -> None:
    """Raises PermissionDenied: the menu shows her no intake, so this is somebody who typed the address."""
    if not may_take_in(user):
        raise PermissionDenied


def intakes_for(user: User) -> QuerySet[Intake]:
    """All of a country that is wholly hers; elsewhere only those she sent herself."""
    if not may_take_in(user):
        return Intake.objects.none()
    whole = Q(country__in=people.countries_for(user, *ROLES))
    return Intake.objects.filter(whole | Q(uploaded_by=user, site__in=sites_for(user)))


def intake_for(user: User, pk) -> Intake:
    return get_object_or_404(intakes_for(user).select_related("country", "site", "cohort"), pk=pk)


def cohort_countries_for(user: User) -> QuerySet[Country]:
    """Cohorts are kept by those who have the whole country: a site's trainer would drop the other sites unseen."""
    return people.countries_for(user, *ROLES)


def cohorts_for(user: User) -> QuerySet[Cohort]:
    return Cohort.objects.filter(country__in=cohort_countries_for(user))
