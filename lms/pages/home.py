"""What a person meets when she arrives: her way on, or the place where she works."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks

from curriculum.queries import entries
from lms.learning import queries
from lms.learning.permissions import reads_everything
from lms.learning.steps import Path, Standing


def send_on(request: HttpRequest) -> HttpResponse | None:
    """Strangers sign in, staff who learn nothing here work in the admin; everyone else is home."""
    if not request.user.is_authenticated:
        return redirect("people:sign-in")
    request.standings = queries.standings(request.user)
    if not request.standings and reads_everything(request.user):
        return redirect("wagtailadmin_home")
    return None


def context(request: HttpRequest) -> dict[str, Any]:
    """Greeting, Continue card, path, and the rows that other rooms hang in by the hook `home_rows`."""
    standings = getattr(request, "standings", [])
    path = queries.path(request, standings[0]) if standings else None
    rows = [row for hook in hooks.get_hooks("home_rows") for row in hook(request)]
    return {
        "greeting": greeting(timezone.localtime().hour),
        "path": path,
        "certificate_url": next((row["url"] for row in rows if row["icon"] == "cert"), ""),
        "rows": [*_practical_rows(path), *rows, *_other_programmes(request, standings)],
    }


def greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 17 else _("Good evening")


def _practical_rows(path: Path | None) -> list[dict]:
    """The next practical that an observer will watch, and how many there are."""
    left = [step for step in path.steps if step.kind == "practical" and step.is_open and not step.done] if path else []
    if not left:
        return []
    text = _("Your trainer watches: %(title)s") % {"title": left[0].entry.title}
    return [{"icon": "watch", "text": text, "url": left[0].url, "number": len(left)}]


def _other_programmes(request: HttpRequest, standings: list[Standing]) -> list[dict]:
    """Whoever takes, or took, more than one: a way to each of the others."""
    keys = {standing.enrolment.programme_key for standing in standings}
    others = keys - {standing.enrolment.programme_key for standing in standings[:1]}
    found = entries(request, others).values() if others else []
    return [{"icon": "path", "text": entry.title, "url": entry.url} for entry in found]
