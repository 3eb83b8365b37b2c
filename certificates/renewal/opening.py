"""Renewals opened by staff: who may, for whom it cannot be done and why. For one person and for many."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from lms.learning.bulk import LearningAction, people_taught_by
from lms.learning.models import Enrolment
from lms.learning.services import AlreadyEnrolled
from lms.people.bulk.actions import BulkAction, Refused
from lms.people.models import User

from ..models import Certificate
from . import why
from .policies import Policies
from .queries import renewable, with_renewal
from .services import Elsewhere, NotRenewable, OutOfWindow, open_renewal


def certificates_taught_by(user: User) -> QuerySet[Certificate]:
    """Of whom she enrols: her countries' people and her sites' learners, never herself."""
    return Certificate.objects.filter(holder__in=people_taught_by(user)).select_related("holder__country")


def refuse_in_words(certificate: Certificate, *, by: User, practicals: Iterable[UUID] | None = None) -> Enrolment:
    """As `open_renewal`, for staff. Raises Refused with a sentence."""
    try:
        return open_renewal(certificate, by=by, practicals=practicals)
    except AlreadyEnrolled:
        raise Refused(why.open_already()) from None
    except OutOfWindow as error:
        raise Refused(why.out_of_window(error.args[0], timezone.localdate())) from None
    except Elsewhere:
        raise Refused(why.elsewhere()) from None
    except NotRenewable:
        raise Refused(why.not_renewable()) from None


def reason(certificate: Certificate | None, policies: Policies, today: date) -> str:
    """Of a certificate from `renewable` and `with_renewal` with its holder; empty where it can be renewed."""
    if certificate is None:
        return why.not_renewable()
    if certificate.renewal_in_progress:
        return why.open_already()
    if certificate.holder.country_id != certificate.country_code:
        return why.elsewhere()
    return why.out_of_window(policies.window(certificate), today)


class RenewThem(LearningAction):
    """Of rows of a report: person and programme."""

    name = "renew"
    label = gettext_lazy("Open renewal")
    icon_name = "redo"
    of_rows = True

    def question(self, count):
        words = ngettext("Open the renewal of %(count)s person?", "Open the renewals of %(count)s people?", count)
        return words % {"count": count}

    def targets(self, by, keys):
        return Enrolment.objects.filter(pk__in=keys, person__in=people_taught_by(by)).select_related("person")

    def reasons(self, by, targets, choices):
        held, policies, today = _held(targets), Policies(), timezone.localdate()
        found = {row.pk: reason(held.get(_pair(row)), policies, today) for row in targets}
        return {key: words for key, words in found.items() if words}

    def do(self, target, by, choices):
        certificate = _held([target]).get(_pair(target))
        if certificate is None:
            raise Refused(why.not_renewable())
        refuse_in_words(certificate, by=by)


def _held(rows: Iterable[Enrolment]) -> dict[tuple[UUID, UUID], Certificate]:
    """(person, programme) → her certificate that may be renewed. One query."""
    pairs = {_pair(row) for row in rows}
    certificates = Certificate.objects.filter(holder__in={person for person, _ in pairs})
    found = with_renewal(renewable(certificates)).select_related("holder")
    return {(row.holder_id, row.programme_key): row for row in found}


def _pair(row: Enrolment) -> tuple[UUID, UUID]:
    return row.person_id, row.programme_key


def actions() -> list[BulkAction]:
    return [RenewThem()]
