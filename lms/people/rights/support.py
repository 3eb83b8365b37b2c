"""Help without signing in as her: she reads a code out, one member of staff sees for a while what she sees."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from .. import limits
from ..models import SupportCode, User
from ..permissions import people_visible_to

DIGITS = 6
CODE_LIVES = timedelta(minutes=15)
LOOK_LASTS = timedelta(minutes=30)


class WrongCode(Exception):
    """Number and code do not go together, or the code has run out or was used."""

    def __init__(self, tries_left: int):
        super().__init__()
        self.tries_left = tries_left


@transaction.atomic
def make_code(person: User) -> str:
    """A code of six digits, for 15 minutes; one she made before stops working. Returned this once."""
    User.objects.select_for_update().get(pk=person.pk)
    person.support_codes.filter(used_at=None).delete()
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    expires_at = timezone.now() + CODE_LIVES
    SupportCode.objects.create(person=person, code_hash=_hash(person, digits), expires_at=expires_at)
    _log(person, "people.make_support_code", person)
    return digits


def open_look(staff: User, staff_number: str, digits: str) -> SupportCode:
    """Begin to look, for 30 minutes. Raises WrongCode, or limits.NoTriesLeft before it looks at anything.

    Ten wrong tries an hour for each member of staff: with them a code of another is not guessed.
    """
    tries = limits.Tries(f"support:{staff.pk}")
    slot = tries.take()
    look = _open(staff, staff_number.strip().upper(), digits.replace(" ", ""))
    if look is None:
        raise WrongCode(tries.left())
    tries.give_back(slot)
    return look


def looks_of(staff: User) -> QuerySet[SupportCode]:
    """Those that this member of staff has open, of people whom he may still see."""
    now, people = timezone.now(), people_visible_to(staff)
    return SupportCode.objects.filter(used_by=staff, ends_at__gt=now, person__in=people).select_related(
        "person__country"
    )


def look_for(staff: User, pk: UUID) -> SupportCode:
    """An open look, or a 404: she may have ended it a moment ago."""
    look = get_object_or_404(looks_of(staff), pk=pk)
    if not look.person.is_active:
        raise Http404
    return look


def look_at(person: User) -> SupportCode | None:
    """Who looks along with her now."""
    open_ones = person.support_codes.filter(ends_at__gt=timezone.now())
    return open_ones.select_related("used_by").order_by("-used_at").first()


@transaction.atomic
def end(person: User) -> int:
    """She ends it: open looks are over, and a code that nobody typed stops working. Idempotent."""
    now = timezone.now()
    person.support_codes.filter(used_at=None).delete()
    ended = person.support_codes.filter(ends_at__gt=now).update(ends_at=now)
    if ended:
        _log(person, "people.end_support", person)
    return ended


@transaction.atomic
def _open(staff: User, staff_number: str, digits: str) -> SupportCode | None:
    person = people_visible_to(staff).filter(staff_number=staff_number, is_active=True).exclude(pk=staff.pk).first()
    if person is None:
        return None
    now = timezone.now()
    codes = SupportCode.objects.select_for_update().filter(person=person, used_at=None, expires_at__gt=now)
    look = codes.filter(code_hash=_hash(person, digits)).first()
    if look:
        look.used_by, look.used_at, look.ends_at = staff, now, now + LOOK_LASTS
        look.save(update_fields=["used_by", "used_at", "ends_at"])
        _log(person, "people.support", staff)
    return look


def _hash(person: User, digits: str) -> str:
    return salted_hmac(f"support code {person.pk}", digits, settings.SIGN_IN_PEPPER, algorithm="sha256").hexdigest()


def _log(person: User, action: str, by: User) -> None:
    log(person, action, user=by, title=person.staff_number)
