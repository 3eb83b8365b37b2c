"""Who may regrade, for whom, and who may read what a run did.

An administrator and a clinical reviewer (who publishes questions for every country) regrade everywhere. A trainer or
country lead of a whole country regrades the people of that country: the correction itself was published by a reviewer,
and no other country's people are touched. A trainer of single sites does not: people of one country are judged alike.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from lms.people.models import Role, User
from lms.people.permissions import countries_for

from ..models import Question, Regrade, Remark
from ..records.permissions import attempts_recorded_for


def regrade_scope(user: User) -> list[str] | None:
    """Codes of the countries whose people she may regrade; an empty list: everywhere; None: nowhere."""
    if user.is_superuser or user.postings.current().filter(role=Role.REVIEWER).exists():
        return []
    codes = countries_for(user, Role.TRAINER, Role.LEAD).order_by("code").values_list("code", flat=True)
    return list(codes) or None


def may_regrade(user: User) -> bool:
    return regrade_scope(user) is not None


def question_to_regrade(user: User, pk: int) -> Question:
    """A question that was published, for who may regrade at all."""
    if not may_regrade(user):
        raise Http404
    return get_object_or_404(Question.objects.filter(live=True).select_related("locale"), pk=pk)


def regrades_for(user: User) -> QuerySet[Regrade]:
    """Her own runs, and those that touched somebody whose attempts she may read."""
    if user.is_superuser:
        return Regrade.objects.all()
    touched = Remark.objects.filter(regrade=OuterRef("pk"), attempt__in=attempts_recorded_for(user).values("pk"))
    return Regrade.objects.filter(Q(made_by=user) | Exists(touched))


def regrade_for(user: User, pk: UUID) -> Regrade:
    return get_object_or_404(regrades_for(user).select_related("made_by"), pk=pk)


def remarks_for(user: User, regrade: Regrade) -> QuerySet[Remark]:
    """Those about people whose attempts she may read."""
    remarks = regrade.remarks.filter(attempt__in=attempts_recorded_for(user).values("pk"))
    return remarks.select_related("attempt__person__country")
