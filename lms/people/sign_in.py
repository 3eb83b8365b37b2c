"""Signing in: prove who you are with a staff number and a secret, choose a new secret where one is needed, be let in.

Whether a number exists cannot be told from the answer, its text or its time: everything is counted by number, and
a try is the same work with and without a person.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import clear_authentication_records, record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse

from . import limits, pins
from .adapter import landing_url
from .backends import current_number, normal_number
from .devices import known_device
from .models import OneTimeCode, User
from .permissions import needs_password
from .services import CODE_DIGITS, find_open_code

CODE, PIN, PASSWORD, SENT_CODE, SECOND_STEP = "code", "pin", "password", "sent_code", "mfa"
CHOOSING = "people_choosing"  # session: whose new secret is being chosen
LANGUAGE = "people_language"  # session: the language picked on the way to signing in
CHOOSING_SECONDS = 20 * 60

Found = TypeVar("Found")


class WrongSecret(Exception):
    """Number and secret do not go together, or there is no such number."""

    def __init__(self, tries_left: int):
        super().__init__()
        self.tries_left = tries_left


class NothingToChoose(Exception):
    """No proof in this session, or one that has run out or was used."""


@dataclass(frozen=True)
class Proof:
    """That this browser holds the person's secret. With a code, or a PIN where a password is due, it is not the end."""

    person: User
    method: str
    code: OneTimeCode | None = None

    @property
    def must_choose(self) -> bool:
        return self.method == CODE or (self.method == PIN and needs_password(self.person))


def prove(request: HttpRequest, staff_number: str, secret: str) -> Proof:
    """Check a secret. Raises WrongSecret, or limits.NoTriesLeft before it looks at anything."""
    number = current_number(normal_number(staff_number))
    return counted(request, number, lambda: _proof(request, number, secret))


def counted(request: HttpRequest, number: str, look: Callable[[], Found | None]) -> Found:
    """What `look` finds; nothing found is a wrong try for this number. One that is right costs none.

    Raises WrongSecret, or limits.NoTriesLeft before it looks.
    """
    device = known_device(request, number)
    tries = limits.on_device(device.pk) if device else limits.elsewhere(number)
    if not device:
        limits.check_address(request)
    slot = tries.take()
    if found := look():
        tries.give_back(slot)
        return found
    if not device:
        limits.count_against_address(request)
    raise WrongSecret(tries.left())


def let_in(request: HttpRequest, person: User, method: str, next_url: str = "", **how) -> HttpResponse:
    """Sign in through allauth's stages: the session is new, the device known, the way leads to `next_url` or home."""
    chosen = request.session.pop(LANGUAGE, None)
    if chosen and chosen != person.language:
        person.language = chosen
        person.save(update_fields=["language"])
    request.session.pop(CHOOSING, None)
    clear_authentication_records(request)  # of a sign-in that was begun here and left
    record_authentication(request, person, method=method, **how)
    return perform_login(request, person, redirect_url=next_url or landing_url(person))


def hold(request: HttpRequest, proof: Proof, next_url: str = "") -> None:
    """Keep a proof for the page that asks for a new secret. The session gets a new key."""
    request.session.cycle_key()
    request.session[CHOOSING] = {
        "person": str(proof.person.pk),
        "code": str(proof.code.pk) if proof.code else None,
        "hash": proof.person.get_session_auth_hash(),
        "until": time.time() + CHOOSING_SECONDS,
        "next": next_url,
    }


def held(request: HttpRequest) -> tuple[Proof, str]:
    """The kept proof and where it was going. Raises NothingToChoose."""
    kept = request.session.get(CHOOSING)
    if not kept or kept["until"] < time.time():
        raise NothingToChoose
    person = User.objects.filter(pk=kept["person"], is_active=True).first()
    code = OneTimeCode.objects.open().filter(pk=kept["code"]).first() if kept["code"] else None
    if not person or person.get_session_auth_hash() != kept["hash"] or (kept["code"] and not code):
        raise NothingToChoose
    return Proof(person, CODE if code else PIN, code), kept["next"]


def let_out(request: HttpRequest) -> None:
    """Sign out. The device stays known, her picture stays if she wanted it there, the language stays chosen."""
    logout(request)


def keep_language(request: HttpRequest, language: str) -> None:
    """For the signed-in person, or for whoever signs in next in this session."""
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    else:
        request.session[LANGUAGE] = language


def opens_admin(request: HttpRequest) -> bool:
    """Whether a password or a passkey opened this session: six digits, from her head or her phone, are too few."""
    proofs = _proofs(request)
    return not proofs or any(_is_strong(proof) for proof in proofs)


def took_second_step(request: HttpRequest) -> bool:
    """Whether an authenticator, a recovery code or a passkey had its part in this session."""
    return any(proof["method"] == SECOND_STEP for proof in _proofs(request))


def proved_lately(request: HttpRequest, seconds: int) -> bool:
    """Whether she typed her secret, or used her passkey, in the last so many seconds."""
    after = time.time() - seconds
    return any(proof["at"] > after and (_is_strong(proof) or proof["method"] == PIN) for proof in _proofs(request))


def _is_strong(proof: dict) -> bool:
    return proof["method"] == PASSWORD or bool(proof.get("passwordless"))


def _proofs(request: HttpRequest) -> list[dict]:
    return get_authentication_records(request, request.user)


def _proof(request: HttpRequest, number: str, secret: str) -> Proof | None:
    digits = re.sub(r"[\s-]", "", secret)
    if len(digits) == CODE_DIGITS and digits.isdigit():
        code = find_open_code(number, digits)
        return Proof(code.person, CODE, code) if code else None
    is_pin = pins.is_pin(digits)
    person = authenticate(request, username=number, password=digits if is_pin else secret)
    return Proof(person, PIN if is_pin else PASSWORD) if person else None
