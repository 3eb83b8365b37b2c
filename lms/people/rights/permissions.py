"""Whose wishes somebody may read and answer: those who keep the records of her country, never one's own."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from ..models import DataRequest, User
from ..permissions import KEEP_RECORDS, countries_for


def wishes_kept_by(user: User) -> QuerySet[DataRequest]:
    people = User.objects.filter(country__in=countries_for(user, *KEEP_RECORDS), merged_into=None, erased_at=None)
    return DataRequest.objects.filter(person__in=people, withdrawn_at=None).select_related("person__country")


def wishes_waiting_for(user: User) -> QuerySet[DataRequest]:
    return wishes_kept_by(user).filter(decided_at=None).exclude(person=user)


def wish_for(user: User, pk: UUID) -> DataRequest:
    """The wish, or a 404; one's own too, for a colleague answers it."""
    return get_object_or_404(wishes_kept_by(user).exclude(person=user), pk=pk)
