"""Who may be one person under two staff numbers: the same phone, HR number, or name and birth year; or a near name.

Only ever a list for people to judge.
"""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from .models import User

MOST = 50  # groups of one kind: the rest follows when these are settled
LOOKED_AT = 5000
NEAR = 88  # of 100
SHOWN = 8
NAMES = {"given": "given_names", "family": "family_name"}


@dataclass(frozen=True)
class Group:
    why: str | Promise
    people: list[User]


def doubles(people: QuerySet[User]) -> list[Group]:
    """Groups of people who are alike in something that tells people apart. Six queries."""
    people = people.order_by()
    kinds = (
        (_("Same phone"), people.exclude(phone=""), ("phone",)),
        (_("Same HR number"), people.exclude(hr_number=""), ("hr_number",)),
        (_("Same name and birth year"), people.exclude(birth_year=None), ("given", "family", "birth_year")),
    )
    return [group for why, rows, keys in kinds for group in _groups(why, rows, keys)]


def like(person: User, people: QuerySet[User]) -> list[User]:
    """The likeliest first: those alike in phone or HR number, then near names. Of a bounded number; two queries."""
    people = people.exclude(pk=person.pk).order_by()
    sure = Q(pk=None)
    for field in ("phone", "hr_number"):
        if value := getattr(person, field):
            sure |= Q(**{field: value})
    found = list(people.filter(sure)[:SHOWN])
    begins = Q(family_name__istartswith=person.family_name[:2]) | Q(given_names__istartswith=person.given_names[:2])
    near = people.filter(begins, country=person.country_id)
    if person.birth_year:
        near = near.filter(Q(birth_year=None) | Q(birth_year=person.birth_year))
    names = {row.pk: row for row in near.only("given_names", "family_name", "staff_number", "country")[:LOOKED_AT]}
    texts = {key: _plain(row) for key, row in names.items()}
    matches = process.extract(_plain(person), texts, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR, limit=SHOWN)
    known = {row.pk for row in found}
    return [*found, *(names[key] for _text, _score, key in matches if key not in known)][:SHOWN]


def _groups(why: Promise, people: QuerySet[User], keys: tuple[str, ...]) -> list[Group]:
    people = people.annotate(**{key: Lower(name) for key, name in NAMES.items() if key in keys})
    many = people.values(*keys).annotate(n=Count("pk")).filter(n__gt=1).order_by(*keys).values_list(*keys)[:MOST]
    wanted = {tuple(map(str, row)): [] for row in many}
    alike = Q(pk=None)
    for row in many:
        alike |= Q(**dict(zip(keys, row, strict=True)))
    for person in people.filter(alike).select_related("country").order_by("created_at"):
        wanted[tuple(str(getattr(person, key)) for key in keys)].append(person)
    return [Group(why, rows) for rows in wanted.values()]


def _plain(person: User) -> str:
    return f"{person.given_names} {person.family_name}".casefold()
