"""Signing in: prove who you are with a staff number and a secret, choose a new secret where one is needed, be let in.

Whether a number exists cannot be told from the answer, its text or its time: everything is counted by number, and
a try is the same work with and without a person.
"""

import re
import time
from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse

from . import limits, pins
from .adapter import landing_url
from .backends import normal_number
from .devices import known_device
from .models import OneTimeCode, User
from .permissions import needs_password
from .services import CODE_DIGITS, find_open_code

CODE, PIN, PASSWORD = "code", "pin", "password"
CHOOSING = "people_choosing"  # session: whose new secret is being chosen
LANGUAGE = "people_language"  # session: the language picked on the way to signing in
CHOOSING_SECONDS = 20 * 60


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
    number = normal_number(staff_number)
    device = known_device(request, number)
    tries = limits.on_device(device.pk) if device else limits.elsewhere(number)
    if not device:
        limits.check_address(request)
    slot = tries.take()
    proof = _proof(request, number, secret)
    if proof:
        tries.give_back(slot)
        return proof
    if not device:
        limits.count_against_address(request)
    raise WrongSecret(tries.left())


def let_in(request: HttpRequest, person: User, method: str, next_url: str = "") -> HttpResponse:
    """Sign in through allauth's stages: the session is new, the device known, the way leads to `next_url` or home."""
    chosen = request.session.pop(LANGUAGE, None)
    if chosen and chosen != person.language:
        person.language = chosen
        person.save(update_fields=["language"])
    request.session.pop(CHOOSING, None)
    record_authentication(request, person, method=method)
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
    """Sign out. The device stays known, the language stays chosen."""
    logout(request)


def keep_language(request: HttpRequest, language: str) -> None:
    """For the signed-in person, or for whoever signs in next in this session."""
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    else:
        request.session[LANGUAGE] = language


def used_a_pin(request: HttpRequest) -> bool:
    """Whether this session was opened with six digits."""
    records = get_authentication_records(request, request.user)
    return bool(records) and records[-1]["method"] == PIN


def _proof(request: HttpRequest, number: str, secret: str) -> Proof | None:
    digits = re.sub(r"[\s-]", "", secret)
    if len(digits) == CODE_DIGITS and digits.isdigit():
        code = find_open_code(number, digits)
        return Proof(code.person, CODE, code) if code else None
    is_pin = pins.is_pin(digits)
    person = authenticate(request, username=number, password=digits if is_pin else secret)
    return Proof(person, PIN if is_pin else PASSWORD) if person else None
