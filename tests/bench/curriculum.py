"""What the whole starter curriculum costs: loading it, and each lesson's page. Run: python -m tests.bench.curriculum

Bytes as in tests/bench/pages.py: gzip bodies of the page and of all it loads; drawings, which stand in the page, apart.
"""

import gzip
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

from . import pages

LIMITS = {"load, s": 60, "lesson, kB": 14, "drawing, kB": 4, "text, kB": 1500}
DRAWING = re.compile(rb'(<figure class="drawing".*?)<svg.*?</svg>', re.DOTALL)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "lms.settings.demo", "LOG_LEVEL": "ERROR"}
        run("migrate"), run("createcachetable"), run("collectstatic", "--noinput")
        for name in ("load", "again"):
            began, spent = time.monotonic(), cpu()
            said = run("load_starter").strip().splitlines()[-1]
            print(f"{name:8} {time.monotonic() - began:6.1f} s, of which CPU {cpu() - spent:.1f} s  {said}")
        import django

        django.setup()
        report_pages()
        report_text()
        print("limits  ", ", ".join(f"{name} {limit}" for name, limit in LIMITS.items()))


def run(*command: str) -> str:
    return subprocess.run([sys.executable, "manage.py", *command], check=True, capture_output=True, text=True).stdout


def cpu() -> float:
    """Seconds that the commands have computed so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report_pages() -> None:
    from curriculum.models import LessonPage

    cookie = make_reader()
    lessons = LessonPage.objects.filter(locale__language_code="en")
    with pages.server() as (port, _worker):
        sizes = sorted((weigh(port, lesson.url, cookie), lesson.slug) for lesson in lessons)
    print(f"lessons  {len(sizes)}: median {sizes[len(sizes) // 2][0] / 1000:.1f} kB; the heaviest:")
    for size, slug in sizes[-5:]:
        print(f"         {size / 1000:6.1f} kB  {slug}")


def weigh(port: int, path: str, cookie: str) -> int:
    headers = {"Cookie": f"sessionid={cookie}"}
    plain = pages.fetch(port, path, headers, "identity")
    drawn = len(gzip.compress(plain)) - len(gzip.compress(DRAWING.sub(rb"\1", plain)))
    return pages.weigh(port, path, headers)[0] - drawn


def make_reader() -> str:
    """Somebody to whom every unit of every programme is open."""
    from django.test import Client

    from curriculum.models import ProgrammePage
    from lms.learning.models import Requirement
    from lms.learning.services import enrol
    from lms.people.models import User

    person = User.objects.create(staff_number="K100001", given_names="A", family_name="B", country_id="KE")
    for programme in ProgrammePage.objects.filter(locale__language_code="en"):
        person.country_id = "MW" if programme.code == "P-MW-CHW" else "KE"
        person.save()
        enrol(person, programme, done_before=True)
    Requirement.objects.update(opens_after=[])
    browser = Client()
    browser.force_login(person)
    return browser.cookies["sessionid"].value


def report_text() -> None:
    """Every card, question and job aid as one file, compressed."""
    from lms.starter.library import CONTENT

    text = b"".join(path.read_bytes() for path in sorted(CONTENT.rglob("*.*")) if path.suffix in (".md", ".yaml"))
    print(f"text     {len(gzip.compress(text)) / 1000:6.1f} kB compressed, {len(text) / 1000:.0f} kB as it is")


if __name__ == "__main__":
    main()
