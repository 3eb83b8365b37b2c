"""Whose attempts somebody may read as staff: HR, leads and trainers of the place; never her own."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from lms.people.models import Posting, Role, User
from lms.people.permissions import SEE_A_COUNTRY, countries_for, holds, sites_for

from ..models import Attempt


def may_read_attempts(user: User) -> bool:
    return holds(user, *SEE_A_COUNTRY)


def attempts_recorded_for(user: User) -> QuerySet[Attempt]:
    """Of people of her countries, and of the learners at her sites. Her own she reads as every learner does."""
    others = Attempt.objects.exclude(person=user)
    if user.is_superuser:
        return others
    learners = Posting.objects.current().filter(role=Role.LEARNER, site__in=sites_for(user, *SEE_A_COUNTRY))
    countries = countries_for(user, *SEE_A_COUNTRY)
    return others.filter(Q(person__country__in=countries) | Q(person__in=learners.values("person")))


def attempt_recorded_for(user: User, attempt_id: UUID) -> Attempt:
    return get_object_or_404(attempts_recorded_for(user).select_related("person"), pk=attempt_id)
