"""What the list of people and one person's page cost, for HR of a country and for an administrator.

Run over a database that tests.bench.crowd filled: python -m tests.bench.people
A row is the best of three: CPU of this process; CPU of PostgreSQL's process on this machine (SQLite's is in the first),
to 10 ms; number of questions. Elapsed time would measure whoever else is at work here.
"""

import os
import time
from pathlib import Path

PAGES = {
    "first page": "",
    "ends soon": "?state=ends_soon",
    "no step for 30 days": "?quiet=30",
    "overdue": "?overdue=True",
    "must retrain": "?retrain=True",
    "never signed in": "?never=True",
    "as of June": "?on=2026-06-01",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.demo")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django

    django.setup()
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from django.conf import settings

    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}, ALLOWED_HOSTS=["*"]):
        for who, client, person in _askers():
            for name, query in PAGES.items():
                _say(f"{who}, {name}", client, f"/cms/reports/people/{query}")
            _say(f"{who}, one person", client, f"/cms/reports/people/{person}/")
            _say(f"{who}, time line", client, f"/cms/reports/people/{person}/time-line/")
            _export(who, client)


def _askers():
    from django.test import Client

    from lms.learning.models import Enrolment
    from lms.people.models import Role, User
    from lms.people.services import create_person, post_person

    somebody = Enrolment.objects.filter(person__country="KE").exclude(completed_at=None).first().person
    hr = create_person(given_names="Bench", family_name="HR", country=somebody.country)
    post_person(hr, Role.HR)
    administrator = create_person(given_names="Bench", family_name="A", country=somebody.country, is_superuser=True)
    post_person(administrator, Role.ADMINISTRATOR)
    for who, user in (("HR", hr), ("administrator", administrator)):
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        yield who, client, somebody.pk


def _say(what: str, client, url: str) -> None:
    cpu, database, queries = min((_once(client, url) for _time in range(3)), key=lambda found: found[0] + found[1])
    total = cpu + database
    print(
        f"{what:36} {total * 1000:5.0f} ms = {cpu * 1000:.0f} CPU + {database * 1000:.0f} database, {queries} queries"
    )


def _once(client, url: str) -> tuple[float, float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun, before = time.process_time(), _database_cpu()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answered {answer.status_code}")
    return time.process_time() - begun, _database_cpu() - before, len(asked)


def _database_cpu() -> float:
    """Seconds of user and system time of the process that answers this connection."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def _export(who: str, client) -> None:
    """The whole list as CSV, and what it added to the memory of the process."""
    import resource

    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    rows = sum(chunk.count(b"\r\n") for chunk in client.get("/cms/reports/people/?export=csv"))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{who}, file of {rows - 1:,} rows: {time.perf_counter() - begun:.0f} s, {grown:.0f} MB more memory")


if __name__ == "__main__":
    main()
