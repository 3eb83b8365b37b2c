"""What happens to her learning when a person leaves, comes back or goes to another country: this room's part of the
hooks that `lms.people` calls."""

from django.db import transaction
from django.utils.translation import gettext as _

from curriculum.models import ProgrammePage
from lms.people.models import Departure, User

from .capacity import CohortFull
from .enrolling import close_enrolment, move_to_cohort, reopen_enrolment
from .models import Enrolment, Requirement
from .renewing import units_again
from .requirements import requirements_for, settle, tick_done
from .services import AlreadyEnrolled


def close_on_leaving(departure: Departure) -> dict:
    """Close what is open, and say what it was: coming back opens it again."""
    enrolments = Enrolment.objects.open().filter(person=departure.person_id)
    closed = [close_enrolment(row, _("Left"), departure.noted_by) for row in enrolments]
    return {"enrolments": [str(row.pk) for row in closed]}


def reopen_what_leaving_closed(departure: Departure, by: User) -> None:
    """Without a place in her old cohort she goes on outside of it. What was begun anew meanwhile stays closed."""
    rows = Enrolment.objects.filter(pk__in=departure.ended.get("enrolments", []), completed_at=None)
    for enrolment in rows.exclude(closed_at=None).select_related("cohort"):
        try:
            _reopen(enrolment, by)
        except AlreadyEnrolled:
            continue


def _reopen(enrolment: Enrolment, by: User) -> None:
    try:
        reopen_enrolment(enrolment, by)
    except CohortFull:
        Enrolment.objects.filter(pk=enrolment.pk).update(cohort=None)
        reopen_enrolment(enrolment, by)


@transaction.atomic
def follow_country(person: User, by: User) -> int:
    """Rewrite what her open enrolments ask for as her present country wants it. Returns how many were rewritten.

    What she has done stays done, also where the new country does not ask for it. Where nothing is left to do the
    enrolment is complete. Her old cohort's last day stays her due day.
    """
    rows = Enrolment.objects.open().filter(person=person).exclude(country=person.country).select_related("cohort")
    for enrolment in rows:
        if enrolment.cohort:
            enrolment.due_on = enrolment.due_on or enrolment.cohort.ends_on
            move_to_cohort([enrolment], None, by=by)
        enrolment.country, enrolment.cohort = person.country, None
        enrolment.save(update_fields=["country", "cohort", "due_on"])
        if programme := _programme(enrolment):
            _rewrite(enrolment, programme)
    return len(rows)


def _programme(enrolment: Enrolment) -> ProgrammePage | None:
    """As written; None where it was taken down: then the rows stay as they are."""
    pages = ProgrammePage.objects.live().filter(locale__language_code="en")
    return pages.filter(translation_key=enrolment.programme_key).first()


def _rewrite(enrolment: Enrolment, programme: ProgrammePage) -> None:
    """The new rows in their order; after them what she has done and is not asked for any more."""
    old = {row.unit_key: row for row in enrolment.requirements.all()}
    rows = requirements_for(enrolment, units_again(enrolment, programme))
    wanted = {row.unit_key for row in rows}
    for row in rows:
        if was := old.get(row.unit_key):
            row.completion_id, row.completed_at = was.completion_id, was.completed_at
    rows += [row for key, row in old.items() if key not in wanted and row.completed_at]
    for position, row in enumerate(rows, start=1):
        row.pk, row.position = None, position
    enrolment.requirements.all().delete()
    Requirement.objects.bulk_create(rows)
    enrolment.programme_version = programme.source.version
    enrolment.save(update_fields=["programme_version"])
    tick_done(enrolment)
    settle(enrolment)
