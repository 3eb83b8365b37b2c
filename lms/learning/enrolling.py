"""Changes to enrolments that stand: into another cohort, closed with a reason, opened again."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lms.people.models import User

from .capacity import check_room
from .models import Cohort, Enrolment
from .requirements import settle, tick_done
from .services import AlreadyEnrolled


class EnrolmentCompleted(Exception):
    """She has completed this cycle: there is nothing to close or to open again."""


class WrongCohort(Exception):
    """The cohort learns another programme, or is in another country; the argument is the first enrolment it fails."""


@transaction.atomic
def move_to_cohort(enrolments: Iterable[Enrolment], cohort: Cohort | None, *, by: User) -> int:
    """Put open enrolments into a cohort, all or none; without one, out of theirs. Returns how many moved.

    Those closed, completed or in it already stay as they are. Raises WrongCohort and CohortFull.
    """
    rows = _locked(enrolment.pk for enrolment in enrolments)
    moving = [row for row in rows.open() if row.cohort_id != (cohort.pk if cohort else None)]
    if cohort:
        for row in moving:
            if (row.programme_key, row.country_id) != (cohort.programme_key, cohort.country_id):
                raise WrongCohort(row)
        check_room(cohort, len(moving))
    for row in moving:
        row.cohort = cohort
        row.save(update_fields=["cohort"])
        _log(row, "learning.move", by, cohort=cohort.pk if cohort else None)
    return len(moving)


@transaction.atomic
def close_enrolment(enrolment: Enrolment, reason: str, by: User | None) -> Enrolment:
    """Take her out of a programme that she has not completed. What she did stays hers.

    Idempotent: closed before, it keeps its first reason. Raises EnrolmentCompleted.
    """
    enrolment = _locked([enrolment.pk]).get()
    if enrolment.completed_at:
        raise EnrolmentCompleted
    if not enrolment.closed_at:
        enrolment.closed_at, enrolment.closed_reason = timezone.now(), reason
        enrolment.save(update_fields=["closed_at", "closed_reason"])
        _log(enrolment, "learning.close", by)
    return enrolment


@transaction.atomic
def reopen_enrolment(enrolment: Enrolment, by: User | None) -> Enrolment:
    """Let her go on where she was: with what she completed meanwhile, without what was flagged meanwhile.

    Idempotent. Raises EnrolmentCompleted, AlreadyEnrolled while another cycle is open, and CohortFull.
    """
    enrolment = _locked([enrolment.pk]).get()
    if enrolment.completed_at:
        raise EnrolmentCompleted
    if not enrolment.closed_at:
        return enrolment
    others = Enrolment.objects.open().filter(person=enrolment.person_id, programme_key=enrolment.programme_key)
    if others.exists():
        raise AlreadyEnrolled
    check_room(enrolment.cohort)
    enrolment.closed_at, enrolment.closed_reason = None, ""
    enrolment.save(update_fields=["closed_at", "closed_reason"])
    enrolment.requirements.exclude(completion__flagged_at=None).update(completion=None, completed_at=None)
    tick_done(enrolment)
    settle(enrolment)
    _log(enrolment, "learning.reopen", by)
    return enrolment


def _locked(keys: Iterable[UUID]) -> QuerySet[Enrolment]:
    """The rows, after their people were locked: in one order, so that no two wait for each other."""
    rows = Enrolment.objects.filter(pk__in=list(keys)).select_related("person").order_by("pk")
    list(User.objects.select_for_update().filter(pk__in=rows.values("person")).order_by("pk").values_list("pk"))
    return rows


def _log(enrolment: Enrolment, action: str, by: User | None, **data) -> None:
    data |= {"programme": enrolment.programme_code}
    log(enrolment, action, user=by, title=enrolment.person.staff_number, data=data)


def log_actions(actions):
    actions.register_action("learning.enrol", _("Enrol"), _("Enrolled"))
    actions.register_action("learning.move", _("Move to a cohort"), _("Moved to a cohort"))
    actions.register_action("learning.close", _("Close an enrolment"), _("Enrolment closed"))
    actions.register_action("learning.reopen", _("Reopen an enrolment"), _("Enrolment reopened"))
