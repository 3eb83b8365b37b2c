"""Two records of one person become one: her enrolments, completions, credits, attendance. Nothing she did is lost.

What the kept record holds keeps its cycles. A completion or an enrolment of the other one takes its own cycle where
that is free, else the next free one. Where the same programme is open in both, one goes on with the ticks of both.
"""

from collections import defaultdict
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.merging import Rows, move_all
from lms.people.models import User

from .comings import follow_country
from .models import Attendance, Cohort, Completion, Credit, Enrolment, Place
from .requirements import settle, tick_done

ENROLMENTS = Rows(gettext_lazy("enrolments"), Enrolment)
COMPLETIONS = Rows(gettext_lazy("completed units"), Completion)
PLAIN = (
    Rows(gettext_lazy("credits"), Credit, alike=("target_key", "done_on")),
    Rows(gettext_lazy("face-to-face days"), Attendance, alike=("day",)),
    Rows(gettext_lazy("places in lessons"), Place, alike=("unit_key",)),
    Rows(gettext_lazy("cohorts trained"), Cohort.trainers.through, "user", alike=("cohort",)),
)
DID_IT = "It says who did something: that was done under the old number, and the record stays readable."
STAYS = {
    "learning.Attendance.noted_by": DID_IT,
    "learning.Intake.uploaded_by": DID_IT,
    "learning.Intake.undone_by": DID_IT,
    "learning.CreditSheet.uploaded_by": DID_IT,
    "learning.CreditSheet.decided_by": DID_IT,
    "learning.Completion.flagged_by": DID_IT,
}


def move(kept: User, gone: User) -> dict[str, int]:
    """In one transaction with everybody else's part; both people are locked."""
    completions = _move_completions(kept, gone)
    enrolments = _move_enrolments(kept, gone)
    moved = {COMPLETIONS.path: completions, ENROLMENTS.path: enrolments}
    moved |= move_all(PLAIN, kept, gone)
    for enrolment in Enrolment.objects.open().filter(person=kept):
        tick_done(enrolment, is_renewal=_is_renewal(enrolment))
        settle(enrolment)
    follow_country(kept, None)
    return {path: number for path, number in moved.items() if number}


def cycles_after(kept: User, gone: User) -> dict[tuple[UUID, int], int]:
    """The cycles that units completed by the record that goes will have: (unit, cycle) → cycle. Asked before `move`."""
    taken = defaultdict(set)
    for unit, cycle in kept.completions.filter(flagged_at=None).values_list("unit_key", "cycle"):
        taken[unit].add(cycle)
    cycles = {}
    for unit, cycle in gone.completions.filter(flagged_at=None).order_by("cycle").values_list("unit_key", "cycle"):
        cycles[unit, cycle] = cycle if cycle not in taken[unit] else max(taken[unit]) + 1
        taken[unit].add(cycles[unit, cycle])
    return cycles


def rows() -> tuple[Rows, ...]:
    return (ENROLMENTS, COMPLETIONS, *PLAIN)


def stays() -> dict[str, str]:
    return STAYS


def _move_completions(kept: User, gone: User) -> int:
    cycles = cycles_after(kept, gone)
    completions = list(gone.completions.all())
    for completion in completions:
        if not completion.flagged_at:
            completion.cycle = cycles[completion.unit_key, completion.cycle]
        completion.person = kept
        completion.save(update_fields=["person", "cycle"])
    return len(completions)


def _move_enrolments(kept: User, gone: User) -> int:
    """One that is open in both is closed on the record that goes, and stays there; the kept one has its ticks."""
    moved = 0
    for enrolment in gone.enrolments.order_by("cycle"):
        same = kept.enrolments.filter(programme_key=enrolment.programme_key)
        if _is_open(enrolment) and (twin := same.open().first()):
            _join(twin, enrolment)
            continue
        _close_what_is_done(kept, enrolment)
        cycles = set(same.values_list("cycle", flat=True))
        enrolment.cycle = enrolment.cycle if enrolment.cycle not in cycles else max(cycles) + 1
        enrolment.person = kept
        enrolment.save(update_fields=["person", "cycle"])
        moved += 1
    return moved


def _is_renewal(enrolment: Enrolment) -> bool:
    """By days, not by cycles: the earlier completion may have come from the other record."""
    same = Enrolment.objects.filter(person=enrolment.person_id, programme_key=enrolment.programme_key)
    return enrolment.cycle > 1 or same.filter(completed_at__lte=enrolment.opened_at).exists()


def _is_open(enrolment: Enrolment) -> bool:
    return enrolment.completed_at is None and enrolment.closed_at is None


def _join(twin: Enrolment, other: Enrolment) -> None:
    """The ticks of both; the earlier beginning; cohort and due day of the other only where there were none."""
    for row in other.requirements.exclude(completed_at=None):
        open_row = twin.requirements.filter(unit_key=row.unit_key, completed_at=None)
        open_row.update(completion=row.completion_id, completed_at=row.completed_at)
    twin.opened_at = min(twin.opened_at, other.opened_at)
    twin.cohort_id, twin.due_on = twin.cohort_id or other.cohort_id, twin.due_on or other.due_on
    twin.save(update_fields=["opened_at", "cohort", "due_on"])
    _close(other)


def _close_what_is_done(kept: User, moving: Enrolment) -> None:
    """She finished under one number what she was still doing under the other: that one is closed, not awarded again."""
    same = kept.enrolments.filter(programme_key=moving.programme_key)
    if moving.completed_at:
        for enrolment in same.open().filter(opened_at__lt=moving.completed_at):
            _close(enrolment)
    elif _is_open(moving) and same.filter(completed_at__gt=moving.opened_at).exists():
        _close(moving)


def _close(enrolment: Enrolment) -> None:
    enrolment.closed_at, enrolment.closed_reason = timezone.now(), _("Goes on in her other record")
    enrolment.save(update_fields=["closed_at", "closed_reason"])
