"""People who are known already and could be one of the recruits, and what may be done about each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.people.models import Departure, User
from lms.people.permissions import commanded_by, people_visible_to

from ..models import Enrolment, Intake
from .likeness import Names, marks

FIELDS = ("pk", "given_names", "family_name", "birth_year", "phone", "hr_number", "country_id", "merged_into_id")
SAYS = {
    "phone": gettext_lazy("%(who)s has this phone already."),
    "hr_number": gettext_lazy("%(who)s has this HR number already."),
    "name": gettext_lazy("%(who)s has this name and birth year already."),
    "near": gettext_lazy("%(who)s has nearly this name, and this birth year."),
}


@dataclass(frozen=True)
class Match:
    """Why a row may be somebody. `sure`: leave it out unless told otherwise. `person`: who may be enrolled instead."""

    text: str
    sure: bool = True
    person: User | None = None


def matches(intake: Intake, recruits: list[dict], user: User) -> dict[tuple, list[Match]]:
    """By mark of a recruit («near» and her name: nearly hers), who is known by it. A fixed number of queries.

    People are read in chunks: a country's may be many. Who erased her record is nobody.
    """
    found = _found(intake, recruits)
    people = _people({key for keys in found.values() for key in keys}, intake, user)
    return {mark: [_match(mark[0], people.get(key)) for key in keys] for mark, keys in found.items()}


def _found(intake: Intake, recruits: list[dict]) -> dict[tuple, list[UUID]]:
    wanted = {mark for recruit in recruits for mark in marks(recruit)}
    names, found = Names(recruits), defaultdict(list)
    for row in _candidates(intake, recruits).values(*FIELDS).iterator(chunk_size=2000):
        key = row["merged_into_id"] or row["pk"]
        row["hr_number"] = row["hr_number"] if row["country_id"] == intake.country_id else ""
        row["birth_year"] = row["birth_year"] if row["country_id"] == intake.country_id else None
        hit = [mark for mark in marks(row) if mark in wanted and mark[0] != "row"]
        hit = hit or [("near", near, row["birth_year"]) for near in names.near(row)]
        for mark in hit:
            found[mark] += [key] if key not in found[mark] else []
    return found


def _candidates(intake: Intake, recruits: list[dict]):
    """Of her own country by phone, HR number and birth year; elsewhere only by phone."""
    phones, numbers, years = (_all(recruits, key) for key in ("phone", "hr_number", "birth_year"))
    here = Q(hr_number__in=numbers) | Q(birth_year__in=years)
    return User.objects.filter(Q(phone__in=phones) | Q(here, country=intake.country), erased_at=None).order_by()


def _all(recruits: Iterable[dict], key: str) -> set:
    return {recruit[key] for recruit in recruits if recruit[key]}


def _people(keys: set[UUID], intake: Intake, user: User) -> dict[UUID, User]:
    """Those whom this user may see, with what stands against enrolling each."""
    taking = Enrolment.objects.open().filter(person=OuterRef("pk"), programme_key=intake.programme_key)
    gone = Departure.objects.filter(person=OuterRef("pk"), rejoined_on=None)
    visible = people_visible_to(user).filter(pk__in=keys, merged_into=None)
    found = visible.annotate(is_taking=Exists(taking), is_gone=Exists(gone)).in_bulk()
    below = commanded_by(user, found.values())
    for person in found.values():
        stands = person.is_active and not person.is_gone and person.country_id == intake.country_id
        person.may_be_enrolled = stands and not person.is_taking and person.pk in below
    return found


def _match(kind: str, person: User | None) -> Match:
    who = person.staff_number if person else _("Somebody at another site")
    said = [str(SAYS[kind]) % {"who": who}]
    if person and person.is_gone:
        said.append(_("She has left: take her back on her own page first."))
    elif person and person.is_taking:
        said.append(_("She takes this programme already."))
    link = person if person and person.may_be_enrolled else None
    return Match(" ".join(said), sure=kind != "near", person=link)
