"""What taking 1,000 recruits in costs: upload, match, preview, commit in the task; and 300 slips as a PDF.

Among 10,000 people who are known already. Run: python -m tests.bench.intake
Wall seconds, CPU seconds and queries of each request or task, in one process, through Django's test client.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from io import BytesIO

ROWS, KNOWN, SLIPS = 1_000, 10_000, 300


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "lms.settings.demo", "LOG_LEVEL": "ERROR"}
        for command in ("migrate", "createcachetable", "load_starter", "collectstatic --noinput"):
            subprocess.run([sys.executable, "manage.py", *command.split()], check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        measure()


def names(count: int, seed: int) -> list[tuple[str, str]]:
    draw = random.Random(seed)
    return [tuple("".join(draw.choices("aeioubdgklmnrstw", k=7)).title() for _ in range(2)) for _ in range(count)]


def fill() -> tuple:
    """HR of Kenya, a site, and people who are known."""
    from lms.people.models import Role, User
    from tests.factories.people import make_person, make_site, post

    site, by = make_site("KE-900"), make_person("Esther", "Kamau")
    post(by, Role.HR)
    User.objects.bulk_create(
        (
            User(
                staff_number=f"B{number:06d}",
                given_names=given,
                family_name=family,
                country_id="KE",
                birth_year=1970 + number % 30,
                phone=f"+2547{number:08d}",
                password="!",
            )
            for number, (given, family) in enumerate(names(KNOWN, 1))
        ),
        batch_size=500,
    )
    return by, site


def sheet() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["No", "First name", "Surname", "Tel", "Born on", "Sex"])
    for number, (given, family) in enumerate(names(ROWS, 2)):
        born = f"{1 + number % 28}/{1 + number % 12}/{1970 + number % 30}"
        book.active.append([number + 1, given, family, f"011{number:07d}", born, "F"])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


@contextmanager
def step(name: str, totals: list[float]):
    from tests.bench.counting import counted_queries

    wall, cpu = time.perf_counter(), time.process_time()
    with counted_queries() as asked:
        yield
    totals.append(time.perf_counter() - wall)
    print(f"{name:12} {totals[-1]:8.2f} {time.process_time() - cpu:8.2f} {len(asked.own) + len(asked.routing):8}")


def measure() -> None:
    from django.test import Client

    from lms.learning.models import Intake

    by, site = fill()
    client, totals = Client(HTTP_HOST="localhost"), []
    client.force_login(by)
    print(f"{ROWS} rows, {KNOWN} people known\n{'step':12} {'seconds':>8} {'CPU':>8} {'queries':>8}")
    with step("upload", totals):
        send(client, site)
    intake = Intake.objects.get()
    take_in(client, intake, by, totals)
    intake.refresh_from_db()
    print(f"{'in all':12} {sum(totals):8.2f}   {intake.state}, {intake.cohort.enrolments.count()} enrolled")
    give_and_undo(intake, by)


def send(client, site) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from curriculum.models import ProgrammePage

    programme = ProgrammePage.objects.filter(locale__language_code="en").order_by("pk").first()
    sent = {"country": "KE", "site": site.pk, "cohort_name": "Bench", "starts_on": "2026-12-01", "done_before": "on"}
    sent |= {"programme_key": str(programme.translation_key), "file": SimpleUploadedFile("list.xlsx", sheet())}
    client.post(reverse("intake:send"), sent)


def take_in(client, intake, by, totals) -> None:
    from django.urls import reverse

    from lms.learning.intake.checking import review

    at = {name: reverse(f"intake:{name}", args=[intake.pk]) for name in ("show", "columns", "commit")}
    with step("match", totals):
        client.get(at["columns"])
        client.post(at["columns"], {f"column-{number}": key for number, key in intake.columns.items()})
    with step("preview", totals):
        client.get(at["show"])
    intake.refresh_from_db()
    shown = review(intake, by).digest
    with step("commit", totals):
        client.post(at["commit"], {"expected": shown})
    with step("task", totals):
        run_task()


def run_task() -> None:
    from django.core.management import call_command

    call_command("db_worker", "--batch", verbosity=0)


def give_and_undo(intake, by) -> None:
    from lms.learning.intake import giving
    from lms.learning.intake.undoing import undo_intake

    (part, *_others) = giving.parts(intake, by)
    part.people[SLIPS:] = []
    with step(f"{SLIPS} slips", []):
        pdf = giving.print_slips(intake, part, by=by)
    print(f"{len(pdf):,} bytes")
    with step("undo", []):
        undo_intake(intake, by=by)


if __name__ == "__main__":
    main()
