"""Ask for a code, and show it. One is open in each browser: a stranger who asks for one spoils nobody else's.

Nothing is stored that could be typed: the code is reckoned from a random word in the session, the number and the
pepper, here and in the task that sends it. Known numbers and unknown ones make the same work and the same answer.
"""

import secrets
import time

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from lms.messaging.models import Channel

from .. import limits
from ..devices import known_device
from ..messages import address_of, message_person
from ..models import User
from ..sign_in import counted

OPEN = "people_sent_code"  # session: the number for which a code was asked here
SECONDS = 10 * 60
DIGITS = 6


class NoCodeAsked(Exception):
    """No code was asked for in this browser, or it has run out or was used."""


def ask(request: HttpRequest, number: str) -> tuple[str, str]:
    """Open a code in this session; answers number and word for the task that sends it. Raises limits.NoTriesLeft."""
    limits.check_codes_of_address(request)
    limits.codes(number, hers=bool(known_device(request, number))).take()
    word = secrets.token_hex(16)
    request.session[OPEN] = {"number": number, "word": word, "until": time.time() + SECONDS}
    return number, word


def asked(request: HttpRequest) -> str:
    """The number for which a code is open here. Raises NoCodeAsked."""
    return _open(request)["number"]


def send_code(number: str, word: str) -> None:
    """To her phone, else her e-mail. Nothing for a number that nobody has, or whose secret was cancelled by a reset."""
    person = _person(number)
    if person:
        message_person(person, "sign_in_code", context={"code": reckon(number, word)})


def use_code(request: HttpRequest, typed: str) -> User:
    """Whoever typed the open code is this person. Raises NoCodeAsked, WrongSecret, limits.NoTriesLeft."""
    kept = _open(request)
    person = counted(request, kept["number"], lambda: _matches(kept, typed))
    del request.session[OPEN]
    _verify_phone(person)
    return person


def reckon(number: str, word: str) -> str:
    """Six digits, keyed by the pepper and the site's key."""
    mac = salted_hmac("lms.people.sent_codes", f"{number} {word} {settings.SIGN_IN_PEPPER}", algorithm="sha256")
    return f"{int(mac.hexdigest(), 16) % 10**DIGITS:0{DIGITS}d}"


def _matches(kept: dict, typed: str) -> User | None:
    person = _person(kept["number"])
    is_right = constant_time_compare(reckon(kept["number"], kept["word"]), typed)
    return person if is_right and person and address_of(person) else None


def _open(request: HttpRequest) -> dict:
    kept = request.session.get(OPEN)
    if not kept or kept["until"] < time.time():
        raise NoCodeAsked
    return kept


def _person(number: str) -> User | None:
    person = User.objects.filter(staff_number=number, is_active=True).first()
    return person if person and person.has_usable_password() else None


def _verify_phone(person: User) -> None:
    """A code that came to her phone proves that the number is hers, once for each number."""
    found = address_of(person)
    if found and found[0] == Channel.SMS and not person.phone_verified_at:
        person.phone_verified_at = timezone.now()
        person.save(update_fields=["phone_verified_at"])
