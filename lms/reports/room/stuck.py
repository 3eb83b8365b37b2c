"""Who is stuck, and why: one query that judges open enrolments, and the quizzes whose tries are used up.

Stuck is who took no step for seven days (or as long since she was enrolled, first signed in, or her cohort began), who
was «not yet» in a quiz as often as it may be tried, and who is overdue. Who never signed in is told apart.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import DateField, DateTimeField, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, NullIf
from django.utils import timezone

from assessments.models import Attempt, Observation, Purpose
from assessments.queries import locked_attempts
from lms.learning.models import Completion, Enrolment, Place, Requirement
from lms.people.models import User

QUIET = timedelta(days=7)
NEVER = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=DateTimeField())
OPEN = Q(completed_at=None, closed_at=None)
SIGNED_IN = Q(person__first_signed_in_at__isnull=False) | Q(person__last_login__isnull=False) | ~Q(last_step_at=None)


@dataclass
class Why:
    """What holds one person up. `quiet_days` are counted from her last step, or from when she could begin."""

    quiet_days: int = 0
    locked: list[Attempt] = field(default_factory=list)
    overdue_on: date | None = None
    is_new: bool = False

    def __bool__(self) -> bool:
        return bool(self.quiet_days or self.locked or self.overdue_on or self.is_new)


def with_steps(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Adds last_step_at (null: none yet), waits_since, and late_after: the day it was to be done by."""
    return enrolments.annotate(last_step_at=_last_step()).annotate(
        waits_since=Greatest(
            Coalesce("last_step_at", NEVER),
            "opened_at",
            Coalesce("person__first_signed_in_at", NEVER),
            output_field=DateTimeField(),
        ),
        late_after=Coalesce("due_on", "cohort__ends_on", output_field=DateField()),
    )


def quiet(now: datetime) -> Q:
    """No step for seven days, of one who has signed in."""
    began = Q(cohort=None) | Q(cohort__starts_on__lte=timezone.localdate(now) - QUIET)
    return OPEN & SIGNED_IN & began & Q(waits_since__lte=now - QUIET)


def overdue(today: date) -> Q:
    return OPEN & Q(late_after__lt=today)


def never_signed_in(today: date) -> Q:
    return OPEN & ~SIGNED_IN & (Q(cohort=None) | Q(cohort__starts_on__lte=today))


def held_up(now: datetime, locked: set[UUID]) -> Q:
    """Everyone who is stuck. `locked`: the keys of those whose tries are used up."""
    return quiet(now) | overdue(timezone.localdate(now)) | (OPEN & Q(person__in=locked))


def why(enrolment: Enrolment, now: datetime, locked: dict[UUID, list[Attempt]]) -> Why:
    """The same judgement of one row of `with_steps`, in parts. No query."""
    if enrolment.completed_at or enrolment.closed_at:
        return Why()
    today, person = timezone.localdate(now), enrolment.person
    begins = enrolment.cohort.starts_on if enrolment.cohort else date.min
    has_come = bool(person.first_signed_in_at or person.last_login or enrolment.last_step_at)
    is_quiet = has_come and enrolment.waits_since <= now - QUIET and begins <= today - QUIET
    since = max(timezone.localdate(enrolment.waits_since), begins)
    late = enrolment.late_after if enrolment.late_after and enrolment.late_after < today else None
    return Why(
        quiet_days=max((today - since).days, QUIET.days) if is_quiet else 0,
        locked=locked.get(person.pk, []),
        overdue_on=late,
        is_new=not has_come and begins <= today,
    )


def locked_of(enrolments: QuerySet[Enrolment]) -> dict[UUID, list[Attempt]]:
    """A person’s key → her quizzes with no try left that these open enrolments still ask for. Three queries.

    Only those are read who were «not yet» in one of them: few of many.
    """
    asked = Requirement.objects.filter(enrolment__in=enrolments.filter(OPEN), completed_at=None)
    not_yet = Attempt.objects.filter(
        purpose=Purpose.CERTIFYING, handed_in_at__isnull=False, passed_at=None, unit_key=OuterRef("unit_key")
    )
    failed = asked.filter(Exists(not_yet.filter(person=OuterRef("enrolment__person"))))
    found: dict[UUID, list[Attempt]] = {}
    rows = list(failed.values_list("enrolment__person", "unit_key"))
    people = {person for person, _unit in rows}
    for attempt in locked_attempts(User.objects.filter(pk__in=people)) if people else []:
        if (attempt.person_id, attempt.unit_key) in rows:
            found.setdefault(attempt.person_id, []).append(attempt)
    return found


def _last_step() -> NullIf:
    """The newest of what she did herself or was seen doing. Credit for earlier training is no step.

    SQLite's MAX of several values is null as soon as one is: each is given a day that nobody was active on.
    """
    mine = {"person": OuterRef("person")}
    newest = [
        _newest(Completion.objects.filter(credit=None, **mine), "person", "completed_at"),
        _newest(Place.objects.filter(**mine), "person", "updated_at"),
        _newest(Attempt.objects.filter(**mine), "person", Coalesce("handed_in_at", "started_at")),
        _newest(Observation.objects.filter(learner=OuterRef("person")), "learner", "signed_at"),
    ]
    return NullIf(Greatest(*(Coalesce(one, NEVER) for one in newest)), NEVER, output_field=DateTimeField())


def _newest(rows: QuerySet, whose: str, moment) -> Subquery:
    return Subquery(rows.order_by().values(whose).annotate(newest=Max(moment)).values("newest"))
