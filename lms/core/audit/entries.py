"""The entries of Wagtail's two audit logs, as they are sealed."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db.models import Model
from wagtail.models import ModelLogEntry, PageLogEntry

from ..models import SealedEntry
from . import chain

CHUNK = 1000
Log = SealedEntry.Log
LOGS: dict[str, type[Model]] = {Log.MODEL.value: ModelLogEntry, Log.PAGE.value: PageLogEntry}
ABOUT = {Log.MODEL.value: "object_id", Log.PAGE.value: "page_id"}
# The type of the thing is left out: its row goes with an app that is taken out, and the label says what it was.
FIELDS = ("pk", "timestamp", "user_id", "action", "label", "data", "uuid", "revision_id", "content_changed", "deleted")


def digests(log: str, pks: Iterable[str | int]) -> dict[str, str]:
    """Primary key as text → digest, of those that are there. One query."""
    rows = LOGS[log].objects.filter(pk__in=list(pks)).order_by().values(*FIELDS, ABOUT[log])
    return {str(row["pk"]): chain.digest(_plain(log, row)) for row in rows}


def keys(*, since: datetime | None = None, until: datetime | None = None) -> Iterator[list[tuple[str, int]]]:
    """(log, primary key) of both logs in the order in which they were written, in chunks."""
    both = heapq.merge(*(_dated(log, since, until) for log in LOGS))
    while chunk := list(islice(both, CHUNK)):
        yield [(log, pk) for _at, log, pk in chunk]


def unsealed(chunk: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Those of a chunk that no seal covers, in their order. A query for each log."""
    sealed: set[tuple[str, str]] = set()
    for log in LOGS:
        wanted = [str(pk) for of, pk in chunk if of == log]
        sealed.update(SealedEntry.objects.filter(log=log, entry__in=wanted).values_list("log", "entry"))
    return [(log, pk) for log, pk in chunk if (log, str(pk)) not in sealed]


def _dated(log: str, since: datetime | None, until: datetime | None) -> Iterator[tuple[datetime, str, int]]:
    rows = LOGS[log].objects.order_by("timestamp", "pk")
    rows = rows.filter(timestamp__gte=since) if since else rows
    rows = rows.filter(timestamp__lt=until) if until else rows
    for timestamp, pk in rows.values_list("timestamp", "pk").iterator(chunk_size=CHUNK):
        yield timestamp, log, pk


def _plain(log: str, row: dict) -> dict:
    """As JSON writes it, the same from every database: times in UTC to the microsecond, keys as text."""
    return {
        "log": log,
        "pk": str(row["pk"]),
        "about": str(row[ABOUT[log]]),
        "at": chain.moment(row["timestamp"]),
        "by": str(row["user_id"] or ""),
        "action": row["action"],
        "label": row["label"],
        "data": row["data"],
        "with": str(row["uuid"] or ""),
        "revision": str(row["revision_id"] or ""),
        "changed": row["content_changed"],
        "deleted": row["deleted"],
    }
