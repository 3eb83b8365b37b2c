"""The stuck of all my cohorts, or of one: a page of fifty, each with why and with what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from assessments.models import Attempt
from assessments.permissions import learners_trained_by
from lms.learning.attendance.permissions import cohorts_read_by, enrolments_read_by
from lms.learning.models import Cohort, Enrolment
from lms.people.models import User
from lms.people.permissions import commanded_by, people_visible_to

from . import stuck
from .stuck import Why

ON_A_PAGE = 50
LATELY = timedelta(days=90)


@dataclass
class Waiting:
    """One who is stuck. `is_hers`: the reader may open her record; `tries`: locked quizzes in which the reader may
    open another try; `may_reset`: the reader may give her a new slip."""

    enrolment: Enrolment
    why: Why
    is_hers: bool
    tries: list[Attempt]
    may_reset: bool

    @property
    def person(self) -> User:
        return self.enrolment.person


@dataclass
class Stuck:
    """`counts`: a reason → how many; «new» (not signed in yet) is no part of «all»."""

    counts: dict[str, int]
    people: list[Waiting]
    page: Page


def waiting(user: User, now: datetime, *, reason: str = "all", cohort: Cohort | None = None, number=1) -> Stuck:
    """Whoever waits longest comes first. A fixed number of queries."""
    cohorts = Cohort.objects.filter(pk=cohort.pk) if cohort else running(user, now)
    rows = enrolments_read_by(user, cohorts).filter(stuck.OPEN)
    locked = stuck.locked_of(rows)
    judged, conditions = stuck.with_steps(rows), _conditions(now, set(locked))
    counts = _counts(judged, conditions) | {"locked": len(locked)}
    chosen = judged.filter(conditions.get(reason, conditions["all"])).select_related("person", "cohort")
    page = Paginator(chosen.order_by("waits_since", "pk"), ON_A_PAGE).get_page(number)
    return Stuck(counts, list(_people(user, page, now, locked)), page)


def running(user: User, now: datetime) -> QuerySet[Cohort]:
    """Her cohorts that have begun, and did not end more than ninety days ago."""
    today = timezone.localdate(now)
    lasts = Q(ends_on=None) | Q(ends_on__gte=today - LATELY)
    return cohorts_read_by(user).filter(lasts, starts_on__lte=today)


def _counts(judged: QuerySet[Enrolment], conditions: dict[str, Q]) -> dict[str, int]:
    """One query. «locked» is counted by who asks: a condition that nobody can meet would leave all of it empty."""
    counted = {name: Count("pk", filter=wanted) for name, wanted in conditions.items() if name != "locked"}
    return judged.order_by().aggregate(**counted)


def chosen_of(user: User, numbers: Iterable[str]) -> QuerySet[User]:
    """The people of her cohorts with these staff numbers."""
    seen = enrolments_read_by(user, cohorts_read_by(user)).values("person")
    return User.objects.filter(pk__in=seen, staff_number__in=list(numbers))


def _conditions(now: datetime, locked: set[UUID]) -> dict[str, Q]:
    today = timezone.localdate(now)
    return {
        "all": stuck.held_up(now, locked),
        "quiet": stuck.quiet(now),
        "locked": Q(person__in=locked),
        "overdue": stuck.overdue(today),
        "new": stuck.never_signed_in(today),
    }


def _people(user: User, page: Page, now: datetime, locked: dict[UUID, list[Attempt]]) -> Iterable[Waiting]:
    keys = [row.person_id for row in page]
    seen = set(people_visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    trained = set(learners_trained_by(user).filter(pk__in=keys).values_list("pk", flat=True))
    resets = commanded_by(user, [row.person for row in page])
    for row in page:
        why, key = stuck.why(row, now, locked), row.person_id
        yield Waiting(row, why, key in seen, why.locked if key in trained else [], key in seen & resets)
