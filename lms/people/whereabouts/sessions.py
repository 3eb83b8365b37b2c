"""A person's open sessions: listed in words, ended one by one or all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.core.models import PlatformSettings

from ..models import User
from .agents import words

NO_ADDRESS = "192.0.2.0"  # nobody’s (RFC 5737): the column takes no gap


@dataclass(frozen=True)
class Place:
    """One browser that is signed in."""

    pk: int
    label: str
    since: datetime
    last_seen: datetime
    is_here: bool


def places_of(person: User, session_key: str) -> list[Place]:
    """Where she is signed in, this browser first, then by last use."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=person, session_key__in=alive).order_by("-last_seen_at")
    places = [
        Place(
            row.pk,
            words(row.user_agent) or _("A browser"),
            row.created_at,
            row.last_seen_at,
            row.session_key == session_key,
        )
        for row in rows
    ]
    return sorted(places, key=lambda place: not place.is_here)


def end_session(person: User, pk: int) -> bool:
    """Sign her out there; whether there was such a place."""
    return _end(UserSession.objects.filter(user=person, pk=pk)) > 0


def end_sessions(person: User, *, but: str | None = None) -> int:
    """Sign her out everywhere, or everywhere but in this session; answers how many places that were."""
    return _end(UserSession.objects.filter(user=person).exclude(session_key=but or ""))


def seen(session_key: str) -> None:
    """She did something in this session just now."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())


def forget_old_sessions() -> None:
    """What is kept of sign-ins goes after the days that the platform's settings name, the address with it."""
    limit = timezone.now() - timedelta(days=PlatformSettings.load().keep_sign_ins_days)
    _end(UserSession.objects.filter(last_seen_at__lt=limit))
    UserSession.objects.filter(created_at__lt=limit).exclude(ip=NO_ADDRESS).update(ip=NO_ADDRESS)


def _end(rows) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    return UserSession.objects.filter(session_key__in=keys).delete()[0]
