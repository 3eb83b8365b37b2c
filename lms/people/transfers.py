"""Who goes to work at another site, or in another country.

A move within a country changes postings. A move to another one hands the whole record over: the country that she leaves
gives, none can take. Other rooms follow by the hook `person_moved_country`, fn(person, by).
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import log

from lms.core.models import Country

from .groups import synchronise_groups
from .models import STAFF_ROLES, Posting, Role, Site, User
from .services import SiteOfAnotherCountry, post_person

MOVED_ALONG = (Role.LEARNER, Role.OBSERVER)


class HoldsOffice(Exception):
    """She still holds a staff role in the country she would leave: it ends first."""


class NotYet(Exception):
    """A move to another country is noted on the day, or afterwards."""


class SameCountry(Exception):
    """She is in this country already."""


class DaysCross(Exception):
    """The first day at the new place does not come after the last day at the old one."""


def movable(person: User) -> QuerySet[Posting]:
    """Her postings as learner or observer at sites, begun or to begin: what a move ends and begins elsewhere."""
    return person.postings.not_over().filter(role__in=MOVED_ALONG, site__isnull=False)


@transaction.atomic
def transfer(
    person: User, postings: Iterable[Posting], *, to: Site, last_day: date, first_day: date, by: User
) -> list[Posting]:
    """End these postings with her last day there; from her first day here she holds their roles at this site.

    Without any she becomes a learner here. A role that was given until a certain day keeps it. A second press changes
    nothing. Raises DaysCross and SiteOfAnotherCountry.
    """
    if first_day <= last_day:
        raise DaysCross
    person = User.objects.select_for_update().get(pk=person.pk)
    if to.country_id != person.country_id:
        raise SiteOfAnotherCountry
    ending = movable(person).filter(pk__in=[posting.pk for posting in postings]).exclude(site=to)
    until = {posting.role: posting.ends_on for posting in ending if not _ends_by(posting, first_day)}
    if not until and not person.postings.not_over().filter(site=to, role__in=MOVED_ALONG).exists():
        until = {Role.LEARNER: None}
    _end(ending, last_day)
    begun = [
        post_person(person, role, site=to, starts_on=first_day, ends_on=ends_on, by=by)
        for role, ends_on in until.items()
    ]
    synchronise_groups(person)
    _log(person, by, to=to.code, first_day=first_day.isoformat())
    return begun


@transaction.atomic
def hand_over(person: User, to: Country, *, last_day: date, by: User) -> User:
    """She goes to another country: its HR keeps her record from now on and posts her there. Her postings here end.

    Raises SameCountry (also at a second press), HoldsOffice, and NotYet for a last day that is still to come.
    """
    if last_day > timezone.localdate():
        raise NotYet
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.country_id == to.pk:
        raise SameCountry
    standing = person.postings.not_over()
    if standing.filter(role__in=STAFF_ROLES).exists():
        raise HoldsOffice
    _end(standing, last_day)
    before, person.country = person.country_id, to
    person.save(update_fields=["country"])
    synchronise_groups(person)
    _log(person, by, to=to.pk, left=before)
    for hook in hooks.get_hooks("person_moved_country"):
        hook(person, by)
    return person


def _ends_by(posting: Posting, day: date) -> bool:
    return posting.ends_on is not None and posting.ends_on <= day


def _end(postings: QuerySet[Posting], on: date) -> None:
    """What was to begin after that day never begins; what ends before it ends as it would have."""
    ending = Posting.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), pk__in=list(postings.values_list("pk", flat=True))
    )
    ending.filter(starts_on__gt=on).delete()
    ending.update(ends_on=on)


def _log(person: User, by: User, **data) -> None:
    log(person, "people.transfer", user=by, title=person.staff_number, data=data)
