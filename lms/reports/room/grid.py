"""People × modules of one cohort, fifty people at a time: as many queries for three people as for three hundred."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from curriculum.queries import withdrawn
from lms.learning.attendance.permissions import enrolments_read_by
from lms.learning.models import Cohort, Completion, Enrolment, Place, Requirement
from lms.learning.unlocking import Row
from lms.people.models import User
from lms.people.permissions import people_visible_to

from ..queries import titles
from . import stuck
from .cells import NOT_ASKED, Cell, Marks, Progress, progress
from .stuck import Why

ON_A_PAGE = 50
BY_NAME = ("person__family_name", "person__given_names", "pk")
SORTS = {
    "name": BY_NAME,
    "least": (F("done_count").asc(), *BY_NAME),
    "last": (F("last_step_at").asc(nulls_first=True), *BY_NAME),
}
ROW = [part.name for part in fields(Row)]
EMPTY: frozenset[UUID] = frozenset()


@dataclass
class Person:
    """One row of the grid. `cells` stand in the order of the columns."""

    enrolment: Enrolment
    progress: Progress
    why: Why
    is_linked: bool
    next: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def person(self) -> User:
        return self.enrolment.person

    @property
    def asked(self) -> list[Cell]:
        return [cell for cell in self.cells if cell is not NOT_ASKED]


@dataclass
class Grid:
    columns: list[str]
    people: list[Person]
    page: Page


def grid(user: User, cohort: Cohort, now: datetime, *, sort: str = "name", only: str = "", number=1) -> Grid:
    """`sort`: «name», «least» far, «last» step; `only`: «stuck», «new» (not signed in yet) or everyone."""
    rows = enrolments_read_by(user, Cohort.objects.filter(pk=cohort.pk)).filter(closed_at=None)
    locked = stuck.locked_of(rows)
    judged = stuck.with_steps(rows).filter(_only(only, now, set(locked)))
    ordered = judged.select_related("person", "cohort").order_by(*SORTS.get(sort, BY_NAME))
    page = Paginator(ordered, ON_A_PAGE).get_page(number)
    page.object_list = enrolments = list(page.object_list)
    judgements = _progress_of(enrolments)
    order = dict.fromkeys(key for one in judgements.values() for key in one.cells)
    named = titles({*order, *(one.next for one in judgements.values() if one.next)})
    linked = _linked(user, enrolments)
    people = [
        _person(row, judgements[row.pk], stuck.why(row, now, locked), row.person_id in linked, named, order)
        for row in enrolments
    ]
    return Grid([named.get(key, "–") for key in order], people, page)


def _only(only: str, now: datetime, locked: set[UUID]) -> Q:
    if only == "stuck":
        return stuck.held_up(now, locked)
    return stuck.never_signed_in(timezone.localdate(now)) if only == "new" else Q()


def _person(
    row: Enrolment, judged: Progress, why: Why, is_linked: bool, named: dict[UUID, str], order: Iterable[UUID]
) -> Person:
    upcoming = named.get(judged.next, "–") if judged.next else ""
    return Person(row, judged, why, is_linked, upcoming, [judged.cells.get(key, NOT_ASKED) for key in order])


def _linked(user: User, enrolments: list[Enrolment]) -> set[UUID]:
    """Whose record she may open. One query."""
    people = [row.person_id for row in enrolments]
    return set(people_visible_to(user).filter(pk__in=people).values_list("pk", flat=True))


def _progress_of(enrolments: list[Enrolment]) -> dict[UUID, Progress]:
    """Four queries for all of them."""
    keys, people = [row.pk for row in enrolments], [row.person_id for row in enrolments]
    rows = Requirement.objects.filter(enrolment__in=keys).order_by("enrolment", "position")
    values = rows.values_list("enrolment", "completion__credit", *ROW)
    asked = {key: list(group) for key, group in groupby(values, key=itemgetter(0))}
    begun = _by_person(Place.objects.filter(person__in=people))
    again = _by_person(Completion.objects.filter(person__in=people, flagged_at__isnull=False))
    gone = withdrawn().keys() if enrolments else EMPTY
    return {
        row.pk: _judge(asked.get(row.pk, []), gone, begun.get(row.person_id, EMPTY), again.get(row.person_id, EMPTY))
        for row in enrolments
    }


def _judge(values: list[tuple], gone, begun, again) -> Progress:
    rows = [Row(*value[2:]) for value in values]
    credited = {row.unit_key for row, value in zip(rows, values, strict=True) if value[1]}
    return progress(rows, Marks(gone, begun, again, credited))


def _by_person(rows: QuerySet) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for person, unit in rows.values_list("person", "unit_key"):
        found.setdefault(person, set()).add(unit)
    return found
