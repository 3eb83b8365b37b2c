"""Who leaves, who comes back, and a departure that was noted by mistake.

Other rooms hang in by hooks: `person_left` fn(departure) → dict that it wants to find again, `departure_taken_back` and
`person_rejoined` fn(departure, by). All run inside the transaction.
"""

from datetime import date

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail import hooks
from wagtail.log_actions import log

from .groups import synchronise_groups
from .models import Departure, Posting, Role, Site, User
from .services import cut_off, issue_one_time_code, post_person


class NotLeft(Exception):
    """She has not left, or still works until the end of her last day."""


class TooLate(Exception):
    """A departure is taken back on the day it was noted, or before its last day is over; afterwards she rejoins."""


class BackTooEarly(Exception):
    """She cannot come back before the day after her last one."""


@transaction.atomic
def leave(person: User, *, left_on: date, reason: str, by: User, at_once: bool = False) -> Departure:
    """Note that she left: her postings end with her last day, and she cannot sign in after it, or from now on.

    Idempotent: while a departure is open it is returned as it is.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if standing := open_departure(person):
        return standing
    departure = person.departures.create(left_on=left_on, reason=reason, noted_by=by)
    departure.ended = {"postings": _end_postings(person, left_on)}
    departure.save(update_fields=["ended"])
    synchronise_groups(person)
    _log(person, "people.leave", by, left_on=left_on.isoformat())
    if at_once or left_on < timezone.localdate():
        _end(departure)
    return departure


@transaction.atomic
def take_back(departure: Departure, *, by: User) -> User:
    """Undo a departure noted by mistake: what it ended begins again. Raises TooLate, also at a second press."""
    person = User.objects.select_for_update().get(pk=departure.person_id)
    departure = person.departures.filter(pk=departure.pk).first()
    if not departure or not may_take_back(departure):
        raise TooLate
    _restore_postings(person, departure)
    if departure.ended_at:
        for hook in hooks.get_hooks("departure_taken_back"):
            hook(departure, by)
        person.is_active = departure.ended["may_sign_in"]
        person.save(update_fields=["is_active"])
        _open_again(person, departure.ended["codes"])
    departure.delete()
    synchronise_groups(person)
    _log(person, "people.departure_taken_back", by)
    return person


@transaction.atomic
def rejoin(departure: Departure, *, site: Site, on: date, by: User, go_on: bool = True) -> str:
    """She is back: a learner at a site, with a new one-time code, which is returned this once. The old PIN is gone.

    `go_on`: the enrolments that her leaving closed are opened again. Raises NotLeft and BackTooEarly.
    """
    person = User.objects.select_for_update().get(pk=departure.person_id)
    departure = open_departure(person)
    if not departure or not departure.ended_at:
        raise NotLeft
    if on <= departure.left_on:
        raise BackTooEarly
    departure.rejoined_on = on
    departure.save(update_fields=["rejoined_on"])
    person.is_active = True
    person.set_unusable_password()  # and with it every session that was left somewhere
    person.save(update_fields=["is_active", "password"])
    cut_off(person)  # her passkeys too: the phone may be somebody else's by now
    post_person(person, Role.LEARNER, site=site, starts_on=on, by=by)
    for hook in hooks.get_hooks("person_rejoined") if go_on else ():
        hook(departure, by)
    _log(person, "people.rejoin", by, on=on.isoformat())
    return issue_one_time_code(person, by)


def end_departures() -> int:
    """For the tick: whose last day is over can no longer sign in. Returns how many there were."""
    over = Departure.objects.filter(ended_at=None, left_on__lt=timezone.localdate())
    return sum(_end_one(pk) for pk in over.values_list("pk", flat=True))


def open_departure(person: User) -> Departure | None:
    return person.departures.filter(rejoined_on=None).first()


def may_take_back(departure: Departure) -> bool:
    """On the day it was noted, or while she still works; not after she came back."""
    today = timezone.localdate()
    noted_today = timezone.localdate(departure.noted_at) == today
    return departure.rejoined_on is None and (noted_today or departure.ended_at is None)


@transaction.atomic
def _end_one(pk: int) -> bool:
    person = User.objects.select_for_update().get(departures=pk)
    departure = person.departures.filter(pk=pk, ended_at=None).first()
    if departure:
        _end(departure)
    return bool(departure)


def _end(departure: Departure) -> None:
    """She is out: no sign-in, no session, no open code. The other rooms end their part."""
    person = User.objects.get(pk=departure.person_id)
    codes = person.one_time_codes.open()
    departure.ended |= {"may_sign_in": person.is_active, "codes": [str(code.pk) for code in codes]}
    codes.update(cancelled_at=timezone.now())
    person.is_active = False
    person.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=person):
        session.end()
    for hook in hooks.get_hooks("person_left"):
        departure.ended |= hook(departure)
    departure.ended_at = timezone.now()
    departure.save(update_fields=["ended", "ended_at"])


def _end_postings(person: User, on: date) -> list[dict]:
    """End what is not over on that day; what was to begin later never begins. Returns how they had been."""
    standing = person.postings.filter(Q(ends_on=None) | Q(ends_on__gt=on))
    before = [
        {
            "id": posting.pk,
            "role": posting.role,
            "country": posting.country_id,
            "site": posting.site_id,
            "starts_on": posting.starts_on.isoformat(),
            "ends_on": posting.ends_on and posting.ends_on.isoformat(),
        }
        for posting in standing
    ]
    standing.filter(starts_on__gt=on).delete()
    standing.update(ends_on=on)
    return before


def _restore_postings(person: User, departure: Departure) -> None:
    for was in departure.ended["postings"]:
        ends_on = was["ends_on"] and date.fromisoformat(was["ends_on"])
        if not person.postings.filter(pk=was["id"]).update(ends_on=ends_on):
            place = {"role": was["role"], "country_id": was["country"], "site_id": was["site"]}
            Posting.objects.create(person=person, starts_on=was["starts_on"], ends_on=ends_on, **place)


def _open_again(person: User, codes: list[str]) -> None:
    """Not what was printed meanwhile: it was by somebody above a person without postings, perhaps not above her."""
    person.one_time_codes.filter(used_at=None, cancelled_at=None).update(cancelled_at=timezone.now())
    person.one_time_codes.filter(pk__in=codes).update(cancelled_at=None)


def _log(person: User, action: str, by: User, **data) -> None:
    log(person, action, user=by, title=person.staff_number, data=data)
