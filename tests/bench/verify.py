"""What checking costs: CPU and queries of the server by code, the bytes of /V. Run: python -m tests.bench.verify

CPU: of one gunicorn worker, median of 500 requests after 50, each from an address of its own, from the kernel's account
of the process. Bytes: gzip bodies of the page with its styles and scripts, the camera's among them.
"""

import cProfile
import os
import pstats
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlencode

from . import pages

MOST_MS, MOST_QUERIES, MOST_KB = 6, 4, 14
SCRIPTS = ("js/credential.js", "js/camera.js")  # named by the page, loaded by its script
STAGES = {
    "all middleware": ("security.py", "__call__"),
    "limits": ("limits.py", "count_check"),
    "the register": ("verification.py", "check"),
    "words": ("saying.py", "said"),
    "template": ("loader.py", "render_to_string"),
}
addresses = count(1)


def main() -> int:
    with site():
        codes = make_certificates()
        with pages.server() as (port, worker):
            fine = [report(port, worker, state, code) for state, code in codes.items()]
            fine.append(weigh(port))
        say_where_time_goes(codes["valid"])
    return 0 if all(fine) else 1


@contextmanager
def site():
    with tempfile.TemporaryDirectory() as folder:
        more = {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "lms.settings.demo", "LOG_LEVEL": "ERROR"}
        os.environ |= more | {"TRUSTED_PROXIES": "1"}
        for command in ("migrate", "createcachetable", "collectstatic --noinput"):
            subprocess.run([sys.executable, "manage.py", *command.split()], check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        yield


def make_certificates() -> dict[str, str]:
    """A code for each state. The rows stand for themselves: nothing is drawn."""
    from django.utils import timezone

    from certificates.models import Certificate
    from certificates.proof import codes

    now, ended = timezone.now(), {"valid_until": date(2026, 1, 31)}
    states = {
        "valid": {},
        "withdrawn": {"revoked_at": now, "revoked_reason": "conduct"},
        "replaced": {"superseded_at": now},
        "expired": ended,
    }
    fields = {"programme_key": "00000000-0000-4000-8000-000000000001", "programme_code": "P", "programme_version": 1}
    fields |= {"title": "Community health, level 1", "level": "Community health worker", "country_code": "KE"}
    fields |= {"country_name": "Kenya", "awarded_on": date(2025, 1, 2), "valid_until": date(2100, 1, 31)}
    fields |= {"drawn_at": now, "confirmed_at": now, "pdf_sha256": "0" * 64, "snapshot_sha256": "0" * 64}
    made = {}
    for index, (state, changes) in enumerate(states.items()):
        made[state] = codes.new()
        Certificate.objects.create(code=made[state], status_index=index, **(fields | changes))
    return made | {"not_found": codes.new(), "typing_error": "7K2M"}


def report(port: int, worker: int, state: str, code: str) -> bool:
    spent = pages.spend(worker, partial(ask, port, code, state))
    queries = count_queries(code)
    print(f"{state:13} {spent:5.2f} ms CPU (limit {MOST_MS}), {queries} queries (limit {MOST_QUERIES})", flush=True)
    return spent <= MOST_MS and queries <= MOST_QUERIES


def ask(port: int, code: str, state: str) -> None:
    number = next(addresses)
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"X-Forwarded-For": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"}
    headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "gzip"}
    connection.request("POST", "/verify/", urlencode({"code": code}), headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{state} answered {response.status}")


def count_queries(code: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as asked:
        Client(headers={"host": "localhost"}).post("/verify/", {"code": code})
    return len(asked)


def weigh(port: int) -> bool:
    from django.templatetags.static import static

    whole, html = pages.weigh(port, "/V", {})
    whole += sum(len(pages.fetch(port, static(script), {})) for script in SCRIPTS)
    print(f"/V with styles and scripts {whole / 1000:.1f} kB, its HTML {html / 1000:.1f} (limit {MOST_KB})")
    return whole <= MOST_KB * 1000


def say_where_time_goes(code: str) -> None:
    from django.test import Client

    browser, profile = Client(headers={"host": "localhost"}), cProfile.Profile()
    for number in range(50):
        profile.runcall(browser.post, "/verify/", {"code": code}, headers={"x-forwarded-for": f"10.9.9.{number}"})
    stats = pstats.Stats(profile).stats
    whole = max(row[3] for row in stats.values())
    print("Where the time goes (profiled, in the test client; parts overlap):")
    for stage, (file, function) in STAGES.items():
        spent = sum(row[3] for (path, _, called), row in stats.items() if called == function and path.endswith(file))
        print(f"  {spent / whole:5.0%}  {stage}")


if __name__ == "__main__":
    sys.exit(main())
