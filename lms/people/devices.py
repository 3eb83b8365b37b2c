"""Browsers that a person has signed in on before: a random token in a long-lived cookie, its hash in the database."""

import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .models import Device, User

COOKIE = "device"
SALT = "lms.people.devices"
LIFETIME = timezone.timedelta(days=400)


def known_device(request: HttpRequest, staff_number: str) -> Device | None:
    """This browser, if the person with this number has signed in on it before."""
    token = _token(request)
    if not token:
        return None
    return Device.objects.filter(token_hash=_hash(token), person__staff_number=staff_number).first()


def remember_device(request: HttpRequest, response: HttpResponse, person: User) -> None:
    token = _token(request) or secrets.token_urlsafe(24)
    Device.objects.update_or_create(person=person, token_hash=_hash(token), defaults={"last_used_at": timezone.now()})
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget_old_devices() -> int:
    """Delete the rows whose cookies have run out; returns how many."""
    return Device.objects.filter(last_used_at__lt=timezone.now() - LIFETIME).delete()[0]


def _token(request: HttpRequest) -> str:
    return request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=LIFETIME)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
