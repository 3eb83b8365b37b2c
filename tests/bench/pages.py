"""What the learner's pages cost: bytes on an empty phone, queries, CPU of the server. Run: python -m tests.bench.pages

Bytes: gzip bodies of the page and of everything it loads from here, headers and drawn pictures apart.
CPU: of one gunicorn worker, median of 500 requests after 50, from the kernel's account of the process (nanoseconds).
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

WARM_UPS, MEASURED = 50, 500
LIMITS = {"kB": 14, "queries": 8, "ms": 8}
DRAWN = (".webp", ".jpg", ".png", ".avif")
FILES = re.compile(rb"""<(?:link|script|img)[^>]+?(?:href|src)="([^"]+)\"""")


def main() -> None:
    with site():
        cookie, paths = make_learner()
        with server() as (port, worker):
            report(port, worker, cookie, paths)


@contextmanager
def site():
    """A fresh site with the starter curriculum in a folder of its own; Django is set up in this process too."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "lms.settings.demo", "LOG_LEVEL": "ERROR"}
        for command in ("migrate", "createcachetable", "load_starter", "collectstatic --noinput"):
            subprocess.run([sys.executable, "manage.py", *command.split()], check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        yield


@contextmanager
def server():
    """gunicorn with one worker: its port, and the worker's process id."""
    port = free_port()
    process = start(port)
    try:
        yield port, worker_of(process)
    finally:
        process.terminate()
        process.wait()


def make_learner() -> tuple[str, dict[str, str]]:
    """Somebody in the middle of her first module, in front of its quiz; and the pages she reads."""
    from django.test import Client

    from assessments.models import Purpose, QuizPage
    from assessments.services import start_attempt
    from curriculum.models import LessonPage, ModulePage, ProgrammePage
    from lms.learning.services import complete_unit, enrol, keep_place
    from lms.people.models import User

    values = {"given_names": "Amina", "family_name": "Otieno", "country_id": "KE"}
    person = User.objects.create(staff_number="K100001", **values)
    enrol(person, ProgrammePage.objects.get(code="P-FOUNDATION", locale__language_code="en"))
    module = ModulePage.objects.filter(locale__language_code="en").order_by("path").first()
    lessons = list(LessonPage.objects.child_of(module))
    quiz = QuizPage.objects.child_of(module).get(purpose=Purpose.CERTIFYING)
    keep_place(person, lessons[1], card="", position=2, of=len(lessons[1].cards_for("KE")))
    complete_unit(person, lessons[0])
    attempt = start_attempt(person, quiz, person.country, "en")
    browser = Client()
    browser.force_login(person)
    paths = {"sign-in": "/en/sign-in/", "home": "/en/", "module": module.url, "lesson": lessons[1].url}
    return browser.cookies["sessionid"].value, paths | {"quiz": f"/en/quiz/{attempt.pk}/1/"}


def start(port: int) -> subprocess.Popen:
    address = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "lms.wsgi", "-b", address, "-w", "1", "--no-control-socket"]
    server = subprocess.Popen([*command, "--log-level", "error"])
    for _ in range(300):
        time.sleep(0.1)
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return server
    raise SystemExit("the server did not start")


def report(port: int, worker: int, cookie: str, paths: dict[str, str]) -> None:
    print(f"{'page':8} {'kB':>6} {'html':>6} {'queries':>8} {'routing':>8} {'CPU ms':>7}")
    for name, path in paths.items():
        headers = {"Cookie": f"sessionid={cookie}"} if name != "sign-in" else {}
        size, html = weigh(port, path, headers)
        own, routing = count(path, cookie if headers else "")
        cpu = spend(worker, partial(fetch, port, path, headers))
        print(f"{name:8} {size / 1000:6.1f} {html / 1000:6.1f} {own:8} {routing:8} {cpu:7.2f}")
    print(f"limits   {LIMITS['kB']:6} {'':6} {LIMITS['queries']:8} {'':8} {LIMITS['ms']:7} (CPU: of a lesson)")


def weigh(port: int, path: str, headers: dict[str, str]) -> tuple[int, int]:
    """Bytes of the page with all that it loads, and of its HTML alone; `identity` finds the addresses in it."""
    plain = fetch(port, path, headers, "identity")
    found = {address.decode() for address in FILES.findall(plain)}
    files = [address for address in found if address.startswith("/") and not address.endswith(DRAWN)]
    files = [address for address in files if "." in address.rsplit("/", 1)[-1]]
    html = len(fetch(port, path, headers))
    return html + sum(len(fetch(port, address, {})) for address in files), html


def fetch(port: int, path: str, headers: dict[str, str], encoding: str = "gzip") -> bytes:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers=headers | {"Accept-Encoding": encoding})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
    return body


def count(path: str, cookie: str) -> tuple[int, int]:
    """Queries of the second visit: ours (session and user among them) and Wagtail's to find the page."""
    from django.test import Client

    from .counting import counted_queries

    browser = Client(headers={"host": "localhost"})
    if cookie:
        browser.cookies["sessionid"] = cookie
    browser.get(path)
    with counted_queries() as counted:
        browser.get(path)
    return len(counted.own), len(counted.routing)


def spend(worker: int, ask: Callable[[], object], warm_ups: int = WARM_UPS, measured: int = MEASURED) -> float:
    """Milliseconds of CPU that one request costs the worker."""
    spent = []
    for _ in range(warm_ups + measured):
        before = cpu(worker)
        ask()
        time.sleep(0.001)  # until the worker waits again
        spent.append((cpu(worker) - before) / 1e6)
    return statistics.median(spent[warm_ups:])


def cpu(pid: int) -> int:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def worker_of(server: subprocess.Popen) -> int:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    while not children.read_text().strip():  # the port is open before the worker is born
        time.sleep(0.1)
    return int(children.read_text().split()[0])


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


if __name__ == "__main__":
    main()
