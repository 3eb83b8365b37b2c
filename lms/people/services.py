"""Changes to people: make, post, give a one-time code, reset, choose a PIN. Each is written into the audit log."""

import secrets as random
from collections.abc import Iterable
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from wagtail.log_actions import log

from lms.core.models import Country
from lms.core.zones import zone_of

from . import limits
from .groups import synchronise_groups
from .models import STAFF_ROLES, OneTimeCode, Posting, Role, Site, User
from .whereabouts.sessions import end_sessions

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O: on a slip they read as 1 and 0
CODE_LIFETIME = timedelta(days=14)
CODE_DIGITS = 8


class SiteOfAnotherCountry(Exception):
    """The posting names a site that is not in its country."""


class PostingIsOver(Exception):
    """The posting has ended, or would end before it began."""


class CodeNotOpen(Exception):
    """The one-time code was used, cancelled or has run out."""


@transaction.atomic
def create_person(*, given_names: str, family_name: str, country: Country, by: User | None = None, **fields) -> User:
    """Make a person with a new random staff number. She cannot sign in before she has a one-time code."""
    fields = {"given_names": given_names, "family_name": family_name, "country": country} | fields
    person = User(staff_number=_unused_number(), **fields)
    person.set_unusable_password()
    person.save(force_insert=True)
    _log(person, "wagtail.create", by)
    return person


@transaction.atomic
def change_person(person: User, by: User, *, fields: Iterable[str]) -> User:
    """Save these fields, which a form changed, and no other: she may be choosing a PIN at the same moment.

    «May sign in» taken away ends her sessions at once.
    """
    person.save(update_fields=fields)
    _log(person, "wagtail.edit", by)
    return person


@transaction.atomic
def post_person(
    person: User,
    role: Role | str,
    *,
    country: Country | None = None,
    site: Site | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: User | None = None,
) -> Posting:
    """Give a person a role at a site, or at a whole country (hers, unless told otherwise).

    Idempotent: a posting of this role and place that is not over is returned as it is. Raises SiteOfAnotherCountry.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    country = country or (site.country if site else person.country)
    if site and site.country_id != country.pk:
        raise SiteOfAnotherCountry
    place = {"role": role, "country": country, "site": site}
    if standing := person.postings.not_over().filter(**place).first():
        return standing
    posting = person.postings.create(**place, starts_on=starts_on or today_for(person), ends_on=ends_on)
    _cancel_codes_from_below(posting, by)
    synchronise_groups(person)
    _log(person, "people.post", by, role=str(role), place=site.code if site else country.pk)
    return posting


def today_for(person: User) -> date:
    """By her clock and by that of who acts: where one is a day behind, she is not kept out until it follows."""
    return min(timezone.localdate(), timezone.localdate(timezone=zone_of(person.country_id)))


def _cancel_codes_from_below(posting: Posting, by: User | None) -> None:
    """A slip that somebody made for a learner would else choose the password of her office."""
    if by and posting.role in STAFF_ROLES:
        slips = posting.person.one_time_codes.filter(used_at=None, cancelled_at=None).exclude(made_by=by)
        slips.update(cancelled_at=timezone.now())


@transaction.atomic
def end_posting(posting: Posting, *, on: date | None = None, by: User | None = None) -> Posting:
    """Make a day (today, unless told otherwise) the last one of a posting. Raises PostingIsOver."""
    person = User.objects.select_for_update().get(pk=posting.person_id)
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    on = on or timezone.localdate()
    if on < posting.starts_on or (posting.ends_on and posting.ends_on < timezone.localdate()):
        raise PostingIsOver
    posting.ends_on = on
    posting.save(update_fields=["ends_on"])
    synchronise_groups(person)
    _log(person, "people.end_posting", by, role=posting.role, ends_on=on.isoformat())
    return posting


@transaction.atomic
def issue_one_time_code(person: User, by: User | None = None) -> str:
    """Make a code with which she chooses a PIN, once, within 14 days. Returns it as «1234-5678», this once.

    An open code is cancelled, and wrong tries on devices that are new to her are forgiven.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    now = timezone.now()
    person.one_time_codes.filter(used_at=None, cancelled_at=None).update(cancelled_at=now)
    digits = new_digits()
    OneTimeCode.objects.create(
        person=person, code_hash=code_hash(person, digits), made_by=by, expires_at=now + CODE_LIFETIME
    )
    limits.elsewhere(person.staff_number).clear()
    _log(person, "people.issue_code", by)
    return spelled(digits)


@transaction.atomic
def reset_secret(person: User, by: User, *, second_step: bool = False) -> str:
    """Cancel her PIN or password and her passkeys at once, sign her out everywhere, return a one-time code for her.

    `second_step`: her authenticator and recovery codes are lost too, and are cancelled with the rest.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    person.set_unusable_password()  # every session is bound to the hash that goes with it
    person.save(update_fields=["password"])
    cut_off(person)
    _log(person, "people.reset_secret", by)
    if second_step:
        Authenticator.objects.filter(user=person).delete()
        _log(person, "people.reset_second_step", by)
    return issue_one_time_code(person, by)


def cut_off(person: User) -> None:
    """End her sessions and remove her passkeys: with her PIN or password gone, no way in is left but a new code."""
    Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).delete()
    end_sessions(person)


@transaction.atomic
def lift_lock_out(person: User, by: User) -> None:
    """Forgive the wrong tries on her devices and on all others, so that she may try again at once."""
    limits.lift(person.staff_number, list(person.devices.values_list("pk", flat=True)))
    _log(person, "people.lift_lock_out", by)


def find_open_code(staff_number: str, digits: str) -> OneTimeCode | None:
    """The open code that these digits are, for an active person."""
    codes = OneTimeCode.objects.open().filter(person__staff_number=staff_number, person__is_active=True)
    code = codes.select_related("person").first()
    # A slip made for a record that was merged into hers still opens the door: its code is bound to that record.
    owners = [code.person, *code.person.merged_records.all()] if code else []
    fits = [constant_time_compare(code.code_hash, code_hash(owner, digits)) for owner in owners]
    return code if any(fits) else None


@transaction.atomic
def choose_secret(person: User, code: OneTimeCode | None, secret: str) -> User:
    """Set the PIN or password that she chose, and use up the code that let her (none: she proved her old PIN).

    Raises CodeNotOpen, or ValidationError with sentences for her.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if code and not OneTimeCode.objects.open().filter(pk=code.pk, person=person).update(used_at=timezone.now()):
        raise CodeNotOpen
    validate_password(secret, person)
    person.set_password(secret)
    person.save(update_fields=["password"])
    _log(person, "people.choose_secret", person)
    return person


def new_digits() -> str:
    return "".join(random.choice("0123456789") for _ in range(CODE_DIGITS))


def spelled(digits: str) -> str:
    """A code as a slip says it: «1234-5678»."""
    return f"{digits[:4]}-{digits[4:]}"


def code_hash(person: User, digits: str) -> str:
    """Keyed by the pepper, and quick: an intake makes hundreds. A code is random, runs out, and its tries are few."""
    return salted_hmac(f"one-time code {person.pk}", digits, settings.SIGN_IN_PEPPER, algorithm="sha256").hexdigest()


def new_number() -> str:
    """A staff number that may be taken."""
    return f"{random.choice(LETTERS)}{random.randbelow(10**6):06d}"


def _unused_number() -> str:
    while True:
        number = new_number()
        if not User.objects.filter(staff_number=number).exists():
            return number


def _log(person: User, action: str, by: User | None, **data) -> None:
    """Under her staff number: the log outlives a name."""
    log(person, action, user=by, title=person.staff_number, data=data)
