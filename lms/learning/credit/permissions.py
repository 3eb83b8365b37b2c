"""Who sends sheets of earlier training, who decides about them, and among whom their rows may be found."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from lms.core.models import Country
from lms.people.models import Role, User
from lms.people.permissions import countries_for

from ..bulk import people_taught_by
from ..intake import permissions as intake
from ..models import CreditSheet

DECIDES = (Role.HR, Role.LEAD, Role.REVIEWER)


def may_send(user: User) -> bool:
    return intake.may_take_in(user)


def may_open(user: User) -> bool:
    return may_send(user) or countries_for(user, *DECIDES).exists()


def check_may_send(user: User) -> None:
    if not may_send(user):
        raise PermissionDenied


def countries_to_send_for(user: User) -> QuerySet[Country]:
    return intake.countries_for(user)


def sheets_for(user: User) -> QuerySet[CreditSheet]:
    """Her own, and those of her countries once they were handed on."""
    handed_on = Q(country__in=countries_for(user, *DECIDES), handed_on_at__isnull=False)
    return CreditSheet.objects.filter(Q(uploaded_by=user) | handed_on)


def sheet_for(user: User, pk: UUID) -> CreditSheet:
    return get_object_or_404(sheets_for(user).select_related("country", "uploaded_by", "decided_by"), pk=pk)


def sheet_sent_by(user: User, pk: UUID) -> CreditSheet:
    return get_object_or_404(CreditSheet, uploaded_by=user, pk=pk)


def may_decide(user: User, sheet: CreditSheet) -> bool:
    waits = sheet.handed_on_at and not sheet.decided_at and sheet.uploaded_by_id != user.pk
    return bool(waits) and countries_for(user, *DECIDES).filter(pk=sheet.country_id).exists()


def people_of(sheet: CreditSheet, sender: User | None = None) -> QuerySet[User]:
    """Whom a sender may name: those she teaches, never herself. Whoever decides reads what she was shown."""
    people = people_taught_by(sender).exclude(pk=sender.pk) if sender else User.objects.all()
    return people.filter(country=sheet.country_id, merged_into=None, erased_at=None)
