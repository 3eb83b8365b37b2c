"""What the reports cost on the crowd of tests/bench/crowd.py: CPU of a first page, queries, memory of files.

Fill a database first: python -m tests.bench.crowd [people]. Then: python -m tests.bench.reports
`first` counts anew, `warm` is the same page within the minute that numbers are remembered. CPU is this process's; on
PostgreSQL that of its backend is added. Wall clock says more about what else the machine does.
"""

import os
import resource
import statistics
import sys
import time

RUNS = 3
PAGES = (
    ("status", ""),
    ("status", "by=site"),
    ("status", "by=cohort"),
    ("status", "by=job"),
    ("status", "on={before}"),
    ("status-list/ends", ""),
    ("status-list/overdue", ""),
    ("status-list/to_confirm", ""),
    ("status-list/again", ""),
    ("funnel", ""),
    ("trend", ""),
    ("donor", ""),
    ("donor", "rows=area&columns=quarter"),
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.demo")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    django.setup()
    from django.db import connection

    from lms.people.models import User

    print(f"{User.objects.count():,} people, {connection.vendor}; median of {RUNS}, ms")
    print(f"{'page':34} {'who':6} {'first: CPU+DB':>14} {'wall':>6} {'warm':>6} {'wall':>6} {'queries':>8}")
    for who, client in clients().items():
        for name, query in PAGES:
            report(who, client, name, query)
    memory(clients()["boss"])


def clients() -> dict:
    """An administrator, who sees everyone, and HR of one country."""
    from django.test import Client

    from lms.people.models import Role, User
    from tests.factories.people import post

    fields = {"given_names": "Bench", "country_id": "KE", "password": "!"}
    chief = {"is_superuser": True, "family_name": "A"}
    boss, _ = User.objects.get_or_create(staff_number="Z900001", defaults=chief | fields)
    hr, made = User.objects.get_or_create(staff_number="Z900002", defaults={"family_name": "B"} | fields)
    if made:
        post(hr, Role.HR)
    found = {name: Client(headers={"host": "localhost"}) for name in ("boss", "hr")}
    for client, person in zip(found.values(), (boss, hr), strict=True):
        client.force_login(person)
    return found


def address(name: str) -> str:
    from django.urls import reverse

    name, _, measure = name.partition("/")
    return reverse(f"reports:{name}", args=[measure] if measure else [])


def report(who: str, client, name: str, query: str) -> None:
    from datetime import timedelta

    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    path = f"{address(name)}?{query.format(before=timezone.localdate() - timedelta(days=200))}"
    client.get(path)
    first = []
    for _ in range(RUNS):
        cache.clear()
        first.append(clocked(client, path))
    warm = [clocked(client, path) for _ in range(RUNS)]
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    middle = [statistics.median(column) for times in (first, warm) for column in zip(*times, strict=True)]
    label = f"{name} {query}".strip()
    print(f"{label:34} {who:6} {middle[0]:14.0f} {middle[1]:6.0f} {middle[2]:6.0f} {middle[3]:6.0f} {len(asked):8}")


def clocked(client, path: str) -> tuple[float, float]:
    """Milliseconds of CPU, here and in the database's process, and of wall clock."""
    wall, before = time.perf_counter(), cpu()
    assert client.get(path).status_code == 200, path
    return 1000 * (cpu() - before), 1000 * (time.perf_counter() - wall)


def cpu() -> float:
    from django.db import connection

    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime + (backend_cpu(connection) if connection.vendor == "postgresql" else 0)


def backend_cpu(connection) -> float:
    """Seconds of the backend; parallel workers are not in it, so they are switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(client) -> None:
    """How much the process grew while the longest list left as a file."""
    for kind in ("csv", "xlsx"):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.perf_counter()
        answer = client.get(address("status-list/people"), {"export": kind})
        size = sum(len(piece) for piece in answer.streaming_content)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        said = f"{size / 1e6:.1f} MB in {time.perf_counter() - begun:.0f} s, {grown:.0f} MB more memory"
        print(f"file of all, {kind}: {said}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
