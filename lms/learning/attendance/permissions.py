"""Whose cohorts they are. Trainers of the place or named in the cohort teach it; HR and leads of the place read it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from lms.core.models import Country
from lms.people import permissions as people
from lms.people.models import Posting, Role, Site, User
from lms.people.permissions import holds

from ..models import Cohort, Day, Enrolment

READERS = (Role.TRAINER, Role.HR, Role.LEAD)


def may_enter(user: User) -> bool:
    return holds(user, *READERS)


def cohorts_read_by(user: User) -> QuerySet[Cohort]:
    """Those of her countries and sites, and those that name her while she is a trainer of their country."""
    return Cohort.objects.filter(_at(people.countries_for(user, *READERS), people.sites_for(user, *READERS), user))


def cohorts_taught_by(user: User) -> QuerySet[Cohort]:
    return Cohort.objects.filter(
        _at(people.countries_for(user, Role.TRAINER), people.sites_for(user, Role.TRAINER), user)
    )


def cohort_for(user: User, pk: int) -> Cohort:
    """The cohort, with `is_mine`: she teaches it. Raises Http404."""
    return _one(cohorts_read_by(user), user, pk)


def cohort_taught_by(user: User, pk: int) -> Cohort:
    return _one(cohorts_taught_by(user), user, pk)


def day_for(user: User, pk: int) -> Day:
    """A day of a cohort that she reads; its `cohort` as cohort_for gives it."""
    day = Day.objects.select_related("site").filter(pk=pk).first()
    if not day:
        raise Http404
    day.cohort = cohort_for(user, day.cohort_id)
    return day


def day_taught_by(user: User, pk: int) -> Day:
    day = day_for(user, pk)
    if not day.cohort.is_mine:
        raise Http404
    return day


def day_deleted_by(user: User, pk: int) -> Day:
    """Whoever shares a cohort through one of its sites deletes no day on which people of other sites were noted."""
    day = day_taught_by(user, pk)
    wholly = Q(country__in=people.countries_for(user, Role.TRAINER)) | _naming(user, "pk", "country")
    if not Cohort.objects.filter(wholly, pk=day.cohort_id).exists():
        unseen = day.attendances.exclude(person__in=people.people_visible_to(user))
        if unseen.exists():
            raise PermissionDenied
    return day


def enrolments_read_by(user: User, cohorts: QuerySet[Cohort]) -> QuerySet[Enrolment]:
    """The people of these cohorts: whom she may see anyway, and in a cohort that names her all of its country.

    Who was merged or erased is nobody's any more.
    """
    seen = people.people_visible_to(user).filter(pk=OuterRef("person"))
    named = _naming(user, "cohort") & Q(person__country=F("cohort__country"))
    rows = Enrolment.objects.filter(cohort__in=cohorts, person__merged_into=None, person__erased_at=None)
    return rows if user.is_superuser else rows.filter(Exists(seen) | named)


def _one(cohorts: QuerySet[Cohort], user: User, pk: int) -> Cohort:
    mine = cohorts_taught_by(user).filter(pk=OuterRef("pk"))
    cohort = cohorts.filter(pk=pk).select_related("country", "partner").annotate(is_mine=Exists(mine)).first()
    if not cohort:
        raise Http404
    return cohort


def _at(countries: QuerySet[Country], sites: QuerySet[Site], user: User) -> Q:
    held = Cohort.sites.through.objects.filter(cohort=OuterRef("pk"), site__in=sites)
    return Q(country__in=countries) | Exists(held) | _naming(user, "pk", "country")


def _naming(user: User, cohort: str, country: str = "cohort__country") -> Q:
    """That the cohort names her and she holds a trainer's posting of today in its country."""
    named = Cohort.trainers.through.objects.filter(cohort=OuterRef(cohort), user=user)
    posted = Posting.objects.current().filter(person=user, role=Role.TRAINER, country=OuterRef(country))
    return Q(Exists(named)) & Q(Exists(posted))
