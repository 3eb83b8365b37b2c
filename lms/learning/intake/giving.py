"""One-time codes for the people of an intake: on paper, made in the answer that shows them once, or by SMS.

Only hashes are kept. The sheet is drawn before its codes open anything: where drawing fails, the codes given before
still do. A text message holds its code in the outbox until it was handed over, then it is erased.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from lms.messaging.kinds import Kind
from lms.messaging.models import Channel
from lms.messaging.segments import length_of, plain
from lms.messaging.services import Letter, send_all, words_of
from lms.messaging.words import fill
from lms.people.many import draw_codes, keep_codes
from lms.people.models import OneTimeCode, User
from lms.people.permissions import commanded_by
from lms.people.slips import Slip

from ..models import Intake
from . import queries
from .slip_sheets import draw_sheets

PART = 304  # 38 sheets of paper: drawn within a request


def _words() -> tuple[str, str]:
    return _("Your number and code"), _("Your number {number}, your code {code}, open {address}")


KIND = Kind(
    "slip",
    gettext_lazy("one-time code of an intake"),
    ("number", "code", "address"),
    _words,
    secret=True,
    samples={"number": "K204817", "code": "1234-5678", "address": "learn.example.org"},
)


@dataclass(frozen=True)
class Part:
    """Some people of an intake, in the order of its sheet, who wait for a slip."""

    number: int
    people: list[User]


def parts(intake: Intake, by: User) -> list[Part]:
    """Those who never signed in and to whom `by` may give a code. Where the parts begin stays the same for ever."""
    everyone = queries.people_of(intake)
    may = commanded_by(by, everyone)
    found = []
    for number, start in enumerate(range(0, len(everyone), PART), start=1):
        waiting = [one for one in everyone[start : start + PART] if queries.is_waiting(one) and one.pk in may]
        found += [Part(number, waiting)] if waiting else []
    return found


def kinds() -> list[Kind]:
    return [KIND]


def print_slips(intake: Intake, part: Part, *, by: User) -> bytes:
    """A PDF with a fresh code for each of these people. Raises press.MissingLibrary before any code is changed."""
    codes = draw_codes(part.people)
    pdf = draw_sheets([Slip(person, code) for person, code in codes.items()])
    with transaction.atomic():
        keep_codes(codes, by=by)
        _log(intake, by, "pdf", len(codes))
    return pdf


def with_phone(people: list[User]) -> list[User]:
    return [person for person in people if person.phone]


def price_of(intake: Intake, people: list[User]) -> Decimal | None:
    """What texting these people would cost about; None where nobody has set a price for the country."""
    if intake.country.sms_price is None:
        return None
    languages = Counter(person.language for person in people)
    parts = sum(count * length_of(_sample(language)).segments for language, count in languages.items())
    return parts * intake.country.sms_price


def _sample(language: str) -> str:
    return plain(fill(words_of(KIND, Channel.SMS, language)[1], KIND.sample() | {"address": _address()}))


def codes_of(people: list[User]) -> str:
    """A digest of these people and the codes they hold: it changes with every slip."""
    open_codes = OneTimeCode.objects.filter(person__in=people, used_at=None, cancelled_at=None)
    found = sorted(map(str, open_codes.values_list("pk", flat=True)))
    return hashlib.sha256(repr((sorted(str(person.pk) for person in people), found)).encode()).hexdigest()


class CodesChanged(Exception):
    """Somebody gave slips since the page was drawn."""


@transaction.atomic
def text_slips(intake: Intake, people: list[User], *, by: User, expected: str) -> int:
    """Send each of those with a phone a fresh code. Returns how many messages went into the outbox.

    `expected` is the `codes_of` that the page knew of: of two presses at once, one sends.
    Raises CodesChanged, also where nobody is left.
    """
    Intake.objects.select_for_update().get(pk=intake.pk)
    reached = with_phone(people)
    if not reached or codes_of(reached) != expected:
        raise CodesChanged
    codes = draw_codes(reached)
    keep_codes(codes, by=by)
    letters = [_letter(person, code) for person, code in codes.items()]
    send_all(KIND.name, letters, batch=intake.pk)
    _log(intake, by, "sms", len(letters))
    return len(letters)


def _letter(person: User, code: str) -> Letter:
    context = {"number": person.staff_number, "code": code, "address": _address()}
    return Letter(Channel.SMS, str(person.phone), person.language, person.country_id, person.pk, context)


def _address() -> str:
    return settings.BASE_URL.split("://")[-1]


def _log(intake: Intake, by: User, how: str, people: int) -> None:
    data = {"people": people, "how": how}
    log(instance=intake, action="intake.slips", user=by, title=intake.cohort_name, data=data)
