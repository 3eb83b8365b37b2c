"""Changes to what people have learned: enrol, complete a unit, flag a completion, keep a place."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from curriculum.models import ProgrammePage, UnitPage
from lms.people.models import User

from .capacity import check_room
from .models import Cohort, Completion, Credit, Enrolment, Place, Requirement
from .queries import IN_DATE, missing_before
from .requirements import Wanted, count, requirements_for, settle, tick_done, units_for


class AlreadyEnrolled(Exception):
    """The person has an open enrolment in this programme."""


class ComesAfter(Exception):
    """Another programme comes first; the argument is the list of those she lacks."""


@transaction.atomic
def enrol(
    person: User,
    programme: ProgrammePage,
    *,
    cohort: Cohort | None = None,
    due_on: date | None = None,
    units: list[Wanted] | None = None,
    done_before: bool = False,
    refresher: ProgrammePage | None = None,
    by: User | None = None,
) -> Enrolment:
    """Open the next cycle of a programme for a person and write down what it asks of her.

    A first cycle credits completions that are in date. Raises AlreadyEnrolled while a cycle is open, CohortFull, and
    ComesAfter while a programme that comes first is missing, unless somebody has seen that she did it elsewhere
    (`done_before`). `units` is what `units_for` gave for her country: who enrols many reads the programme once.
    `refresher`: it is a renewal, see `renewing`, which gives its units.
    Logged where somebody (`by`) enrols one by one; an intake writes one line for all.
    """
    User.objects.select_for_update().get(pk=person.pk)
    earlier = person.enrolments.filter(programme_key=programme.translation_key)
    _check_may_begin(person, programme, earlier, done_before)
    check_room(cohort)
    wanted = units_for(programme, person.country) if units is None else units
    cycle = (earlier.aggregate(last=Max("cycle"))["last"] or 0) + 1
    enrolment = _opened(person, programme, cohort, cycle, wanted)
    enrolment.due_on, enrolment.refresher_key = due_on, refresher and refresher.translation_key
    enrolment.save(force_insert=True)
    Requirement.objects.bulk_create(requirements_for(enrolment, wanted))
    tick_done(enrolment)
    settle(enrolment)
    if by:
        log(enrolment, "learning.enrol", user=by, title=person.staff_number, data={"programme": programme.code})
    return enrolment


@transaction.atomic
def enrol_many(
    people: Sequence[User],
    programme: ProgrammePage,
    *,
    cohort: Cohort | None = None,
    done_before: bool = False,
    beyond_capacity: bool = False,
) -> list[Enrolment]:
    """As `enrol`, for all of them or nobody: a fixed number of queries, and some more for each who brings completions.

    `beyond_capacity`: somebody has seen that the cohort has fewer places. Raises as `enrol`.
    """
    keys = [person.pk for person in people]
    list(User.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    cycles = _next_cycles(keys, programme)
    if not done_before and programme.comes_after():
        for person in people:
            _check_comes_after(person, programme)
    if not beyond_capacity:
        check_room(cohort, len(keys))
    wanted = {country: units_for(programme, country) for country in {person.country for person in people}}
    enrolments = [_opened(person, programme, cohort, cycles[person.pk], wanted[person.country]) for person in people]
    Enrolment.objects.bulk_create(enrolments, batch_size=500)
    rows = (row for enrolment in enrolments for row in requirements_for(enrolment, wanted[enrolment.country]))
    Requirement.objects.bulk_create(rows, batch_size=1000)
    with_work = set(Completion.objects.filter(person__in=keys).values_list("person", flat=True))
    for enrolment in enrolments:
        if enrolment.person_id in with_work:
            tick_done(enrolment)
            settle(enrolment)
    return enrolments


def _opened(
    person: User, programme: ProgrammePage, cohort: Cohort | None, cycle: int, units: list[Wanted]
) -> Enrolment:
    """Not saved yet."""
    return Enrolment(
        person=person,
        programme_key=programme.translation_key,
        programme_code=programme.code,
        programme_version=programme.source.version,
        country=person.country,
        cohort=cohort,
        cycle=cycle,
        required_count=sum(wanted.required for wanted in units),
    )


def _next_cycles(keys: list[UUID], programme: ProgrammePage) -> dict[UUID, int]:
    """Raises AlreadyEnrolled."""
    earlier = Enrolment.objects.filter(person__in=keys, programme_key=programme.translation_key)
    if earlier.open().exists():
        raise AlreadyEnrolled
    last = dict(earlier.order_by().values_list("person").annotate(last=Max("cycle")))
    return {key: last.get(key, 0) + 1 for key in keys}


def _check_may_begin(person: User, programme: ProgrammePage, earlier: QuerySet, done_before: bool) -> None:
    if earlier.open().exists():
        raise AlreadyEnrolled
    if not done_before:
        _check_comes_after(person, programme)


def _check_comes_after(person: User, programme: ProgrammePage) -> None:
    if missing := missing_before(person, programme):
        raise ComesAfter(missing)


@transaction.atomic
def complete_unit(
    person: User, unit: UnitPage, *, detail: dict | None = None, valid_until: date | None = None
) -> Completion:
    """The only way in: record that a person completed a unit and tick it off wherever an open enrolment needs it.

    Idempotent per person, unit and cycle: a second call returns the first completion.
    `detail` is kept for certificates and records; lessons and quizzes stay in date for 12 months unless told otherwise.
    """
    User.objects.select_for_update().get(pk=person.pk)
    completion = _record(
        person,
        unit,
        cycle_for(person, unit.translation_key),
        detail=detail or {},
        valid_until=valid_until or timezone.localdate() + IN_DATE,
    )
    _tick_off(completion, _asked(person, unit))
    return completion


@transaction.atomic
def credit_unit(credit: Credit, unit: UnitPage) -> Completion:
    """Record that a person learned a unit before, elsewhere, and tick it off as `complete_unit` does.

    It was done on the day of the credit: a renewal that opened later does not take it. Where a completion that is in
    date stands already, that one is returned and goes on counting. Of this platform's text no revision was read.
    """
    person = User.objects.select_for_update().get(pk=credit.person_id)
    done_at = timezone.make_aware(datetime.combine(credit.done_on, time(12)))
    asked = _asked(person, unit).filter(Q(enrolment__cycle=1) | Q(enrolment__opened_at__lte=done_at))
    completion = _record(
        person,
        unit,
        _cycle_for_credit(person, unit, asked),
        credit=credit,
        detail={"title": unit.title},
        completed_at=done_at,
        valid_until=credit.valid_until,
        revision_id=None,
    )
    _tick_off(completion, asked)
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
        settle(enrolment)
    return completion


def keep_place(person: User, unit: UnitPage, *, card: str, position: int, of: int) -> Place:
    """Remember the card she is at. Only that she has started depends on it."""
    place, created = Place.objects.update_or_create(
        person=person, unit_key=unit.translation_key, defaults={"card": card, "position": position, "of": of}
    )
    if created:
        asking = person.enrolments.open().filter(started_at=None, requirements__unit_key=unit.translation_key)
        Enrolment.objects.filter(pk__in=asking.values("pk")).update(started_at=timezone.now())
    return place


def rebuild_counts(enrolments: Iterable[Enrolment]) -> int:
    """Count again what is done; returns how many enrolments had been wrong."""
    return sum(_recount(enrolment.pk) for enrolment in enrolments)


@transaction.atomic
def _recount(pk: UUID) -> bool:
    enrolment = Enrolment.objects.select_for_update().get(pk=pk)
    before = (enrolment.required_count, enrolment.done_count)
    count(enrolment)
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


def _cycle_for_credit(person: User, unit: UnitPage, asked: QuerySet[Requirement]) -> int:
    """A completion that is in date stands; beside one that is not the credit takes the next cycle."""
    last = person.completions.filter(unit_key=unit.translation_key, flagged_at=None).order_by("cycle").last()
    if last:
        return last.cycle + (last.valid_until < timezone.localdate())
    return asked.aggregate(cycle=Max("enrolment__cycle"))["cycle"] or 1


def _asked(person: User, unit: UnitPage) -> QuerySet[Requirement]:
    """The rows of her open enrolments that still ask for this unit."""
    return Requirement.objects.filter(
        enrolment__in=person.enrolments.open(), unit_key=unit.translation_key, completed_at=None
    )


def _tick_off(completion: Completion, asked: QuerySet[Requirement]) -> None:
    enrolments = [row.enrolment for row in asked.select_related("enrolment")]
    asked.update(completion=completion, completed_at=completion.completed_at)
    Place.objects.filter(person=completion.person_id, unit_key=completion.unit_key).delete()
    for enrolment in enrolments:
        settle(enrolment)


def _record(person: User, unit: UnitPage, cycle: int, **values) -> Completion:
    """What an alias shows is its source's text: that language and that revision were completed."""
    source = unit.alias_of or unit
    defaults = {
        "kind": unit.specific_class.kind,
        "language": source.locale.language_code,
        "revision_id": source.live_revision_id,
    }
    completion, _created = Completion.objects.get_or_create(
        person=person, unit_key=unit.translation_key, cycle=cycle, flagged_at=None, defaults=defaults | values
    )
    return completion
