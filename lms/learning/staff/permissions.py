"""Whose enrolments somebody may change: of those whom she teaches or whose records she keeps, never her own."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from lms.people.models import User
from lms.people.permissions import people_visible_to

from ..bulk import cohorts_to_choose, people_taught_by
from ..models import Cohort, Enrolment


def may_enrol(user: User, person: User) -> bool:
    return user.pk != person.pk and people_taught_by(user).filter(pk=person.pk).exists()


def person_taught_by(user: User, pk: UUID) -> User:
    return get_object_or_404(people_taught_by(user).exclude(pk=user.pk).select_related("country"), pk=pk)


def enrolment_for(user: User, pk: UUID) -> Enrolment:
    """Raises Http404 for everybody else's."""
    found = Enrolment.objects.filter(pk=pk).select_related("person__country", "cohort").first()
    if not found or not may_enrol(user, found.person):
        raise Http404
    return found


def cohorts_for(user: User, person: User) -> QuerySet[Cohort]:
    """The cohorts of her country that this user may put people into and that are not over."""
    not_over = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    return cohorts_to_choose(user).filter(not_over, country=person.country_id)


def is_seen(user: User, person: User) -> bool:
    """Whether she is still among those whom this user sees: after a move she may not be."""
    return people_visible_to(user).filter(pk=person.pk).exists()
