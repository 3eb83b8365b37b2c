"""Tokens: make one, which is told once, find the one that was shown, take one back."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from lms.core.models import Country
from lms.people.models import Partner, User

from .models import ApiToken, Scope

BEGINS_WITH = "hlt_"  # programs that look for secrets in the wrong places know it by this


class MadeBefore(Exception):
    """The form was sent twice: its token was made, and told, the first time."""


@transaction.atomic
def make_token(
    *,
    key: UUID,
    by: User,
    name: str,
    countries: Iterable[Country],
    scopes: Iterable[str] = (Scope.CHECK,),
    partner: Partner | None = None,
    expires_on: date,
) -> tuple[ApiToken, str]:
    """The row and the token itself, which nobody can read again. `key` comes with the form. Raises MadeBefore."""
    text = BEGINS_WITH + secrets.token_urlsafe(32)
    values = {"name": name, "partner": partner, "scopes": [str(scope) for scope in scopes], "expires_on": expires_on}
    values |= {"token_sha256": _hash(text), "ending": text[-4:], "created_by": by}
    token, is_new = ApiToken.objects.get_or_create(pk=key, defaults=values)
    if not is_new:
        raise MadeBefore
    token.countries.set(countries)
    codes = sorted(token.countries.values_list("code", flat=True))
    _log(token, "api.make_token", by, countries=codes, scopes=token.scopes, expires_on=expires_on.isoformat())
    return token, text


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> ApiToken:
    """It opens nothing from now on. Idempotent."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        _log(token, "api.revoke_token", by)
    return token


def find_token(text: str) -> ApiToken | None:
    """The open token with this text. Notes the day of its use, with one write a day."""
    today = timezone.localdate()
    token = ApiToken.objects.open(today).filter(token_sha256=_hash(text)).first()
    if token and token.last_used_on != today:
        unused = ApiToken.objects.filter(~Q(last_used_on=today) | Q(last_used_on=None), pk=token.pk)
        unused.update(last_used_on=today)
    return token


def _hash(text: str) -> str:
    """Quick, for a token has 256 random bits: there is nothing to guess."""
    return hashlib.sha256(text.encode()).hexdigest()


def _log(token: ApiToken, action: str, by: User, **data) -> None:
    log(token, action, user=by, title=str(token), data=data)
