"""The rows that an enrolment asks for: found in the programme, written down, ticked off, counted.

Whoever calls one of the functions that write holds the lock on the person.
"""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from curriculum.models import ModulePage, ProgrammePage, UnitPage
from lms.core.models import Country

from . import milestones
from .models import Completion, Enrolment, Requirement
from .signals import programme_completed


@dataclass(frozen=True)
class Wanted:
    """A unit that a programme asks for in one country."""

    unit: UnitPage
    module_key: UUID | None
    required: bool
    opens_after: list[str]


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


def requirements_for(enrolment: Enrolment, units: list[Wanted]) -> list[Requirement]:
    """The rows, not saved yet, in the order of the programme."""
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


def tick_done(enrolment: Enrolment, *, is_renewal: bool | None = None) -> None:
    """Tick off what the person has completed already and what is still in date.

    A renewal (each cycle after the first, and what asks for a refresher, unless told otherwise) takes nothing from
    before it opened.
    """
    done = Completion.objects.filter(person=enrolment.person, flagged_at=None, valid_until__gte=timezone.localdate())
    if is_renewal is None:
        is_renewal = enrolment.cycle > 1 or enrolment.refresher_key is not None
    if is_renewal:
        done = done.filter(completed_at__gte=enrolment.opened_at)
    for completion in done.order_by("-completed_at"):
        enrolment.requirements.filter(unit_key=completion.unit_key, completed_at=None).update(
            completion=completion, completed_at=completion.completed_at
        )


def count(enrolment: Enrolment) -> None:
    """Keep on the enrolment how many it asks for, how many are done, and when she started and was half through."""
    rows = list(enrolment.requirements.filter(required=True).values_list("kind", "completed_at"))
    enrolment.required_count = len(rows)
    enrolment.done_count = sum(at is not None for _kind, at in rows)
    started = [at for at in (enrolment.started_at, milestones.first_at(rows)) if at]
    enrolment.started_at = min(started, default=None)
    enrolment.half_at, enrolment.theory_at = milestones.half_at(rows), milestones.theory_at(rows)
    enrolment.save(update_fields=["required_count", "done_count", "started_at", "half_at", "theory_at"])


def settle(enrolment: Enrolment) -> None:
    """Count, and where nothing is left, stamp the enrolment and tell."""
    count(enrolment)
    if enrolment.required_count and enrolment.done_count == enrolment.required_count:
        stamped = Enrolment.objects.filter(pk=enrolment.pk, completed_at=None).update(completed_at=timezone.now())
        if stamped:
            enrolment.refresh_from_db()
            programme_completed.send(sender=Enrolment, enrolment=enrolment)
