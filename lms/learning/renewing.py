"""A renewal: the next cycle of a programme, which asks for a refresher and for practicals that are watched again."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from curriculum.models import ProgrammePage
from lms.core.models import Country
from lms.people.models import User

from .models import Enrolment
from .requirements import Wanted, units_for
from .services import enrol


class NotARefresher(Exception):
    """The programme renews no others."""


@transaction.atomic
def renew(
    person: User,
    programme: ProgrammePage,
    *,
    refresher: ProgrammePage | None = None,
    practicals: Collection[UUID] | None = None,
    due_on: date | None = None,
    by: User | None = None,
) -> Enrolment:
    """Open the cycle that renews a programme she has completed. It takes nothing from before it opened.

    It asks for the refresher's units and for the programme's practicals: all, or those with these keys. Without a
    refresher, or where hers has nothing for her country, it asks for the whole programme. Raises AlreadyEnrolled while
    a cycle is open, and NotARefresher.
    """
    if refresher and not refresher.is_refresher:
        raise NotARefresher
    wanted = units_to_renew(programme, refresher, person.country, practicals) if refresher else []
    if not any(unit.required for unit in wanted):
        return enrol(person, programme, due_on=due_on, done_before=True, by=by)
    return enrol(person, programme, due_on=due_on, units=wanted, done_before=True, refresher=refresher, by=by)


def units_to_renew(
    programme: ProgrammePage, refresher: ProgrammePage, country: Country, practicals: Collection[UUID] | None = None
) -> list[Wanted]:
    """What a renewal asks for in a country, each unit once: the refresher's units, then the programme's practicals."""
    units = units_for(refresher, country)
    asked = {wanted.unit.translation_key for wanted in units}
    watched = [wanted for wanted in practicals_of(programme, country) if wanted.unit.translation_key not in asked]
    return units + [one for one in watched if practicals is None or one.unit.translation_key in practicals]


def practicals_of(programme: ProgrammePage, country: Country) -> list[Wanted]:
    """Those that whoever opens a renewal chooses from."""
    return [wanted for wanted in units_for(programme, country) if wanted.unit.kind == "practical"]


def units_again(enrolment: Enrolment, programme: ProgrammePage) -> list[Wanted]:
    """What an enrolment asks for by the pages of today and its country of today; a renewal keeps the practicals that
    were chosen."""
    pages = ProgrammePage.objects.live().filter(locale__language_code="en", translation_key=enrolment.refresher_key)
    if not enrolment.refresher_key or not (refresher := pages.first()):
        return units_for(programme, enrolment.country)
    chosen = set(enrolment.requirements.filter(kind="practical").values_list("unit_key", flat=True))
    return units_to_renew(programme, refresher, enrolment.country, chosen)
