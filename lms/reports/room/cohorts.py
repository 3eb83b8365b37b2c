"""My cohorts: one row a cohort, with how many people, how far together, how many stuck. A fixed number of queries."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from lms.learning.attendance.permissions import cohorts_read_by, enrolments_read_by
from lms.learning.models import Cohort, Enrolment
from lms.people.models import User

from ..queries import titles
from . import stuck

ON_A_PAGE = 10
STITCHES = 10


@dataclass
class Listed:
    """A cohort as the list says it. `people`: those whom the reader may see, without those who left."""

    cohort: Cohort
    programme: str
    people: int = 0
    completed: int = 0
    steps: int = 0
    steps_done: int = 0
    left: int = 0
    stuck: int = 0
    new: int = 0

    @property
    def cells(self) -> list[str]:
        """Ten stitches for all steps of all people: what is begun shows, and only what is whole is full."""
        full, rest = divmod(self.steps_done * STITCHES, self.steps or 1)
        return (["done"] * full + ["current"] * bool(rest) + ["open"] * STITCHES)[:STITCHES]


@dataclass
class MyCohorts:
    page: Page
    running: list[Listed] = field(default_factory=list)
    coming: list[Listed] = field(default_factory=list)
    past: list[Listed] = field(default_factory=list)


def my_cohorts(user: User, number, now: datetime) -> MyCohorts:
    """Running, coming and past ones; the newest first."""
    page = Paginator(cohorts_read_by(user).prefetch_related("sites").order_by("-starts_on", "name"), ON_A_PAGE)
    found = MyCohorts(page.get_page(number))
    today = timezone.localdate(now)
    for row in _listed(user, list(found.page), now):
        where = found.coming if row.cohort.starts_on > today else found.running
        ended = row.cohort.ends_on and row.cohort.ends_on < today
        (found.past if ended else where).append(row)
    return found


def one(user: User, cohort: Cohort, now: datetime) -> Listed:
    return _listed(user, [cohort], now)[0]


def _listed(user: User, cohorts: list[Cohort], now: datetime) -> list[Listed]:
    named = titles(cohort.programme_key for cohort in cohorts)
    rows = enrolments_read_by(user, Cohort.objects.filter(pk__in=[cohort.pk for cohort in cohorts]))
    counted = {row.pop("cohort"): row for row in _counts(rows)}
    held = {row.pop("cohort"): row for row in _held(rows, now)}
    return [
        Listed(cohort, named.get(cohort.programme_key, "–"), **counted.get(cohort.pk, {}), **held.get(cohort.pk, {}))
        for cohort in cohorts
    ]


def _counts(rows: QuerySet[Enrolment]) -> QuerySet:
    here = Q(closed_at=None)
    return (
        rows.order_by()
        .values("cohort")
        .annotate(
            people=Count("pk", filter=here),
            completed=Count("pk", filter=Q(completed_at__isnull=False)),
            steps=Sum("required_count", filter=here, default=0),
            steps_done=Sum("done_count", filter=here, default=0),
            left=Count("pk", filter=~here),
        )
    )


def _held(rows: QuerySet[Enrolment], now: datetime) -> QuerySet:
    locked = set(stuck.locked_of(rows))
    judged = stuck.with_steps(rows.filter(stuck.OPEN)).order_by()
    new = stuck.never_signed_in(timezone.localdate(now))
    return judged.values("cohort").annotate(
        stuck=Count("pk", filter=stuck.held_up(now, locked)), new=Count("pk", filter=new)
    )
