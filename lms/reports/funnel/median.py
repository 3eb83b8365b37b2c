"""Medians and days in the database: PostgreSQL has both, SQLite is given a median and counts in Julian days."""

import statistics

from django.db.models import Aggregate, FloatField, Func


class Median(Aggregate):
    """The middle value, or the mean of the two in the middle; empty values are left out."""

    function = "MEDIAN"
    output_field = FloatField()

    def as_postgresql(self, compiler, connection, **context):
        template = "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **context)


class DaysBetween(Func):
    """Days from one moment to a later one, with their fraction; none below zero."""

    arity = 2
    output_field = FloatField()

    def as_postgresql(self, compiler, connection, **context):
        """GREATEST passes over what is empty, which a difference must not."""
        return self._difference(compiler, "EXTRACT(EPOCH FROM (%s) - (%s)) / 86400.0")

    def as_sqlite(self, compiler, connection, **context):
        return self._difference(compiler, "JULIANDAY(%s) - JULIANDAY(%s)")

    def _difference(self, compiler, template: str) -> tuple[str, list]:
        (earlier, first), (later, then) = (compiler.compile(one) for one in self.get_source_expressions())
        days = template % (later, earlier)
        return f"CASE WHEN {days} < 0 THEN 0.0 ELSE {days} END", [*then, *first, *then, *first]


class MiddleValue:
    """SQLite's way to add an aggregate of one's own."""

    def __init__(self):
        self.values: list[float] = []

    def step(self, value: float | None) -> None:
        if value is not None:
            self.values.append(value)

    def finalize(self) -> float | None:
        return statistics.median(self.values) if self.values else None


def teach_sqlite(connection, **kwargs) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_aggregate("MEDIAN", 1, MiddleValue)
