"""Everything the platform holds about one person, in plain words. Each app says its part by the hook `person_data`.

A part is a list of (title, rows), a row a dictionary of heading → value, in the language that is active. The page, the
PDF and the JSON file show the same rows.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import ModelLogEntry

from ..models import User

SHOWN = 5  # rows of a section on the page; the files hold all
LOOKS = 200  # of the newest: who looked is about now

FORMAT, VERSION = "my-data", 1


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[dict]

    @property
    def first(self) -> list[dict]:
        return self.rows[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.rows) - SHOWN)


def everything_about(person: User) -> list[Section]:
    """All sections, the empty ones too: that nothing is held is an answer."""
    parts = (part for hook in hooks.get_hooks("person_data") for part in hook(person))
    return [Section(str(title), [_in_words(row) for row in rows]) for title, rows in parts]


def as_file(sections: Iterable[Section]) -> bytes:
    """The JSON file: the rows as they are read, in one order."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "language": get_language(),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "sections": [{"title": section.title, "rows": section.rows} for section in sections],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def looks_at(person: User) -> list[ModelLogEntry]:
    """What others did with her record or with one of its parts, newest first. Two queries and those of the hooks."""
    keys = [str(key) for hook in hooks.get_hooks("records_of_person") for key in hook(person)]
    found = ModelLogEntry.objects.filter(object_id__in=keys).exclude(user=person.pk).exclude(user=None)
    return list(found.order_by("-timestamp")[:LOOKS])


def moment(value: datetime | None) -> str:
    return date_format(timezone.localtime(value), "j F Y, H:i") if value else ""


def day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return date_format(value, "j F Y") if value else ""


def _in_words(row: dict) -> dict:
    """Headings and values as text; what is empty says so by a dash."""
    return {str(heading): str(value) if value not in (None, "") else "–" for heading, value in row.items()}
