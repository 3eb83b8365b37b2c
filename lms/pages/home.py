"""What a person meets when she arrives: her way on, or the place where she works."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.practice.queries import left_today
from certificates.permissions import certificates_of
from certificates.renewal.queries import to_renew
from lms.learning import queries
from lms.learning.attendance.permissions import READERS
from lms.learning.permissions import reads_everything
from lms.learning.steps import Path, Standing
from lms.people.models import Role, User
from lms.people.whereabouts.notices import to_notice


def send_on(request: HttpRequest) -> HttpResponse | None:
    """Strangers sign in, staff who learn nothing here work in the admin; everyone else is home."""
    if not request.user.is_authenticated:
        return redirect("people:sign-in")
    request.standings = queries.standings(request.user)
    if not request.standings and reads_everything(request.user):
        return redirect("wagtailadmin_home")
    return None


def context(request: HttpRequest) -> dict[str, Any]:
    """Greeting, Continue card, path, and what there is to know: rows with icon, text, url and, if need be, number.

    Who only observes goes on to her people; who learns too has them among the rows.
    """
    standings = getattr(request, "standings", [])
    path = queries.path(request, standings[0], beside=_other_programmes(standings)) if standings else None
    observes, teaches = _work_rows(request.user)
    return {
        "greeting": greeting(timezone.localtime().hour),
        "new_devices": to_notice(request),
        "path": path,
        "is_waiting": not path and not observes,
        "people_url": observes[0]["url"] if observes and not path else "",
        "certificate_url": reverse("certificates:mine"),
        "rows": [
            *_renewal_rows(request.user, standings),
            *_practice_rows(request.user, path),
            *_practical_rows(path),
            *(observes if path else []),
            *teaches,
            *_certificate_rows(request.user, path),
            *_programme_rows(path),
        ],
    }


def greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 17 else _("Good evening")


def _renewal_rows(person: User, standings: list[Standing]) -> list[dict]:
    """From the day on which the first of her certificates may be renewed until she has begun. Who has completed
    nothing yet is not asked about: her page stays as cheap as it was."""
    has_completed = any(standing.enrolment.completed_at for standing in standings)
    waiting = to_renew(person, timezone.localdate()) if has_completed else []
    if not waiting:
        return []
    day = {"day": date_format(waiting[0][1].grace_until, "j F")}
    text = _("Renew your certificate, until %(day)s") % day
    return [{"icon": "redo", "text": text, "url": reverse("certificates:mine")}]


def _practice_rows(person: User, path: Path | None) -> list[dict]:
    """What she missed in quizzes, while some of today's questions are left."""
    count = left_today(person) if path else 0
    if not count:
        return []
    text = ngettext("Practise: %(count)s question", "Practise: %(count)s questions", count) % {"count": count}
    return [{"icon": "redo", "text": text, "url": reverse("assessments:practice-today")}]


def _practical_rows(path: Path | None) -> list[dict]:
    """The next practical that an observer will watch, and how many there are."""
    left = [step for step in path.steps if step.kind == "practical" and step.is_open and not step.done] if path else []
    if not left:
        return []
    text = _("Your trainer watches: %(title)s") % {"title": left[0].entry.title}
    return [{"icon": "watch", "text": text, "url": left[0].url, "number": len(left)}]


def _work_rows(person: User) -> tuple[list[dict], list[dict]]:
    """The ways to whom she observes, and to the cohorts she trains or answers for. One query."""
    held = set(person.postings.current().values_list("role", flat=True))
    observes = {"icon": "people", "text": _("My people"), "url": reverse("assessments:people-list")}
    teaches = {"icon": "path", "text": _("My cohorts"), "url": reverse("room:cohorts")}
    return [observes] if Role.OBSERVER in held else [], [teaches] if held.intersection(READERS) else []


def _certificate_rows(person: User, path: Path | None) -> list[dict]:
    """Whoever learns, or has learned, has a place where her certificates are."""
    if not path and not certificates_of(person).exists():
        return []
    return [{"icon": "cert", "text": _("My certificates"), "url": reverse("certificates:mine")}]


def _other_programmes(standings: list[Standing]) -> list[UUID]:
    """Keys of what she takes, or took, beside the programme that her path shows."""
    keys = dict.fromkeys(standing.enrolment.programme_key for standing in standings)
    return list(keys)[1:]


def _programme_rows(path: Path | None) -> list[dict]:
    return [{"icon": "path", "text": other.title, "url": other.url} for other in path.others] if path else []
