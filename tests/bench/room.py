"""What the trainer’s room costs with 300 people × 20 modules. Run: python -m tests.bench.room

Bytes: gzip bodies of the page and of all that it loads from here. ms: CPU of this process with SQLite in it, median of
nine after three; queries of one request.
"""

import gzip
import statistics
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from .pages import FILES, site

PEOPLE, MODULES, UNITS, PRACTICALS = 300, 20, 5, 10
LIMITS = {"kB": 14, "ms": 300}


def main() -> None:
    with site():
        client, pages = make_room()
        print(f"{'page':10} {'kB':>6} {'html':>6} {'queries':>8} {'ms':>7}")
        for name, path in pages.items():
            size, html = weigh(client, path)
            queries, ms = measure(client, path)
            print(f"{name:10} {size / 1000:6.1f} {html / 1000:6.1f} {queries:8} {ms:7.0f}")
        print(f"limits     {LIMITS['kB']:6} {'':6} {'':8} {LIMITS['ms']:7}")


def make_room():
    """One cohort of Kenya, everybody somewhere on her way; its trainer signed in."""
    from django.test import Client
    from django.utils import timezone

    from curriculum.models import ModulePage, ProgrammePage
    from lms.learning.models import Cohort, Day, Enrolment
    from lms.people.models import Site

    today, now = timezone.localdate(), timezone.now()
    place = Site.objects.create(code="KE-900", name="Lakeside Health Centre", country_id="KE")
    programme = ProgrammePage.objects.get(code="P-FOUNDATION", locale__language_code="en")
    first, key = today - timedelta(days=60), programme.translation_key
    cohort = Cohort.objects.create(name="Three hundred", country_id="KE", programme_key=key, starts_on=first)
    cohort.sites.add(place)
    people, trainer = make_people(place, first, now)
    taken = {"programme_key": key, "programme_code": "P-FOUNDATION", "programme_version": 1, "country_id": "KE"}
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(person=person, cohort=cohort, opened_at=now - timedelta(days=60), **taken) for person in people
    )
    modules = list(ModulePage.objects.filter(locale__language_code="en").values_list("translation_key", flat=True))
    make_progress(enrolments, (modules + [uuid4() for _ in range(MODULES)])[:MODULES], now)
    day = Day.objects.create(cohort=cohort, on=today, topic="Talking about TB", site=place)
    client = Client(headers={"host": "localhost"})
    client.force_login(trainer)
    room = "/en/trainer/"
    pages = {"cohorts": room, "grid": f"{room}cohorts/{cohort.pk}/"}
    pages |= {"stuck": f"{room}stuck/", "due": f"{room}practicals/"}
    return client, pages | {"days": f"{room}cohorts/{cohort.pk}/days/", "day": f"{room}days/{day.pk}/"}


def make_people(place, first, now) -> tuple[list, object]:
    """The learners, who have signed in long ago, and their country’s trainer."""
    from lms.people.models import Posting, Role, User

    values = {"country_id": "KE", "first_signed_in_at": now - timedelta(days=40)}
    people = User.objects.bulk_create(
        User(staff_number=f"B{100000 + n}", given_names=f"Achieng {n}", family_name="Odhiambo", **values)
        for n in range(PEOPLE + 1)
    )
    trainer = people.pop()
    roles = [(person, Role.LEARNER, place) for person in people] + [(trainer, Role.TRAINER, None)]
    Posting.objects.bulk_create(
        Posting(person=p, role=r, site=s, country_id="KE", starts_on=first) for p, r, s in roles
    )
    return people, trainer


def make_progress(enrolments: list, modules: list, now) -> None:
    """Each person one unit further than the one before her."""
    from assessments.models import PracticalPage
    from lms.learning.models import Completion, Enrolment, Place, Requirement

    watched = PracticalPage.objects.filter(locale__language_code="en").values_list("translation_key", flat=True)
    units = [(module, uuid4(), "quiz" if n == UNITS - 1 else "lesson") for module in modules for n in range(UNITS)]
    units += [(None, key, "practical") for key in watched[:PRACTICALS]]
    rows, done = [], []
    for place, enrolment in enumerate(enrolments):
        far, before = place % len(units), []
        for position, (module, key, kind) in enumerate(units):
            at = now - timedelta(days=place % 14) if position < far else None
            kept = {"enrolment": enrolment, "unit_key": key, "module_key": module, "kind": kind, "opens_after": before}
            rows.append(Requirement(position=position, completed_at=at, **kept))
            if at:
                until = at.date() + timedelta(days=365)
                kept = {"kind": kind, "language": "en", "completed_at": at, "valid_until": until}
                done.append(Completion(person_id=enrolment.person_id, unit_key=key, **kept))
            before = [str(module)] if module and kind == "quiz" else before
        enrolment.required_count, enrolment.done_count = len(units), far
    Requirement.objects.bulk_create(rows, batch_size=500)
    Completion.objects.bulk_create(done, batch_size=500)
    Enrolment.objects.bulk_update(enrolments, ["required_count", "done_count"], batch_size=100)
    Place.objects.bulk_create(
        Place(person_id=row.person_id, unit_key=units[0][1], card="", position=1, of=6) for row in enrolments[::3]
    )


def weigh(client, path: str) -> tuple[int, int]:
    """Bytes of the page with all that it loads, and of its HTML alone."""
    body = client.get(path).content
    files = {address.decode() for address in FILES.findall(body) if address.startswith(b"/static/")}
    html = len(gzip.compress(body))
    return html + sum(len(gzip.compress(_static(address))) for address in files), html


def _static(address: str) -> bytes:
    from django.conf import settings

    return (Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)).read_bytes()


def measure(client, path: str) -> tuple[int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    spent = []
    for _ in range(12):
        before = time.process_time()
        client.get(path)
        spent.append((time.process_time() - before) * 1000)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked), statistics.median(spent[3:])


if __name__ == "__main__":
    main()
