"""Changes an intake makes: commit it once, give slips, forget what nobody committed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from curriculum.models import ProgrammePage
from lms.people.models import Role, User
from lms.people.permissions import may_reset
from lms.people.services import create_person, issue_one_time_code, post_person
from lms.people.slips import Slip

from ..models import Cohort, Intake
from ..services import Wanted, enrol, units_for
from . import queries
from .checking import CheckedRow, review

KEPT_UNCOMMITTED = timedelta(days=14)


class AlreadyCommitted(Exception):
    """The intake made its people before; a second commit changes nothing."""


class CommitRefused(Exception):
    """Nobody was created; the argument is a sentence that says why."""


class RowsChanged(CommitRefused):
    """The number of good rows is not the one that was on the button."""


class CohortTaken(CommitRefused):
    """Since the upload, a cohort of this name was made for another programme."""


class ProgrammeGone(CommitRefused):
    """Since the upload, the programme was taken down."""


class ComesLater(CommitRefused):
    """Since the upload, the programme was put after another one."""


@transaction.atomic
def commit_intake(intake: Intake, *, by: User, expected: str) -> Intake:
    """Make people, postings, cohort and enrolments of the good rows, all or nothing.

    `expected` is how many good rows the button named. Raises AlreadyCommitted, RowsChanged, CohortTaken, ProgrammeGone,
    ComesLater.
    Afterwards the intake keeps only which row became whom. Nobody can sign in before she has a slip.
    """
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    if intake.committed_at:
        raise AlreadyCommitted
    checked = review(intake, by)
    if not checked.good or str(len(checked.good)) != expected:
        raise RowsChanged(_("The list changed in the meantime. Nobody was created: look at the rows again."))
    programme = _programme(intake)
    intake.cohort = _cohort(intake, checked.good)
    units = units_for(programme, intake.country)
    people = {row.line: str(_take_in(row, intake, programme, units, by).pk) for row in checked.good}
    intake.rows = [{"line": row.line, "person": people.get(row.line)} for row in checked.rows]
    intake.committed_at = timezone.now()
    intake.save(update_fields=["cohort", "rows", "committed_at"])
    log(instance=intake, action="intake.commit", user=by, title=intake.cohort_name, data={"people": len(people)})
    return intake


def give_slips(intake: Intake, *, by: User) -> list[Slip]:
    """A fresh one-time code for each person of a committed intake who never signed in; earlier codes stop working.

    One short transaction a person: hashing takes its time, and nobody else waits for it.
    """
    waiting = [person for person in queries.not_signed_in(intake) if may_reset(by, person)]
    slips = [Slip(person, issue_one_time_code(person, by)) for person in waiting]
    log(instance=intake, action="intake.slips", user=by, title=intake.cohort_name, data={"people": len(slips)})
    return slips


@transaction.atomic
def discard_intake(intake: Intake) -> bool:
    """Forget a sheet that was not committed; False for a committed one, which stays."""
    return bool(_forget(Intake.objects.filter(pk=intake.pk)))


@transaction.atomic
def forget_old_intakes() -> int:
    """Sheets that nobody committed hold names: they go after KEPT_UNCOMMITTED. Returns how many went."""
    return _forget(Intake.objects.filter(uploaded_at__lt=timezone.now() - KEPT_UNCOMMITTED))


def _forget(intakes: QuerySet[Intake]) -> int:
    """Locked before they are looked at: deleting reads first, and one could be committed in between."""
    waiting = list(intakes.filter(committed_at=None).select_for_update().values_list("pk", flat=True))
    return Intake.objects.filter(pk__in=waiting).delete()[0]


def _programme(intake: Intake) -> ProgrammePage:
    programme = queries.programmes().filter(translation_key=intake.programme_key).first()
    if not programme:
        raise ProgrammeGone(_("The programme is no longer there. Nobody was created: send the sheet again."))
    if programme.comes_after() and not intake.done_before:
        raise ComesLater(_("The programme now comes after another one. Nobody was created: send the sheet again."))
    return programme


def _cohort(intake: Intake, rows: list[CheckedRow]) -> Cohort:
    """The cohort of that name in the country: made now, or joined when a mended sheet follows a first one."""
    cohort, _is_new = Cohort.objects.get_or_create(
        country=intake.country,
        name=intake.cohort_name,
        defaults={"programme_key": intake.programme_key, "starts_on": intake.starts_on},
    )
    if cohort.programme_key != intake.programme_key:
        raise CohortTaken(_("A cohort of this name now takes another programme. Nobody was created."))
    cohort.sites.add(*{row.recruit["site"] for row in rows})
    return cohort


def _take_in(row: CheckedRow, intake: Intake, programme: ProgrammePage, units: list[Wanted], by: User) -> User:
    recruit = dict(row.recruit)
    site = recruit.pop("site")
    person = create_person(country=intake.country, by=by, **recruit)
    post_person(person, Role.LEARNER, site=site, by=by)
    enrol(person, programme, cohort=intake.cohort, units=units, done_before=intake.done_before)
    return person
