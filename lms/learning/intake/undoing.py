"""Taking a whole intake back, while nobody of it has signed in: the people it made, and the enrolments it made."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet, RestrictedError
from django.utils import timezone
from wagtail.log_actions import log

from lms.messaging.services import cancel_batch
from lms.people.many import log_many
from lms.people.models import User

from ..models import Attendance, Completion, Enrolment, Intake, Place


class CannotUndo(Exception):
    """Somebody has signed in or learned something; the argument is the list of these people."""


class NotDone(Exception):
    """The intake was not carried out, or was undone before."""


class InUse(Exception):
    """Another part of the platform holds records of somebody it made."""


def made_by(intake: Intake) -> QuerySet[User]:
    """The people that this intake made, those known before apart."""
    return User.objects.filter(pk__in=[UUID(row["person"]) for row in intake.rows if row.get("new")])


def linked_by(intake: Intake) -> QuerySet[User]:
    """The people who were known and whom this intake enrolled."""
    keys = [UUID(row["person"]) for row in intake.rows if row.get("person") and not row.get("new")]
    return User.objects.filter(pk__in=keys)


def enrolments_of(intake: Intake) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(pk__in=[UUID(row["enrolment"]) for row in intake.rows if row.get("enrolment")])


def standing_against(intake: Intake) -> list[User]:
    """Who of it has signed in or learned since. Somebody known before may have signed in, but not have learned."""
    learned = [
        Exists(Completion.objects.filter(person=OuterRef("pk"), completed_at__gte=intake.committed_at)),
        Exists(Place.objects.filter(person=OuterRef("pk"), updated_at__gte=intake.committed_at)),
        Exists(Attendance.objects.filter(person=OuterRef("pk"), noted_at__gte=intake.committed_at)),
    ]
    has_learned = learned[0] | learned[1] | learned[2]
    signed_in = Q(last_login__isnull=False) | Q(first_signed_in_at__isnull=False)
    made = made_by(intake).filter(signed_in | has_learned)
    merged = Q(enrolments__in=enrolments_of(intake))  # her enrolment went with her into another record
    known = User.objects.filter(Q(pk__in=linked_by(intake).values("pk")) | merged).filter(has_learned).distinct()
    return [*made, *(person for person in known if person not in made)]


@transaction.atomic
def undo_intake(intake: Intake, *, by: User) -> Intake:
    """Delete the enrolments and the people it made, with their postings and codes; cancel slips that wait as SMS.

    People who were known before keep everything but the enrolment. The cohort stays: a mended sheet joins it. Raises
    NotDone, CannotUndo and InUse.
    """
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    if intake.state != Intake.State.DONE:
        raise NotDone
    people = list(made_by(intake).select_for_update())
    if against := standing_against(intake):
        raise CannotUndo(against)
    try:
        _delete(intake, people, by)
    except (ProtectedError, RestrictedError) as error:
        raise InUse from error
    cancel_batch(intake.pk)
    log(instance=intake, action="intake.undo", user=by, title=intake.cohort_name, data={"people": len(people)})
    intake.rows = [{"line": row["line"], "person": None} for row in intake.rows]
    intake.state, intake.undone_at, intake.undone_by = Intake.State.UNDONE, timezone.now(), by
    intake.save(update_fields=["rows", "state", "undone_at", "undone_by"])
    return intake


def _delete(intake: Intake, people: list[User], by: User) -> None:
    enrolments_of(intake).delete()
    log_many(people, "wagtail.delete", by=by, deleted=True)
    made_by(intake).delete()
