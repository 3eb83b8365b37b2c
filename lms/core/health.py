"""What /healthz says: database, storage, migrations, worker. Nothing about anyone."""

from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone


def respond() -> JsonResponse:
    """200 with «ok» for every part, else 503 with the parts that are not."""
    parts = {name: _state(check) for name, check in CHECKS.items()}
    healthy = all(state == "ok" for state in parts.values())
    return JsonResponse(parts, status=200 if healthy else 503, headers={"Cache-Control": "no-store"})


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
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def worker() -> bool:
    """No task has been waiting for its turn for more than five minutes."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    late = timezone.now() - timezone.timedelta(minutes=5)
    return not DBTaskResult.objects.filter(status=TaskResultStatus.READY, enqueued_at__lt=late).exists()


CHECKS = {"database": database, "storage": storage, "migrations": migrations, "worker": worker}
