"""Writes rows in bulk, past the models: by COPY on PostgreSQL, in batches on SQLite. For benches only."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

BATCH = 20_000


def insert(fixed, rows: Iterable[dict]) -> int:
    """Rows of a model: `fixed` is an instance with what is the same for all. COPY on PostgreSQL, batches on SQLite."""
    fields = [
        field
        for field in fixed._meta.concrete_fields
        if not (field.primary_key and field.get_internal_type() == "BigAutoField")
    ]
    same = {field.attname: field.get_db_prep_save(field.pre_save(fixed, True), connection) for field in fields}
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(fixed._meta.db_table)
    filled = (tuple((same | row)[field.attname] for field in fields) for row in rows)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _copy(cursor, f"COPY {table} ({columns}) FROM STDIN", filled)
        return _batches(cursor, f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})", filled)


def _copy(cursor, command: str, rows: Iterator[tuple]) -> int:
    count = 0
    with cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _batches(cursor, command: str, rows: Iterator[tuple]) -> int:
    count, batch = 0, []
    for row in rows:
        batch.append(tuple(_for_sqlite(value) for value in row))
        if len(batch) == BATCH:
            cursor.executemany(command, batch)
            count, batch = count + len(batch), []
    cursor.executemany(command, batch)
    return count + len(batch)


def _for_sqlite(value):
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.isoformat() if isinstance(value, date) else value
