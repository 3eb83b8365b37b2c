"""Changes to what people have learned: enrol, complete a unit, flag a completion, keep a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from curriculum.models import ModulePage, ProgrammePage, UnitPage
from lms.core.models import Country
from lms.people.models import User

from .models import Cohort, Completion, Enrolment, Place, Requirement
from .queries import IN_DATE, missing_before
from .signals import programme_completed


class AlreadyEnrolled(Exception):
    """The person has an open enrolment in this programme."""


class ComesAfter(Exception):
    """Another programme comes first; the argument is the list of those she lacks."""


@dataclass(frozen=True)
class Wanted:
    """A unit that a programme asks for in one country."""

    unit: UnitPage
    module_key: UUID | None
    required: bool
    opens_after: list[str]


@transaction.atomic
def enrol(
    person: User,
    programme: ProgrammePage,
    *,
    cohort: Cohort | None = None,
    units: list[Wanted] | None = None,
    done_before: bool = False,
) -> Enrolment:
    """Open the next cycle of a programme for a person and write down what it asks of her.

    A first cycle credits completions that are in date. Raises AlreadyEnrolled while a cycle is open, and ComesAfter
    while a programme that comes first is missing, unless somebody has seen that she did it elsewhere (`done_before`).
    `units` is what `units_for` gave for her country: who enrols many reads the programme once.
    """
    User.objects.select_for_update().get(pk=person.pk)
    earlier = person.enrolments.filter(programme_key=programme.translation_key)
    _check_may_begin(person, programme, earlier, done_before)
    enrolment = Enrolment.objects.create(
        person=person,
        programme_key=programme.translation_key,
        programme_code=programme.code,
        programme_version=programme.source.version,
        country=person.country,
        cohort=cohort,
        cycle=(earlier.aggregate(last=Max("cycle"))["last"] or 0) + 1,
    )
    wanted = units_for(programme, person.country) if units is None else units
    Requirement.objects.bulk_create(_requirements(enrolment, wanted))
    if enrolment.cycle == 1:
        _credit(enrolment)
    _settle(enrolment)
    return enrolment


def _check_may_begin(person: User, programme: ProgrammePage, earlier: QuerySet, done_before: bool) -> None:
    if earlier.open().exists():
        raise AlreadyEnrolled
    if not done_before and (missing := missing_before(person, programme)):
        raise ComesAfter(missing)


def units_for(programme: ProgrammePage, country: Country) -> list[Wanted]:
    """The programme's rows for a country, each unit once: modules opened out into their live units, in order."""
    found: dict[UUID, Wanted] = {}
    for row in programme.rows_for(country):
        module = row.target if isinstance(row.target, ModulePage) else None
        units = row.target.get_children().live().specific() if module else [row.target]
        before: list[str] = []
        first: list[str] = []
        for unit in units:
            if not unit.is_for_country(country):
                continue
            after = [*row.after, *(before if unit.opens_after_module else first)]
            module_key = module.translation_key if module else None
            found.setdefault(unit.translation_key, Wanted(unit, module_key, row.required, after))
            before.append(str(unit.translation_key))
            first += [str(unit.translation_key)] if unit.holds_back else []
    return list(found.values())


@transaction.atomic
def complete_unit(
    person: User, unit: UnitPage, *, detail: dict | None = None, valid_until: date | None = None
) -> Completion:
    """The only way in: record that a person completed a unit and tick it off wherever an open enrolment needs it.

    Idempotent per person, unit and cycle: a second call returns the first completion.
    `detail` is kept for certificates and records; lessons and quizzes stay in date for 12 months unless told otherwise.
    """
    User.objects.select_for_update().get(pk=person.pk)
    needed = Requirement.objects.filter(
        enrolment__in=person.enrolments.open(), unit_key=unit.translation_key, completed_at=None
    )
    enrolments = [row.enrolment for row in needed.select_related("enrolment")]
    completion = _record(person, unit, detail or {}, valid_until or timezone.localdate() + IN_DATE)
    needed.update(completion=completion, completed_at=completion.completed_at)
    Place.objects.filter(person=person, unit_key=unit.translation_key).delete()
    for enrolment in enrolments:
        _settle(enrolment)
    return completion


@transaction.atomic
def flag_completion(completion: Completion, *, by: User, reason: str) -> Completion:
    """A result that no longer stands: open enrolments ask for the unit again; a finished one stays, HR decides."""
    User.objects.select_for_update().get(pk=completion.person_id)
    completion = Completion.objects.select_for_update().get(pk=completion.pk)
    if completion.flagged_at:
        return completion
    completion.flagged_at, completion.flagged_by, completion.flag_reason = timezone.now(), by, reason
    completion.save(update_fields=["flagged_at", "flagged_by", "flag_reason"])
    rows = Requirement.objects.filter(completion=completion, enrolment__in=Enrolment.objects.open())
    enrolments = [row.enrolment for row in rows.select_related("enrolment")]
    rows.update(completion=None, completed_at=None)
    for enrolment in enrolments:
        _settle(enrolment)
    return completion


def keep_place(person: User, unit: UnitPage, *, card: str, position: int, of: int) -> Place:
    """Remember the card she is at. Nothing else depends on it."""
    place, _ = Place.objects.update_or_create(
        person=person, unit_key=unit.translation_key, defaults={"card": card, "position": position, "of": of}
    )
    return place


def rebuild_counts(enrolments: Iterable[Enrolment]) -> int:
    """Count again what is done; returns how many enrolments had been wrong."""
    return sum(_recount(enrolment.pk) for enrolment in enrolments)


@transaction.atomic
def _recount(pk: UUID) -> bool:
    enrolment = Enrolment.objects.select_for_update().get(pk=pk)
    before = (enrolment.required_count, enrolment.done_count)
    _count(enrolment)
    return before != (enrolment.required_count, enrolment.done_count)


def cycle_for(person: User, unit_key: UUID) -> int:
    """The cycle that work on this unit counts for now.

    While an open enrolment asks for it: that enrolment's, or the next one free where a completion from before it opened
    stands in the way. Else that of the last completion.
    """
    rows = Requirement.objects.filter(enrolment__in=person.enrolments.open(), unit_key=unit_key, completed_at=None)
    asked = rows.aggregate(cycle=Max("enrolment__cycle"))["cycle"]
    standing = person.completions.filter(unit_key=unit_key, flagged_at=None)
    last = standing.aggregate(cycle=Max("cycle"))["cycle"] or 0
    return max(asked, last + 1) if asked else last or 1


def _record(person: User, unit: UnitPage, detail: dict, valid_until: date) -> Completion:
    """What an alias shows is its source's text: that language and that revision were completed."""
    source = unit.alias_of or unit
    completion, _created = Completion.objects.get_or_create(
        person=person,
        unit_key=unit.translation_key,
        cycle=cycle_for(person, unit.translation_key),
        flagged_at=None,
        defaults={
            "kind": unit.specific_class.kind,
            "language": source.locale.language_code,
            "revision_id": source.live_revision_id,
            "detail": detail,
            "valid_until": valid_until,
        },
    )
    return completion


def _requirements(enrolment: Enrolment, units: list[Wanted]) -> list[Requirement]:
    return [
        Requirement(
            enrolment=enrolment,
            unit_key=wanted.unit.translation_key,
            module_key=wanted.module_key,
            kind=wanted.unit.kind,
            position=position,
            required=wanted.required,
            opens_after=wanted.opens_after,
        )
        for position, wanted in enumerate(units, start=1)
    ]


def _credit(enrolment: Enrolment) -> None:
    """Tick off what the person has completed already and what is still in date."""
    done = Completion.objects.filter(person=enrolment.person, flagged_at=None, valid_until__gte=timezone.localdate())
    for completion in done:
        enrolment.requirements.filter(unit_key=completion.unit_key).update(
            completion=completion, completed_at=completion.completed_at
        )


def _count(enrolment: Enrolment) -> None:
    required = enrolment.requirements.filter(required=True)
    enrolment.required_count = required.count()
    enrolment.done_count = required.exclude(completed_at=None).count()
    enrolment.save(update_fields=["required_count", "done_count"])


def _settle(enrolment: Enrolment) -> None:
    """Count, and where nothing is left, stamp the enrolment and tell."""
    _count(enrolment)
    if enrolment.required_count and enrolment.done_count == enrolment.required_count:
        stamped = Enrolment.objects.filter(pk=enrolment.pk, completed_at=None).update(completed_at=timezone.now())
        if stamped:
            enrolment.refresh_from_db()
            programme_completed.send(sender=Enrolment, enrolment=enrolment)
