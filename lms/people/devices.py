"""Browsers that a person has signed in on before: a random token in a long-lived cookie, its hash in the database.

Several people may have one browser: the rows with its token. Those who want it stand there with a picture.
"""

import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .models import Device, User
from .whereabouts.agents import words

COOKIE = "device"
SALT = "lms.people.devices"
LIFETIME = timezone.timedelta(days=400)
MOST_FACES = 6


class NoRoomHere(Exception):
    """Six people are remembered on this phone already."""


def known_device(request: HttpRequest, staff_number: str) -> Device | None:
    """This browser, if the person with this number has signed in on it before."""
    return of_browser(request).filter(person__staff_number=staff_number).first()


def of_browser(request: HttpRequest) -> QuerySet[Device]:
    """The rows of everyone who has signed in on this browser."""
    here = browser_hash(request)
    return Device.objects.filter(token_hash=here) if here else Device.objects.none()


def browser_hash(request: HttpRequest) -> str:
    """What the rows of this browser carry; nothing where nobody has signed in yet."""
    token = _token(request)
    return _hash(token) if token else ""


def remember_device(request: HttpRequest, response: HttpResponse, person: User) -> tuple[Device, bool]:
    """Make this browser one of hers; answers its row, and whether it is new beside another that she has."""
    token = _token(request) or secrets.token_urlsafe(24)
    is_first = not person.devices.exists()
    now = timezone.now()
    values = {"last_used_at": now, "label": words(request.headers.get("User-Agent", ""))}
    device, is_new = Device.objects.update_or_create(
        person=person,
        token_hash=_hash(token),
        defaults=values,
        create_defaults=values | {"noticed_at": now if is_first else None},
    )
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return device, is_new and not is_first


def faces(request: HttpRequest) -> QuerySet[Device]:
    """Who wants to be met on this browser's sign-in page, in the order in which they came."""
    remembered = of_browser(request).filter(remembered_at__isnull=False, person__is_active=True)
    return remembered.select_related("person").order_by("remembered_at")[:MOST_FACES]


def face_chosen(request: HttpRequest) -> Device | None:
    """The one of them that was tapped."""
    who = request.POST.get("who", "")
    return next((row for row in faces(request) if str(row.pk) == who), None) if who else None


@transaction.atomic
def remember_face(request: HttpRequest, face: str) -> None:
    """Let the signed-in person's first name and picture stand on this browser's sign-in page. Raises NoRoomHere."""
    here = list(of_browser(request).select_for_update())
    own = next((row for row in here if row.person_id == request.user.pk), None)
    if not own or (sum(bool(row.remembered_at) for row in here) >= MOST_FACES and not own.remembered_at):
        raise NoRoomHere
    own.remembered_at = own.remembered_at or timezone.now()
    own.save(update_fields=["remembered_at"])
    request.user.face = face
    request.user.save(update_fields=["face"])


def forget_face(request: HttpRequest) -> None:
    """Take her away from this browser's sign-in page. Idempotent."""
    of_browser(request).filter(person=request.user).update(remembered_at=None)


def forget_old_devices() -> int:
    """Delete the rows whose cookies have run out; returns how many."""
    return Device.objects.filter(last_used_at__lt=timezone.now() - LIFETIME).delete()[0]


def _token(request: HttpRequest) -> str:
    return request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=LIFETIME)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
