"""What a person has to learn, how far she is and what comes next: a fixed small number of queries.

`standings` judges her requirement rows: two queries, enough for a gate.
`path` adds titles, addresses and places: two more.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from curriculum import queries as curriculum
from curriculum.models import ProgrammePage
from curriculum.models.programme import First
from curriculum.queries import Entry
from lms.people.models import User

from . import unlocking
from .models import Enrolment, Place, Requirement
from .models.credit import credit_in_words
from .steps import Path, Standing, Step, Stop

IN_DATE = timedelta(days=365)
# The gate stands before every page: plain values, and one object an enrolment instead of one a row, halve its cost.
ROW = [field.name for field in fields(unlocking.Row)]
ENROLMENT = [
    "id",
    "person_id",
    "programme_key",
    "opened_at",
    "completed_at",
    "closed_at",
    "required_count",
    "done_count",
]
CREDIT = ["completion__credit__provider", "completion__credit__done_on"]


def standings(person: User) -> list[Standing]:
    """All her enrolments, open ones first, each newest first. Two queries."""
    rows = Requirement.objects.filter(enrolment__person=person).order_by("enrolment", "position")
    rows = rows.values_list(*ROW, *(f"enrolment__{name}" for name in ENROLMENT), *CREDIT)
    groups = [list(group) for _key, group in groupby(rows, key=itemgetter(len(ROW)))]
    withdrawn = curriculum.withdrawn() if groups else {}
    return sorted((_standing(group, withdrawn) for group in groups), key=_newest_first)


def path(request: HttpRequest, standing: Standing, *, beside: Iterable[UUID] = ()) -> Path:
    """The way of one enrolment with titles in the language she reads, and the cards she is at. Two queries.

    `beside`: keys of other programmes whose titles are wanted with it.
    """
    programme, person_id = standing.enrolment.programme_key, standing.enrolment.person_id
    keys = {programme, *beside, *(key for step in standing.steps for key in (step.key, step.module_key) if key)}
    entries = curriculum.entries(request, keys)
    places = {place.unit_key: place for place in Place.objects.filter(person_id=person_id)}
    steps = [step for step in standing.steps if {step.key, step.module_key or step.key} <= entries.keys()]
    for step in steps:
        step.entry, step.place = entries[step.key], None if step.done else places.get(step.key)
    _number_lessons(steps)
    for step in steps:
        step.waits_for = _waits_for(step, steps, entries)
    following = next_step(steps)
    if following:
        following.state = "here"
    others = [entries[key] for key in beside if key in entries]
    return Path(standing.enrolment, entries.get(programme), _stops(steps, entries), following, others)


def path_for(request: HttpRequest, *, unit_key: UUID | None = None) -> Path | None:
    """The path she is on now, or the one that asks for this unit; None where there is none. Four queries."""
    for standing in standings(request.user):
        if unit_key is None or standing.step(unit_key):
            return path(request, standing)
    return None


def missing_before(person: User, programme: ProgrammePage) -> list[Page]:
    """The programmes that come before this one and that she has not done, or that are out of date by now."""
    return [first.programme for first in programme.comes_after() if person.pk not in who_has_done(first, [person.pk])]


def who_has_done(first: First, people: Iterable[UUID]) -> set[UUID]:
    """Those of these people who have done it within a year, or its theory where that is enough. Two queries at most."""
    enrolments = Enrolment.objects.filter(programme_key=first.programme.translation_key, person__in=list(people))
    done = set(enrolments.filter(completed_at__gte=timezone.now() - IN_DATE).values_list("person", flat=True))
    if first.theory_is_enough:
        theory = Requirement.objects.filter(enrolment=OuterRef("pk"), required=True).exclude(kind="practical")
        ready = enrolments.open().filter(Exists(theory)).exclude(Exists(theory.filter(completed_at=None)))
        done |= set(ready.values_list("person", flat=True))
    return done


def next_step(steps: list[Step]) -> Step | None:
    """The first step she can do herself; when none is left, the first that an observer watches."""
    ready = [step for step in steps if step.required and step.state in ("open", "here")]
    return next((step for step in ready if step.kind != "practical"), ready[0] if ready else None)


def _newest_first(standing: Standing) -> tuple:
    enrolment = standing.enrolment
    is_open = enrolment.completed_at is None and enrolment.closed_at is None
    return (not is_open, -enrolment.opened_at.timestamp(), str(enrolment.pk))


def _standing(values: list[tuple], withdrawn: dict[UUID, str]) -> Standing:
    enrolment = Enrolment.from_db(DEFAULT_DB_ALIAS, ENROLMENT, values[0][len(ROW) : -len(CREDIT)])
    rows = [unlocking.Row(*row[: len(ROW)]) for row in values]
    waiting = unlocking.waiting(rows, withdrawn.keys())
    steps = [_step(row, waiting[row.unit_key], withdrawn) for row in rows]
    for step, line in zip(steps, values, strict=True):
        step.credited = credit_in_words(*line[-len(CREDIT) :]) if line[-1] else ""
    return Standing(enrolment, steps)


def _step(row: unlocking.Row, waiting: list[str], withdrawn: dict[UUID, str]) -> Step:
    return Step(
        key=row.unit_key,
        module_key=row.module_key,
        kind=row.kind,
        required=row.required,
        done=row.completed_at is not None,
        state=unlocking.state(row, waiting, withdrawn.keys()),
        waiting=waiting,
        reason=withdrawn.get(row.unit_key) or withdrawn.get(row.module_key, ""),
    )


def _number_lessons(steps: list[Step]) -> None:
    modules = {step.module_key for step in steps if step.module_key}
    for key in modules:
        lessons = [step for step in steps if step.module_key == key and step.kind == "lesson"]
        for number, lesson in enumerate(lessons, start=1):
            lesson.number, lesson.of = number, len(lessons)


def _waits_for(step: Step, steps: list[Step], entries: dict[UUID, Entry]) -> str:
    """«After Tuberculosis» where another part comes first, «After lesson 4» within the module."""
    if step.state != "locked":
        return ""
    own = {str(other.key): other for other in steps if other.module_key and other.module_key == step.module_key}
    before = [key for key in step.waiting if key not in own] or step.waiting
    lesson = own.get(before[-1])
    if lesson and lesson.number:
        return _("After lesson %(number)s") % {"number": lesson.number}
    entry = entries.get(UUID(before[-1]))
    return _("After %(title)s") % {"title": entry.title} if entry else _("After another step")


def _stops(steps: list[Step], entries: dict[UUID, Entry]) -> list[Stop]:
    """Modules in the order of their first unit, whole; units that stand alone between them."""
    groups: dict[UUID, list[Step]] = {}
    for step in steps:
        groups.setdefault(step.module_key or step.key, []).append(step)
    return [Stop(key, group, entries[key]) for key, group in groups.items()]
