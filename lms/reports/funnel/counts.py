"""The one query of the funnel: of each first enrolment the steps reached by a day, counted, with the days between."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, DateTimeField, F, FilteredRelation, Q, QuerySet, When
from django.db.models.functions import Cast, Coalesce

from lms.learning.models import Enrolment
from lms.people.models import User
from lms.people.permissions import people_visible_to

from ..states import end_of
from .median import DaysBetween, Median

# The step, and the moment that says it was reached.
STEPS = {
    "invited": "opened_at",
    "signed_in": "person__first_signed_in_at",
    "started": "started_at",
    "half": "half_at",
    "theory": "theory_at",
    "practicals": "completed_at",
    "certified": "certified_at",
}
NAMES = list(STEPS)
GROUPS = {"country": "country_id", "programme": "programme_key", "cohort": "cohort_id"}


@dataclass(frozen=True)
class Chosen:
    """Enrolments that were opened from `since` to the end of `on`."""

    since: date
    on: date
    programme: UUID | None = None
    country: str = ""
    cohort: int | None = None


@dataclass(frozen=True)
class Reached:
    """Counts by step, and the median of days since the step before, in the order of STEPS; the first has none."""

    key: object
    counts: tuple[int, ...]
    days: tuple[float | None, ...]


def funnel_of(user: User, chosen: Chosen, group: str = "") -> list[Reached]:
    """A row for each value of the group; without one, one row of all together. One query."""
    rows = _steps(_enrolments(user, chosen), end_of(chosen.on))
    numbers = {f"n_{name}": Count(_or_later(name)) for name in NAMES}
    days = {
        f"d_{name}": Median(DaysBetween(F(f"at_{before}"), F(f"at_{name}")))
        for before, name in zip(NAMES, NAMES[1:], strict=False)
    }
    if not group:
        return [_reached(None, rows.aggregate(**numbers, **days))]
    found = rows.order_by().values(key=F(GROUPS[group])).annotate(**numbers, **days)
    return [_reached(row["key"], row) for row in found]


def _reached(key, row: dict) -> Reached:
    days = (None, *(row[f"d_{name}"] for name in NAMES[1:]))
    return Reached(key, tuple(row[f"n_{name}"] for name in NAMES), days)


def _enrolments(user: User, chosen: Chosen) -> QuerySet[Enrolment]:
    """First cycles only: who comes back for a refresher was invited long ago."""
    people = people_visible_to(user).filter(merged_into=None, erased_at=None)
    opened = {"opened_at__gte": end_of(chosen.since - timedelta(days=1)), "opened_at__lt": end_of(chosen.on)}
    rows = Enrolment.objects.filter(cycle=1, person__in=people, **opened)
    narrowed = {"programme_key": chosen.programme, "country": chosen.country, "cohort": chosen.cohort}
    return rows.filter(**{field: value for field, value in narrowed.items() if value})


def _steps(rows: QuerySet[Enrolment], until: datetime) -> QuerySet[Enrolment]:
    """Adds at_<step>, empty where it was reached later or not at all."""
    held = FilteredRelation(
        "certificates",
        condition=Q(
            certificates__superseded_at=None, certificates__specimen=False, certificates__drawn_at__isnull=False
        ),
    )
    rows = rows.annotate(held=held, certified_at=Cast("held__awarded_on", DateTimeField()))
    return rows.annotate(**{f"at_{name}": _by(until, moment) for name, moment in STEPS.items()})


def _by(until: datetime, moment: str) -> Case:
    return Case(When(**{f"{moment}__lt": until}, then=F(moment)), output_field=DateTimeField())


def _or_later(name: str):
    """Who reached a later step has reached this one, whatever was noted of it: a sign-in on another's phone."""
    later = [F(f"at_{one}") for one in NAMES[NAMES.index(name) :]]
    return Coalesce(*later) if len(later) > 1 else later[0]
