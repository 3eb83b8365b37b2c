"""The one query behind numbers, chart, file and lists: who stood where on a day.

Written in SQL around the ORM's parts: the ORM joins tables, not queries, and a query a person is too slow for 100,000.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from lms.learning.models import Enrolment
from lms.people.models import User

from ..states import CERTIFIED, State
from . import parts

LEVELS = ("country", "site", "cohort", "job")
LONG_OVERDUE = timedelta(days=30)
WITHIN = 90
OTHER = (State.COMPLETE, State.BEING_DRAWN, State.WITHDRAWN, State.CLOSED)


@dataclass(frozen=True)
class Chosen:
    """What is looked at. `at` narrows levels to one value each; None means those without one.

    `countries`: of no others, where not all that she may see may be told.
    """

    on: date
    within: int = WITHIN
    programme: UUID | None = None
    at: Mapping[str, Any] = field(default_factory=dict)
    countries: tuple[str, ...] | None = None


def condition(measure: str, chosen: Chosen) -> tuple[str, list]:
    """What a number counts, said of a row of `joined`."""
    day = connection.ops.adapt_datefield_value
    long_ago, soon = chosen.on - LONG_OVERDUE, chosen.on + timedelta(days=chosen.within)
    return {
        "people": ("1 = 1", []),
        "certified": _in(CERTIFIED),
        "ends": _and(_in(CERTIFIED), ("valid_until <= %s", [day(soon)])),
        "expired": _in([State.EXPIRED]),
        "in_progress": _in([State.IN_PROGRESS]),
        "overdue": ("due < %s", [day(chosen.on)]),
        "long_overdue": ("due < %s", [day(long_ago)]),
        "to_confirm": _in([State.TO_CONFIRM]),
        "blocked": _in([State.BLOCKED]),
        "again": ("again = 1", []),
        "specimen": _in([State.SPECIMEN]),
        "other": _in(OTHER),
    }[measure]


def count_by(user: User, chosen: Chosen, level: str, measures: list[str]) -> list[tuple]:
    """The level's value and a number for each measure, a row for each value. One query."""
    try:
        rows, params = joined(user, chosen)
    except EmptyResultSet:
        return []
    conditions = [condition(measure, chosen) for measure in measures]
    counts = ", ".join(f"COUNT(*) FILTER (WHERE {text})" for text, _values in conditions)
    values = [value for _text, values in conditions for value in values]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH standing AS MATERIALIZED ({rows}) SELECT {level}, {counts} FROM standing GROUP BY {level}",
            [*params, *values],
        )
        return cursor.fetchall()


def enrolments_where(user: User, chosen: Chosen, measure: str) -> QuerySet[Enrolment]:
    """The rows that a number counts."""
    try:
        rows, params = joined(user, chosen)
    except EmptyResultSet:
        return Enrolment.objects.none()
    text, values = condition(measure, chosen)
    found = RawSQL(f"SELECT id FROM ({rows}) AS standing WHERE {text}", [*params, *values])
    return Enrolment.objects.filter(pk__in=found)


def joined(user: User, chosen: Chosen) -> tuple[str, list]:
    """A row for each person and programme: where she was and how she stood, as SQL and its parameters."""
    enrolments = parts.enrolments(chosen.on)
    if chosen.programme:
        enrolments = enrolments.filter(programme_key=chosen.programme)
    where, values = _where(chosen)
    pieces = (
        (
            "SELECT e.id, COALESCE(s.country_id, p.country_id) AS country, s.site_id AS site, e.cohort_id AS cohort,"
            " p.job AS job, COALESCE(c.state, e.alone) AS state, c.valid_until, e.due,"
            " CASE WHEN r.enrolment_id IS NULL THEN 0 ELSE 1 END AS again FROM",
            enrolments,
        ),
        ("AS e JOIN", parts.people(user)),
        ("AS p ON p.id = e.person_id LEFT JOIN", parts.certificates(chosen.on)),
        ("AS c ON c.holder_id = e.person_id AND c.programme_key = e.programme_key LEFT JOIN", parts.places(chosen.on)),
        ("AS s ON s.person_id = e.person_id LEFT JOIN", parts.to_learn_again(chosen.on)),
    )
    sql, params = "", []
    for text, query in pieces:
        inner, given = query.query.sql_with_params()
        sql += f"{text} ({inner}) "
        params += given
    return f"{sql} AS r ON r.enrolment_id = e.id {where}", [*params, *values]


COLUMNS = {
    "country": "COALESCE(s.country_id, p.country_id)",
    "site": "s.site_id",
    "cohort": "e.cohort_id",
    "job": "p.job",
}


def _where(chosen: Chosen) -> tuple[str, list]:
    asked = [
        f"{COLUMNS[level]} IS NULL" if value is None else f"{COLUMNS[level]} = %s" for level, value in chosen.at.items()
    ]
    values = [value for value in chosen.at.values() if value is not None]
    if chosen.countries is not None:
        asked.append(f"{COLUMNS['country']} IN ({', '.join(['%s'] * len(chosen.countries)) or 'NULL'})")
        values += chosen.countries
    return "WHERE " + " AND ".join(asked) if asked else "", values


def _in(states) -> tuple[str, list]:
    return f"state IN ({', '.join(['%s'] * len(states))})", [str(state) for state in states]


def _and(*conditions: tuple[str, list]) -> tuple[str, list]:
    return " AND ".join(text for text, _values in conditions), [one for _text, values in conditions for one in values]
