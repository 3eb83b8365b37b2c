"""Two records of one person become one: her tries, practicals and practice."""

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.learning.merging import cycles_after
from lms.people.merging import MergeRefused, Rows, move_all
from lms.people.models import User

from .models import Attempt, Coaching, ExtraTry, Observation, PracticeCard

ATTEMPTS = Rows(gettext_lazy("tries at quizzes"), Attempt)
EXTRA_TRIES = Rows(gettext_lazy("tries opened by a trainer"), ExtraTry)
UNSIGNED = Q(signed_at=None)
PLAIN = (
    Rows(gettext_lazy("practicals"), Observation, "learner", alike=("unit_key", "observer"), among=UNSIGNED),
    Rows(gettext_lazy("practicals watched"), Observation, "observer", alike=("unit_key", "learner"), among=UNSIGNED),
    Rows(gettext_lazy("coachings"), Coaching, "learner"),
    Rows(gettext_lazy("practice cards"), PracticeCard, alike=("question",)),
)
DID_IT = "It says who did something: that was done under the old number, and the record stays readable."
STAYS = {
    "assessments.ExtraTry.opened_by": DID_IT,
    "assessments.Coaching.recorded_by": DID_IT,
    "assessments.Observation.voided_by": DID_IT,
    "assessments.Handbook.asked_by": DID_IT,
    "assessments.QuestionImport.uploaded_by": DID_IT,
    "assessments.Regrade.made_by": DID_IT,
}


def move(kept: User, gone: User) -> dict[str, int]:
    """Before `lms.learning` moves the completions. Raises MergeRefused where one record judged the other."""
    _check_nobody_judged_herself(kept, gone)
    attempts, extra_tries = _move_attempts(kept, gone)
    moved = {ATTEMPTS.path: attempts, EXTRA_TRIES.path: extra_tries}
    return {path: number for path, number in moved.items() if number} | move_all(PLAIN, kept, gone)


def rows() -> tuple[Rows, ...]:
    return (ATTEMPTS, EXTRA_TRIES, *PLAIN)


def stays() -> dict[str, str]:
    return STAYS


def _check_nobody_judged_herself(kept: User, gone: User) -> None:
    both = [kept, gone]
    judged = (
        Observation.objects.filter(learner__in=both, observer__in=both),
        ExtraTry.objects.filter(person__in=both, opened_by__in=both),
        Coaching.objects.filter(learner__in=both, recorded_by__in=both),
    )
    if any(rows.exists() for rows in judged):
        raise MergeRefused(_("One of them watched or coached the other: they cannot be one person."))


def _move_attempts(kept: User, gone: User) -> tuple[int, int]:
    """With the cycle of what they completed, numbered after her other tries. Of two open ones the kept record's stands,
    the other stays unfinished where it is."""
    cycles, moved, extra = cycles_after(kept, gone), 0, 0
    for attempt in Attempt.objects.filter(person=gone).defer("paper", "key").order_by("cycle", "number"):
        cycle = cycles.get((attempt.unit_key, attempt.cycle), attempt.cycle)
        same = Attempt.objects.filter(person=kept, unit_key=attempt.unit_key, cycle=cycle)
        if attempt.is_open and same.filter(handed_in_at=None).exists():
            continue
        attempt.person, attempt.cycle = kept, cycle
        attempt.number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
        attempt.save(update_fields=["person", "cycle", "number"])
        extra += ExtraTry.objects.filter(after_attempt=attempt).update(person=kept, cycle=cycle)
        moved += 1
    return moved, extra
