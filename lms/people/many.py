"""The changes of `services` for hundreds at once: the same rules and log entries, a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.core.models import Country

from . import limits
from .models import OneTimeCode, Posting, Role, Site, User
from .services import CODE_LIFETIME, code_hash, new_digits, new_number, spelled, today_for

BATCH = 500


@dataclass(frozen=True)
class Arrival:
    """Who learns at which site from when (today, unless told otherwise)."""

    person: User
    site: Site
    starts_on: date | None = None


@transaction.atomic
def create_people(recruits: Sequence[dict], *, country: Country, by: User | None) -> list[User]:
    """As `create_person` for each of these fields, in their order. Nobody can sign in before she has a code."""
    numbers = _unused_numbers(len(recruits))
    people = [
        User(staff_number=number, country=country, **fields) for number, fields in zip(numbers, recruits, strict=True)
    ]
    for person in people:
        person.set_unusable_password()  # no hash: there is nothing to guess yet
    User.objects.bulk_create(people, batch_size=BATCH)
    log_many(people, "wagtail.create", by=by)
    return people


@transaction.atomic
def post_learners(arrivals: Iterable[Arrival], *, by: User | None) -> None:
    """As `post_person` for learners: who learns there already is left as she is. Learners belong to no group."""
    arrivals = list(arrivals)
    keys = [arrival.person.pk for arrival in arrivals]
    list(User.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    standing = set(Posting.objects.not_over().filter(person__in=keys, role=Role.LEARNER).values_list("person", "site"))
    wanted = [arrival for arrival in arrivals if (arrival.person.pk, arrival.site.pk) not in standing]
    Posting.objects.bulk_create(
        (
            Posting(
                person=arrival.person,
                role=Role.LEARNER,
                country_id=arrival.site.country_id,
                site=arrival.site,
                starts_on=arrival.starts_on or today_for(arrival.person),
            )
            for arrival in wanted
        ),
        batch_size=BATCH,
    )
    places = {arrival.person.pk: arrival.site.code for arrival in wanted}
    data = {key: {"role": str(Role.LEARNER), "place": place} for key, place in places.items()}
    log_many([arrival.person for arrival in wanted], "people.post", by=by, data=data)


def draw_codes(people: Iterable[User]) -> dict[User, str]:
    """A code for each, as `issue_one_time_code` spells it. None of them opens anything before `keep_codes`."""
    return {person: spelled(new_digits()) for person in people}


@transaction.atomic
def keep_codes(codes: dict[User, str], *, by: User | None) -> None:
    """Make these the codes that open: earlier ones are cancelled, and only a hash of each is kept."""
    now, people = timezone.now(), sorted(codes, key=lambda person: person.pk)
    keys = [person.pk for person in people]
    list(User.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    OneTimeCode.objects.filter(person__in=keys, used_at=None, cancelled_at=None).update(cancelled_at=now)
    OneTimeCode.objects.bulk_create(
        (
            OneTimeCode(
                person=person,
                code_hash=code_hash(person, codes[person].replace("-", "")),
                made_by=by,
                expires_at=now + CODE_LIFETIME,
            )
            for person in people
        ),
        batch_size=BATCH,
    )
    cache.delete_many([slot for person in people for slot in limits.elsewhere(person.staff_number).slots])
    log_many(people, "people.issue_code", by=by)


def log_many(people: Iterable[User], action: str, *, by: User | None, data: dict | None = None, deleted=False) -> None:
    """One line of the audit log for each, under her staff number. `data`: by her key."""
    kind, now = ContentType.objects.get_for_model(User), timezone.now()
    ModelLogEntry.objects.bulk_create(
        (
            ModelLogEntry(
                content_type=kind,
                object_id=str(person.pk),
                label=person.staff_number,
                action=action,
                timestamp=now,
                user=by,
                data=(data or {}).get(person.pk, {}),
                deleted=deleted,
            )
            for person in people
        ),
        batch_size=BATCH,
    )


def _unused_numbers(count: int) -> list[str]:
    found: set[str] = set()
    while len(found) < count:
        drawn = {new_number() for _ in range(count - len(found))}
        taken = User.objects.filter(staff_number__in=drawn).values_list("staff_number", flat=True)
        found |= drawn - set(taken)
    return list(found)
