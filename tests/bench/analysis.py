"""What item analysis and knowledge gain cost: one quiz of 20 questions with 10,000 first attempts, and gain over 2,000
pairs. Run: python -m tests.bench.analysis

Median of five runs in one process, database included; no page is drawn.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from uuid import uuid4

ATTEMPTS, QUESTIONS, RUNS = 10_000, 20, 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "lms.settings.demo", "LOG_LEVEL": "ERROR"}
        for command in ("migrate", "createcachetable", "load_starter"):
            subprocess.run([sys.executable, "manage.py", *command.split()], check=True, stdout=subprocess.DEVNULL)
        import django

        django.setup()
        report(*fill())


def fill():
    """A superuser, the quiz's key and one of its questions."""
    from lms.people.models import User
    from tests.factories.simulated import Simulated, attempts

    names = {"given_names": "A", "family_name": "B", "country_id": "KE", "password": "!"}
    people = [User(staff_number=f"B{number:06d}", **names) for number in range(100_000, 100_000 + ATTEMPTS)]
    User.objects.bulk_create(people, batch_size=1000)
    boss = User.objects.create(staff_number="B999999", is_superuser=True, **names)
    asked = [Simulated(uuid4(), slope=0.5 + number / 10, difficulty=number / 5 - 2) for number in range(QUESTIONS)]
    unit = uuid4()
    attempts(people, asked, unit)
    return boss, unit, asked[0].question


def report(boss, unit, question) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from assessments.analysis import report
    from assessments.analysis.selection import Selection

    chosen = Selection(as_of=timezone.localdate())
    tables = {
        "list of quizzes": lambda: report.quiz_rows(boss, chosen),
        "quiz": lambda: report.quiz_report(boss, chosen, unit),
        "question": lambda: report.question_report(boss, chosen, question),
    }
    print(f"{ATTEMPTS} attempts of {QUESTIONS} questions, {connection.vendor}")
    print(f"{'table':16} {'seconds':>8} {'CPU':>6} {'queries':>8}")
    for name, make in tables.items():
        with CaptureQueriesContext(connection) as asked:
            make()
        taken = [clocked(make) for _ in range(RUNS)]
        wall, cpu = (statistics.median(column) for column in zip(*taken, strict=True))
        print(f"{name:16} {wall:8.2f} {cpu:6.2f} {len(asked):8}")


def clocked(make) -> tuple[float, float]:
    def cpu() -> float:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    wall, before = time.perf_counter(), cpu()
    make()
    return time.perf_counter() - wall, cpu() - before


if __name__ == "__main__":
    main()
