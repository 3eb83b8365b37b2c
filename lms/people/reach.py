"""Whom a message to many would reach, by what way and at what price. Writes nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country
from lms.core.zones import zone_of
from lms.messaging.models import Channel
from lms.messaging.opting import opted_out_of
from lms.messaging.quiet import next_allowed
from lms.messaging.segments import Length, length_of, plain

from .broadcasts import people_to_reach
from .messages import address_of
from .models import Broadcast, User

AT_ONCE = 500
SHOWN = 100  # of those who are not reached, so many are named
NO_ADDRESS, OPTED_OUT = _("no phone and no e-mail"), _("does not want messages")


@dataclass(frozen=True)
class Cost:
    """One country's share. `price` is None where nobody has set one; `quiet_until` where it is quiet there now."""

    country: Country
    sms: int
    emails: int
    segments: int
    quiet_until: datetime | None

    @property
    def all_segments(self) -> int:
        return self.sms * self.segments

    @property
    def price(self) -> Decimal | None:
        each = self.country.sms_price
        return None if each is None else each * self.all_segments


@dataclass
class Reach:
    """`unreached` names the first SHOWN with the reason; `missed` counts them all, `gone` those who are out of sight
    or have left since she chose them."""

    length: Length
    ways: Counter = field(default_factory=Counter)
    unreached: list[tuple[User, str]] = field(default_factory=list)
    missed: int = 0
    gone: int = 0
    costs: list[Cost] = field(default_factory=list)

    @property
    def sms(self) -> int:
        return sum(count for (channel, _country), count in self.ways.items() if channel == Channel.SMS)

    @property
    def emails(self) -> int:
        return sum(count for (channel, _country), count in self.ways.items() if channel == Channel.EMAIL)

    @property
    def total(self) -> int:
        return self.sms + self.emails

    @property
    def totals(self) -> dict[str, Decimal]:
        """The sum of each currency, as far as prices are set."""
        sums: dict[str, Decimal] = {}
        for cost in self.costs:
            if cost.sms and cost.price is not None:
                sums[cost.country.sms_currency] = sums.get(cost.country.sms_currency, Decimal()) + cost.price
        return sums


def reach_of(broadcast: Broadcast) -> Reach:
    """As of now. A fixed number of queries for each AT_ONCE people."""
    reach = Reach(length_of(plain(broadcast.words)), gone=len(broadcast.people))
    for people in _chunks(broadcast):
        _count(reach, people)
    countries = Country.objects.in_bulk({country for _, country in reach.ways})
    reach.costs = [_cost(reach, country) for country in sorted(countries.values(), key=lambda row: row.name)]
    return reach


def _chunks(broadcast: Broadcast) -> Iterator[list[User]]:
    """Only what is needed to address them."""
    wanted = ("given_names", "family_name", "staff_number", "phone", "email", "country_id")
    for start in range(0, len(broadcast.people), AT_ONCE):
        yield list(people_to_reach(broadcast, broadcast.people[start : start + AT_ONCE]).only(*wanted))


def _count(reach: Reach, people: list[User]) -> None:
    found = {person: address_of(person) for person in people}
    refusing = opted_out_of((str(channel), address) for channel, address in filter(None, found.values()))
    for person, where in found.items():
        if where and (str(where[0]), where[1]) not in refusing:
            reach.ways[where[0], person.country_id] += 1
            continue
        reach.missed += 1
        if len(reach.unreached) < SHOWN:
            reach.unreached.append((person, OPTED_OUT if where else NO_ADDRESS))
    reach.gone -= len(people)


def _cost(reach: Reach, country: Country) -> Cost:
    now = timezone.now()
    allowed = next_allowed(now, zone_of(country.pk), country.quiet_from, country.quiet_until)
    return Cost(
        country,
        reach.ways[Channel.SMS, country.pk],
        reach.ways[Channel.EMAIL, country.pk],
        reach.length.segments,
        allowed.astimezone(zone_of(country.pk)) if allowed > now else None,
    )
