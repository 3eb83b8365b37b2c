"""What a check of 5,000 rows costs: reading the sheet, asking the register, writing the file.

Run: python -m tests.bench.check_many: in a database of its own, with 6,000 certificates; or over the migrated one of
DATABASE_URL, where everything it made is taken back. CPU of this process, elapsed time, and the number of questions.
"""

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

ROWS = 5_000
PEOPLE = 6_000


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
    import django

    django.setup()
    from django.db import transaction

    from tests import template_database

    with TemporaryDirectory() as place:
        if "DATABASE_URL" not in os.environ:
            template_database.use_copy(Path(place))
        with transaction.atomic():
            _measure()
            transaction.set_rollback(True)


def _measure() -> None:
    from certificates.checks.answering import CHUNK
    from certificates.checks.carrying import begin_check, carry_out
    from certificates.checks.reading import read

    from .counting import counted_queries

    hr, lines = _made()
    data = "\n".join(["Code;Staff number;Surname", *lines]).encode()
    sheet = _timed("read the sheet", lambda: read(data))
    check = _timed("keep its rows", lambda: begin_check(hr, uuid4(), sheet))
    with counted_queries() as count:
        _timed(f"answer {ROWS} rows and write the file", lambda: carry_out(check.pk))
    check.refresh_from_db()
    print(f"{check.counts}; {len(count.own)} queries for {ROWS // CHUNK} chunks; {check.results.size // 1024} kB")


def _made() -> tuple:
    from lms.people.models import Role, User
    from tests.factories.people import make_person, post
    from tests.factories.register import register

    hr = make_person("Bench", "HR", staff_number="B999999")
    post(hr, Role.HR)
    people = [
        User(staff_number=f"B{number:06d}", given_names="Amina", family_name="Otieno", country=hr.country, password="!")
        for number in range(PEOPLE)
    ]
    User.objects.bulk_create(people, batch_size=1000)
    rows = register(people)
    half = ROWS // 2
    by_code = [f"{row.printed_code};;Otieno" for row in rows[:half]]
    return hr, by_code + [f";{person.staff_number};Wanjiru" for person in people[half:ROWS]]


def _timed(what: str, work):
    cpu, start = time.process_time(), time.perf_counter()
    result = work()
    print(f"{what}: {time.process_time() - cpu:.2f} s CPU, {time.perf_counter() - start:.2f} s")
    return result


if __name__ == "__main__":
    main()
