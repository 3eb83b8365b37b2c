"""The list of people at any size: who is in it is asked narrowly, what is said of each only for the rows of a page.

State and end of a certificate are joined once, by the parts that the status report counts with.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from wagtail.admin.paginator import WagtailPaginator

from lms.learning.models import Enrolment
from lms.people.models import User
from lms.people.permissions import keys_visible_to, people_visible_to

from . import states
from .states import State
from .status import parts

CHUNK = 500


def rows_of(user: User, on: date, *, many: bool = False) -> QuerySet[Enrolment]:
    """The last cycle by then of each programme of each person whom this user may see.

    `many`: all of them are wanted, not the first by name: then it is quicker to gather the people before.
    """
    until = states.end_of(on)
    same = {"person": OuterRef("person"), "programme_key": OuterRef("programme_key")}
    later = Enrolment.objects.filter(cycle__gt=1, opened_at__lt=until, **same).filter(cycle__gt=OuterRef("cycle"))
    stands = {"person__merged_into": None, "person__erased_at": None}
    rows = Enrolment.objects.filter(~Exists(later), opened_at__lt=until, **stands)
    if user.is_superuser:
        return rows
    return rows.filter(person__in=keys_visible_to(user) if many else people_visible_to(user))


def count_states(rows: QuerySet[Enrolment], on: date) -> dict[str, int]:
    """How many rows there are in each state, and in all under «all». One query."""
    try:
        sql, params = _standing(rows, on)
    except EmptyResultSet:
        counted: dict = {}
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT state, COUNT(*) FROM ({sql}) AS standing GROUP BY state", params)
            counted = dict(cursor.fetchall())
    return {state.value: counted.get(state.value, 0) for state in State} | {"all": sum(counted.values())}


def in_states(
    rows: QuerySet[Enrolment], on: date, wanted: Iterable[str], before: date | None = None
) -> QuerySet[Enrolment]:
    """Those in one of these states, with a certificate that ends before a day where one is named."""
    wanted = [str(state) for state in wanted]
    try:
        sql, params = _standing(rows, on)
    except EmptyResultSet:
        return rows.none()
    condition = f"state IN ({', '.join(['%s'] * len(wanted))})"
    params = [*params, *wanted]
    if before:
        condition += " AND valid_until < %s"
        params.append(connection.ops.adapt_datefield_value(before))
    return rows.filter(pk__in=RawSQL(f"SELECT id FROM ({sql}) AS standing WHERE {condition}", params))


def _standing(rows: QuerySet[Enrolment], on: date) -> tuple[str, list]:
    """Key, state and end of the certificate of each row, as SQL and its parameters."""
    narrow = rows.order_by().annotate(alone=states.of_enrolment_alone(on))
    inner, given = narrow.values("id", "person_id", "programme_key", "alone").query.sql_with_params()
    hers = parts.certificates(on).filter(holder_id__in=RawSQL("SELECT person_id FROM e", []))
    held, values = hers.query.sql_with_params()
    sql = f"SELECT e.id, COALESCE(c.state, e.alone) AS state, c.valid_until FROM e LEFT JOIN ({held})"
    joined = f"{sql} AS c ON c.holder_id = e.person_id AND c.programme_key = e.programme_key"
    return f"WITH e AS MATERIALIZED ({inner}) {joined}", [*given, *values]


def ends_on(on: date) -> Subquery:
    """The last day of her certificate, to order a list by."""
    held = parts.certificates(on).filter(holder_id=OuterRef("person"), programme_key=OuterRef("programme_key"))
    return Subquery(held.values("valid_until")[:1])


class Live(WagtailPaginator):
    """Shows the rows there are, also where their number was remembered and has grown since."""

    def page(self, number):
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        return self._get_page(self.object_list[start : start + self.per_page], number, self)


class Detailed:
    """The rows of a narrow query in its order, each with all that is said of it: read in chunks, so a file of 100,000
    takes no more memory than one of 500."""

    model = Enrolment

    def __init__(self, rows: QuerySet[Enrolment], detailed: QuerySet[Enrolment]):
        self.rows, self.detailed = rows, detailed

    def __len__(self) -> int:
        return self.rows.count()

    def __iter__(self) -> Iterator[Enrolment]:
        keys: list[UUID] = []
        for key in self.rows.values_list("pk", flat=True).iterator(chunk_size=CHUNK):
            keys.append(key)
            if len(keys) == CHUNK:
                yield from in_order(keys, self.detailed)
                keys = []
        yield from in_order(keys, self.detailed)


def in_order(keys: list[UUID], detailed: QuerySet[Enrolment]) -> list[Enrolment]:
    found = detailed.order_by().in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]
