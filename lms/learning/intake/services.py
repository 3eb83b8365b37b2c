"""Changes to an intake before its people exist: match columns, choose for likely doubles, start it, forget it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.models import User

from ..capacity import free_places
from ..models import Intake
from . import queries
from .carrying import carry_out_intake
from .checking import Review, review
from .matching import matched_rows

KEPT_UNCOMMITTED = timedelta(days=14)
OPEN = (Intake.State.DRAFT, Intake.State.FAILED)


class AlreadyStarted(Exception):
    """The intake is being carried out, or was: nothing is changed any more."""


class NotStarted(Exception):
    """Nothing was changed; the argument is a sentence that says why."""


@transaction.atomic
def match_columns(intake: Intake, columns: dict[int, str]) -> Intake:
    """Read the rows by these columns: number of a column → our key. Raises AlreadyStarted."""
    intake = _open(intake)
    intake.columns = {str(at): key for at, key in sorted(columns.items())}
    intake.rows = [row.as_dict() for row in matched_rows(intake.lines, columns)]
    intake.save(update_fields=["columns", "rows"])
    return intake


@transaction.atomic
def decide(intake: Intake, choices: dict[int, str]) -> Intake:
    """Keep what to do with these rows; whoever reviews it takes only what is still offered. Raises AlreadyStarted."""
    intake = _open(intake)
    intake.decisions |= {str(line): choice for line, choice in choices.items()}
    intake.save(update_fields=["decisions"])
    return intake


def start_intake(intake: Intake, *, by: User, expected: str, beyond_capacity: bool = False) -> Intake:
    """Have it carried out by a task. Raises AlreadyStarted, or NotStarted where what she saw is not so any more.

    `expected` is the digest of the review she saw. `beyond_capacity`: she has seen that the cohort has fewer places.
    """
    checked = review(intake, by)
    if not checked.taken or checked.digest != expected:
        raise NotStarted(_("The list changed in the meantime. Nobody was created: look at the rows again."))
    if places_missing(intake, checked) and not beyond_capacity:
        raise NotStarted(_("The cohort has fewer places than that. Tick the box to take them all in."))
    with transaction.atomic():
        intake = _open(intake)
        intake.state, intake.done_count, intake.error = Intake.State.WAITING, 0, ""
        intake.save(update_fields=["state", "done_count", "error"])
        carry_out_intake.enqueue(str(intake.pk), str(by.pk), expected, beyond_capacity)
    return intake


def places_missing(intake: Intake, checked: Review) -> int:
    """How many more would be enrolled than the cohort, if it is there already, has places for."""
    cohort = queries.cohort_joined(intake)
    free = free_places(cohort) if cohort else None
    return max(0, len(checked.taken) - free) if free is not None else 0


@transaction.atomic
def discard_intake(intake: Intake) -> bool:
    """Forget a sheet that was not carried out; False for one that was, or is being."""
    return bool(_forget(Intake.objects.filter(pk=intake.pk)))


@transaction.atomic
def forget_old_intakes() -> int:
    """Sheets that nobody carried out hold names: they go after KEPT_UNCOMMITTED. Returns how many went."""
    return _forget(Intake.objects.filter(uploaded_at__lt=timezone.now() - KEPT_UNCOMMITTED))


def _open(intake: Intake) -> Intake:
    intake = Intake.objects.select_for_update(of=("self",)).select_related("country", "site").get(pk=intake.pk)
    if intake.state not in OPEN:
        raise AlreadyStarted
    return intake


def _forget(intakes: QuerySet[Intake]) -> int:
    """Locked before they are looked at: deleting reads first, and one could be started in between."""
    waiting = list(intakes.filter(state__in=OPEN).select_for_update().values_list("pk", flat=True))
    return Intake.objects.filter(pk__in=waiting).delete()[0]
