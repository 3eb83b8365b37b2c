"""Carrying an intake out, in a task: all of it or nothing, once.

The rows are judged first, which takes longest and writes nothing but how far it is; then everything is written in one
transaction. A kill at any moment leaves the sheet as it was, and the tick starts it again.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log

from curriculum.models import ProgrammePage
from lms.people.many import Arrival, create_people, post_learners
from lms.people.models import User
from lms.people.services import change_person

from ..capacity import CohortFull
from ..models import Cohort, Intake
from ..services import AlreadyEnrolled, ComesAfter, enrol_many
from . import queries
from .checking import CheckedRow, Review, review

PATIENCE = timedelta(minutes=5)
MOST_TRIES = 3
FILLED = ("phone", "email", "sex", "birth_year", "hr_number", "job")
UNDER_WAY = (Intake.State.WAITING, Intake.State.RUNNING)

logger = logging.getLogger(__name__)


class CommitRefused(Exception):
    """Nobody was created; the argument is a sentence that says why."""


@task(priority=10)
def carry_out_intake(intake_id: str, by_id: str, expected: str, beyond_capacity: bool) -> bool:
    """Running it twice, or two at once, makes each person once. Goes before other tasks: somebody waits for it."""
    return carry_out(UUID(intake_id), UUID(by_id), expected, beyond_capacity)


def carry_out(pk: UUID, by_id: UUID, expected: str, beyond_capacity: bool = False) -> bool:
    """Make people, postings, cohort and enrolments of the rows that were shown. Returns whether this call did.

    `expected` is the digest of the review that was confirmed. Why nothing was made is written into the row.
    """
    by = User.objects.get(pk=by_id)
    running = Intake.objects.filter(pk=pk, state__in=UNDER_WAY)
    if not running.update(state=Intake.State.RUNNING):
        return False
    with translation.override(by.language):
        try:
            intake = running.select_related("country", "site").get()
            checked = review(intake, by, on_rows=lambda count: running.update(done_count=count))
            return _write(intake, checked, by, expected, beyond_capacity)
        except CommitRefused as refusal:
            reason = str(refusal)
        except Exception:
            logger.exception("intake %s could not be carried out", pk)
            reason = _("It could not be carried out. Nobody was created. Try again, or tell the administrator.")
    running.update(state=Intake.State.FAILED, error=reason[:250])
    return False


def resume_intakes() -> None:
    """For the tick: one whose task was killed is started again, at most MOST_TRIES times in all."""
    before = timezone.now() - PATIENCE
    for intake in Intake.objects.filter(state__in=UNDER_WAY).only("pk", "state"):
        tasks = DBTaskResult.objects.filter(task_path=carry_out_intake.module_path).order_by("-enqueued_at")
        tasks = [result for result in tasks if result.args_kwargs["args"][0] == str(intake.pk)]
        if tasks and (tasks[0].status == TaskResultStatus.READY or _is_new(tasks[0], before)):
            continue
        if tasks and len(tasks) < MOST_TRIES:
            carry_out_intake.enqueue(*tasks[0].args_kwargs["args"])
        else:
            reason = _("It was cut off several times. Nobody was created. Tell the administrator.")
            Intake.objects.filter(pk=intake.pk, state__in=UNDER_WAY).update(state=Intake.State.FAILED, error=reason)


def _is_new(result: DBTaskResult, before) -> bool:
    return (result.started_at or result.enqueued_at) >= before


@transaction.atomic
def _write(intake: Intake, checked: Review, by: User, expected: str, beyond_capacity: bool) -> bool:
    """Raises CommitRefused. Afterwards the intake keeps only which row became whom."""
    intake = Intake.objects.select_for_update(of=("self",)).select_related("country", "site").get(pk=intake.pk)
    if intake.state != Intake.State.RUNNING:
        return False
    if not checked.taken or checked.digest != expected:
        raise CommitRefused(_("The list changed in the meantime. Nobody was created: look at the rows again."))
    programme = _programme(intake)
    intake.cohort = _cohort(intake, checked.taken)
    people = _people(checked, intake, by)
    enrolments = _enrol([people[row.line] for row in checked.taken], programme, intake, beyond_capacity)
    new = {row.line for row in checked.new}
    intake.rows = [_kept(row.line, people.get(row.line), row.line in new, enrolments) for row in checked.rows]
    intake.lines, intake.columns, intake.decisions = [], {}, {}
    intake.state, intake.committed_at, intake.done_count = Intake.State.DONE, timezone.now(), len(checked.rows)
    intake.save()
    data = {"people": len(new), "known": len(checked.linked)}
    log(instance=intake, action="intake.commit", user=by, title=intake.cohort_name, data=data)
    return True


def _kept(line: int, person: User | None, is_new: bool, enrolments: dict[UUID, UUID]) -> dict:
    if not person:
        return {"line": line, "person": None}
    return {"line": line, "person": str(person.pk), "new": is_new, "enrolment": str(enrolments[person.pk])}


def _programme(intake: Intake) -> ProgrammePage:
    programme = queries.programmes().filter(translation_key=intake.programme_key).first()
    if not programme:
        raise CommitRefused(_("The programme is no longer there. Nobody was created: send the sheet again."))
    if programme.comes_after() and not intake.done_before:
        raise CommitRefused(_("The programme now comes after another one. Nobody was created: send the sheet again."))
    return programme


def _cohort(intake: Intake, rows: list[CheckedRow]) -> Cohort:
    """The cohort of that name in the country: made now, or joined when a mended sheet follows a first one."""
    cohort, _is_new = Cohort.objects.get_or_create(
        country=intake.country,
        name=intake.cohort_name,
        defaults={"programme_key": intake.programme_key, "starts_on": intake.starts_on},
    )
    if cohort.programme_key != intake.programme_key:
        raise CommitRefused(_("A cohort of this name now takes another programme. Nobody was created."))
    cohort.sites.add(*{row.recruit["site"] for row in rows})
    return cohort


def _people(checked: Review, intake: Intake, by: User) -> dict[int, User]:
    """Who each row became, by its line: made, or known and posted there."""
    fields = [
        {key: row.recruit[key] for key in ("given_names", "family_name", "language", *FILLED)} for row in checked.new
    ]
    made = create_people(fields, country=intake.country, by=by)
    people = {row.line: person for row, person in zip(checked.new, made, strict=True)}
    known = User.objects.select_related("country").in_bulk([row.person_key for row in checked.linked])
    for row in checked.linked:
        people[row.line] = _filled(known[row.person_key], row.recruit, by)
    post_learners(
        [Arrival(people[row.line], row.recruit["site"], row.recruit["starts_on"]) for row in checked.taken], by=by
    )
    return people


def _filled(person: User, recruit: dict, by: User) -> User:
    """What HR did not know of her yet; nothing is overwritten. An HR number is hers only if no colleague has it."""
    empty = {key: recruit[key] for key in FILLED if recruit[key] and not getattr(person, key)}
    colleagues = User.objects.filter(employer=person.employer_id, hr_number=empty.get("hr_number", ""))
    if "hr_number" in empty and person.employer_id and colleagues.exists():
        del empty["hr_number"]
    for key, value in empty.items():
        setattr(person, key, value)
    return change_person(person, by, fields=list(empty)) if empty else person


def _enrol(people: list[User], programme: ProgrammePage, intake: Intake, beyond_capacity: bool) -> dict[UUID, UUID]:
    try:
        made = enrol_many(
            people,
            programme,
            cohort=intake.cohort,
            done_before=intake.done_before,
            beyond_capacity=beyond_capacity,
        )
    except AlreadyEnrolled as error:
        raise CommitRefused(_("Somebody of the list takes the programme by now. Look at the rows again.")) from error
    except ComesAfter as error:
        raise CommitRefused(_("Somebody of the list lacks what comes before. Look at the rows again.")) from error
    except CohortFull as error:
        raise CommitRefused(_("The cohort filled up in the meantime. Nobody was created.")) from error
    return {enrolment.person_id: enrolment.pk for enrolment in made}
