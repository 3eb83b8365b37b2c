"""What item analysis and knowledge gain cost.

A module's pre-test and post-test of 20 questions that 10,000 people took. Run: python -m tests.bench.analysis
Median of five runs in one process, database included; no page is drawn. CPU is the sturdier figure on a busy machine.
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
    before, after = make_tests()
    attempts(people, asked, before, purpose="pre_test")
    attempts(people, asked, after, purpose="post_test", gain=1.0)
    return boss, after, asked[0].question


def make_tests():
    """The keys of a module's pre-test and post-test."""
    from assessments.models import QuizPage
    from curriculum.models import ModulePage
    from tests.factories.content import make_module, make_quiz

    module = make_module(ModulePage.objects.first().get_parent(), "Measured")
    return [
        make_quiz(module, [], title=one, purpose=one).translation_key
        for one in (QuizPage.Purpose.PRE_TEST, QuizPage.Purpose.POST_TEST)
    ]


def report(boss, unit, question) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from assessments.analysis import gains, report
    from assessments.analysis.selection import Selection

    chosen = Selection(as_of=timezone.localdate())
    wanted = gains.Wanted(chosen)
    (measured,) = [row for row in gains.gain_rows(boss, wanted) if row.gain]
    tables = {
        "list of quizzes": lambda: report.quiz_rows(boss, chosen),
        "quiz": lambda: report.quiz_report(boss, chosen, unit),
        "question": lambda: report.question_report(boss, chosen, question),
        "gain": lambda: gains.gain_rows(boss, wanted),
        "gain by question": lambda: gains.question_changes(measured.pairs),
    }
    print(f"2 quizzes of {QUESTIONS} questions, {ATTEMPTS} first attempts each, {connection.vendor}")
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
