"""What /healthz says: database, storage, migrations, worker. Nothing about anyone."""

from datetime import timedelta
from functools import cache

from django.core.cache import cache as shared
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

PATIENCE = timedelta(minutes=5)
LAST_TICK = "health:last-tick"


def respond() -> JsonResponse:
    """200 with «ok» for every part, else 503 with the parts that are not."""
    parts = {name: _state(check) for name, check in CHECKS.items()}
    healthy = all(state == "ok" for state in parts.values())
    return JsonResponse(parts, status=200 if healthy else 503, headers={"Cache-Control": "no-store"})


def tick_ran() -> None:
    shared.set(LAST_TICK, timezone.now(), timeout=None)


def _state(check) -> str:
    try:
        return "ok" if check() else "not ok"
    except Exception as error:
        return f"not ok: {type(error).__name__}"


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def storage() -> bool:
    """The private store can be listed; where nothing was kept yet, there is nothing to list."""
    try:
        storages["private"].listdir("")
    except FileNotFoundError:
        return True
    return True


def migrations() -> bool:
    return _on_disk() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def _on_disk() -> frozenset:
    """Read once: a process's own code does not change."""
    return frozenset(MigrationLoader(None).graph.nodes)


def worker() -> bool:
    """`tick` ran, and no task has been due, for the last five minutes."""
    now = timezone.now()
    last_tick = shared.get(LAST_TICK)
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - PATIENCE)
    overdue = waiting.exclude(run_after__range=(now - PATIENCE, now))
    return last_tick is not None and now - last_tick < PATIENCE and not overdue.exists()


CHECKS = {"database": database, "storage": storage, "migrations": migrations, "worker": worker}
