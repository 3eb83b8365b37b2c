"""A crowd for the benches: people, enrolments, requirements, completions and certificates, written in bulk.

Run: python -m tests.bench.crowd [people]: fills the database of DATABASE_URL (or DATA_DIR) and prints what it made.
With 100,000 people: about 1,000,000 completions and 60,000 certificates. The same seed gives the same crowd.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from .bulk import insert

PEOPLE = 100_000
SEED = 1908
GIVEN = ("Achieng", "Lerato", "Chipo", "Amina", "Naledi", "Grace", "Esther", "Thandiwe", "Zawadi", "Ama", "Beatriz")
FAMILY = ("Otieno", "Mokoena", "Banda", "Phiri", "Dlamini", "Kamau", "Mensah", "Okello", "Tembo", "Macamo", "Ndlovu")
JOBS = ("", "Facility team", "Community team", "Team leader")
UNITS, PRACTICALS = 9, 3
SITES_A_COUNTRY, COHORTS_A_COUNTRY = 30, 40


@dataclass(frozen=True)
class Unit:
    key: UUID
    module: UUID | None
    kind: str


@dataclass
class Person:
    pk: UUID
    number: int
    country: str
    site: int
    cohort: int
    opened: datetime
    done: int
    finished: datetime | None


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.demo")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    for command in ("migrate -v0", "createcachetable -v0", "load_starter"):
        subprocess.run([sys.executable, "manage.py", *command.split()], check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    begun = time.perf_counter()
    made = fill(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
    print(", ".join(f"{count:,} {what}" for what, count in made.items()), f"in {time.perf_counter() - begun:.0f} s")


def fill(size: int, through: float = 0.6, certified: bool = True) -> dict[str, int]:
    """Write the crowd, one kind of row after the other, and answer how many of each there are."""
    from curriculum.models import ProgrammePage

    random = Random(SEED)
    programme = ProgrammePage.objects.get(code="P-FOUNDATION", locale__language_code="en")
    units = _units(programme)
    people = list(_people(random, size, _places(programme), len(units), through))
    made = {"people": _write_people(random, people)}
    made["enrolments"] = _write_enrolments(people, programme, len(units))
    made["completions"] = _write_completions(people, units)
    made["requirements"] = _write_requirements(people, units)
    made["certificates"] = _write_certificates(random, people, programme) if certified else 0
    _count_anew()
    return made


# What there is to draw from -------------------------------------------------------------------------------------------


def _units(programme) -> list[Unit]:
    """Some of what the programme asks for in Kenya: lessons and quizzes from all its modules, and practicals."""
    from lms.core.models import Country
    from lms.learning.services import units_for

    found = units_for(programme, Country.objects.get(code="KE"))
    theory = [row for row in found if row.unit.kind != "practical"]
    practicals = [row for row in found if row.unit.kind == "practical"][:PRACTICALS]
    chosen = theory[:: max(1, len(theory) // UNITS)][:UNITS] + practicals
    return [Unit(row.unit.translation_key, row.module_key, row.unit.kind) for row in chosen]


def _places(programme) -> list[tuple[str, list[int], list[int]]]:
    """Country, its sites, its cohorts."""
    from lms.core.models import Country
    from lms.learning.models import Cohort
    from lms.people.models import Site

    found, today = [], date.today()
    for country in Country.objects.all():
        names = [f"{country.code}-B{number:02d}" for number in range(SITES_A_COUNTRY)]
        sites = [Site.objects.create(code=name, name=f"Clinic {name}", country=country) for name in names]
        cohorts = []
        for number in range(COHORTS_A_COUNTRY):
            begins = today - timedelta(days=1000 - 24 * number)
            fields = {"programme_key": programme.translation_key, "starts_on": begins}
            fields["ends_on"] = begins + timedelta(days=300)
            cohort = Cohort.objects.create(name=f"Cohort {number}", country=country, **fields)
            cohort.sites.add(*sites[number % len(sites) :][:3])
            cohorts.append(cohort)
        found.append((country.code, [site.pk for site in sites], [cohort.pk for cohort in cohorts]))
    return found


def _people(random: Random, size: int, places: list, units: int, through: float) -> Iterator[Person]:
    """So many of one are through; the others have done seven units on average, one of twenty none."""
    now = datetime.now().astimezone()
    for number in range(size):
        country, sites, cohorts = places[number % len(places)]
        at = random.randrange(len(cohorts))
        opened = now - timedelta(days=1000 - 24 * at, hours=random.randrange(240))
        is_through = random.random() < through
        done = units if is_through else 0 if random.random() < 0.05 else random.randrange(3, units)
        finished = min(opened + timedelta(days=random.randrange(40, 260)), now) if is_through else None
        pk = UUID(int=random.getrandbits(128), version=4)
        yield Person(pk, number, country, random.choice(sites), cohorts[at], opened, done, finished)


# Rows -----------------------------------------------------------------------------------------------------------------


def _write_people(random: Random, people: list[Person]) -> int:
    from lms.people.models import Posting, Role, User

    rows = (
        {
            "id": person.pk,
            "staff_number": f"B{person.number:06d}",
            "given_names": random.choice(GIVEN),
            "family_name": f"{random.choice(FAMILY)} {person.number % 977}",
            "country_id": person.country,
            "job": random.choice(JOBS),
            "sex": "m" if random.random() < 0.06 else "f",
            "birth_year": random.randrange(1965, 2007) if random.random() < 0.95 else None,
            "password": "!none",
            "last_login": person.opened if person.done else None,
            "first_signed_in_at": person.opened if person.done else None,
        }
        for person in people
    )
    count = insert(User(), rows)
    posted = {"role": Role.LEARNER}
    insert(
        Posting(),
        (
            posted | {"person_id": p.pk, "country_id": p.country, "site_id": p.site, "starts_on": p.opened.date()}
            for p in people
        ),
    )
    return count


def _write_enrolments(people: list[Person], programme, units: int) -> int:
    from lms.learning.models import Enrolment

    fixed = Enrolment(
        programme_key=programme.translation_key,
        programme_code=programme.code,
        programme_version=1,
        required_count=units,
    )
    return insert(
        fixed,
        (
            {
                "id": enrolment_of(person),
                "person_id": person.pk,
                "country_id": person.country,
                "cohort_id": person.cohort,
                "opened_at": person.opened,
                "completed_at": person.finished,
                "done_count": person.done,
                "started_at": _when(person, 0) if person.done else None,
                "half_at": _when(person, units // 2) if person.done > units // 2 else None,
                "theory_at": _when(person, units - PRACTICALS - 1) if person.done >= units - PRACTICALS else None,
            }
            for person in people
        ),
    )


def _write_completions(people: list[Person], units: list[Unit]) -> int:
    from lms.learning.models import Completion

    return insert(
        Completion(language="en"),
        (
            {
                "id": completion_of(person, at),
                "person_id": person.pk,
                "unit_key": units[at].key,
                "kind": units[at].kind,
                "completed_at": _when(person, at),
                "valid_until": (_when(person, at) + timedelta(days=365)).date(),
            }
            for person in people
            for at in range(person.done)
        ),
    )


def _write_requirements(people: list[Person], units: list[Unit]) -> int:
    from lms.learning.models import Requirement

    return insert(
        Requirement(),
        (
            {
                "enrolment_id": enrolment_of(person),
                "unit_key": unit.key,
                "module_key": unit.module,
                "kind": unit.kind,
                "position": at + 1,
                "completion_id": completion_of(person, at) if at < person.done else None,
                "completed_at": _when(person, at) if at < person.done else None,
            }
            for person in people
            for at, unit in enumerate(units)
        ),
    )


def _write_certificates(random: Random, people: list[Person], programme) -> int:
    from certificates.models import Certificate, CertificateEvent, CertificatePayload

    through = [person for person in people if person.finished]
    rows = {person.pk: _certificate(random, person, number) for number, person in enumerate(through)}
    fixed = Certificate(
        programme_key=programme.translation_key,
        programme_code=programme.code,
        programme_version=1,
        title=programme.title,
        level="Level 1",
    )
    count = insert(fixed, rows.values())
    keys = [(row["id"], row["drawn_at"] or row["awarded_at"]) for row in rows.values()]
    insert(CertificatePayload(snapshot={}), ({"certificate_id": key} for key, _at in keys))
    insert(CertificateEvent(kind="awarded"), ({"certificate_id": key, "at": at} for key, at in keys))
    return count


def _certificate(random: Random, person: Person, number: int) -> dict:
    """One of fifty waits for HR, one of a hundred is withdrawn."""
    from certificates.proof import codes

    drawn = None if random.random() < 0.02 else person.finished
    withdrawn = person.finished + timedelta(days=30) if drawn and random.random() < 0.01 else None
    return {
        "id": UUID(int=person.pk.int ^ 3),
        "code": codes.new(),
        "status_index": number,
        "enrolment_id": enrolment_of(person),
        "holder_id": person.pk,
        "country_code": person.country,
        "country_name": person.country,
        "awarded_on": person.finished.date(),
        "awarded_at": person.finished,
        "valid_until": person.finished.date() + timedelta(days=365),
        "snapshot_sha256": "0" * 64,
        "pdf_sha256": "0" * 64 if drawn else "",
        "revoked_at": withdrawn,
        "revoked_reason": "left" if withdrawn else "",
    } | dict.fromkeys(("drawn_at", "confirmed_at"), drawn)


def enrolment_of(person: Person) -> UUID:
    return UUID(int=person.pk.int ^ 1)


def completion_of(person: Person, at: int) -> UUID:
    return UUID(int=person.pk.int ^ (16 + at) << 8)


def _when(person: Person, at: int) -> datetime:
    """Units are done in even steps from the first day to the last, or two weeks apart."""
    if person.finished:
        return person.opened + (person.finished - person.opened) * (at + 1) / person.done
    return min(person.opened + timedelta(days=14 * (at + 1)), datetime.now().astimezone())


def _count_anew() -> None:
    """The planner needs to know that the tables are full."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
