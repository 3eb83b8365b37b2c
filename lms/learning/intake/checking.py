"""Judges the rows of an intake: each by itself, against the other rows, and against people who are known already."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from lms.people.models import User

from ..models import Intake
from . import permissions, queries
from .columns import COLUMNS
from .forms import RecruitForm
from .reading import RawRow

LABELS = {column.key: column.label for column in COLUMNS}
SEEN = {
    "phone": _("The same phone as in row %(row)d. Where two people share one, leave it empty for the second."),
    "hr_number": _("The same HR number as in row %(row)d."),
    "name": _("The same name and birth year as in row %(row)d."),
    "row": _("The same name as in row %(row)d, and no phone, HR number or birth year to tell them apart."),
}
KNOWN = {
    "phone": _("%(number)s has this phone already. Where two people share one, leave it empty here."),
    "hr_number": _("%(number)s has this HR number already."),
    "name": _("%(number)s has this name and birth year already."),
}
SOMEBODY = _("Somebody at another site")
IDENTIFYING = ("given_names", "family_name", "phone", "hr_number", "birth_year")


@dataclass
class CheckedRow:
    """A row and what is wrong about it: (field or "", sentence). `recruit` is there if it could be read."""

    line: int
    values: dict[str, str]
    recruit: dict | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.errors

    @property
    def cells(self) -> list[str]:
        return [self.values.get(key, "") for key in LABELS]


@dataclass
class Review:
    rows: list[CheckedRow]

    @property
    def good(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.is_good]

    @property
    def bad(self) -> list[CheckedRow]:
        return [row for row in self.rows if not row.is_good]


def review(intake: Intake, user: User) -> Review:
    """Judge every row as of now. `user` decides which sites rows may name."""
    sites = {site.code.lower(): site for site in permissions.sites_for(user).filter(country=intake.country)}
    rows = [_judged(RawRow(**raw), intake, sites) for raw in intake.rows]
    readable = [row for row in rows if row.recruit]
    _mark_doubles(readable, _known(intake, readable, user))
    return Review(rows)


def _judged(raw: RawRow, intake: Intake, sites: dict) -> CheckedRow:
    form = RecruitForm(raw, country=intake.country, site=intake.site, sites=sites)
    if form.is_valid():
        return CheckedRow(raw.line, raw.values, recruit=form.cleaned_data)
    errors = [(str(LABELS.get(key, "")), text) for key, texts in form.errors.items() for text in texts]
    return CheckedRow(raw.line, raw.values, errors=errors)


def _mark_doubles(rows: list[CheckedRow], known: dict[tuple, str]) -> None:
    """The first row of a double stands; later ones name it."""
    seen: dict[tuple, int] = {}
    for row in rows:
        for mark in marks(row.recruit):
            label = str(LABELS.get(mark[0], ""))
            if number := known.get(mark):
                row.errors.append((label, KNOWN[mark[0]] % {"number": number}))
            elif mark in seen:
                row.errors.append((label, SEEN[mark[0]] % {"row": seen[mark]}))
            seen.setdefault(mark, row.line)


def marks(recruit: dict) -> list[tuple]:
    """What would tell two rows to be one person: phone, HR number, name with birth year; else all cells alike."""
    name = (recruit["given_names"].casefold(), recruit["family_name"].casefold())
    found = [(key, str(recruit[key]).casefold()) for key in ("phone", "hr_number") if recruit[key]]
    if recruit["birth_year"]:
        found.append(("name", *name, recruit["birth_year"]))
    return found or [("row", *name)]


def _known(intake: Intake, rows: list[CheckedRow], user: User) -> dict[tuple, str]:
    """The staff number behind each mark; of somebody whom this user may not see only that there is one."""
    people = queries.known_people(intake.country, [row.recruit for row in rows], user)
    return {
        mark: person.staff_number if person.is_visible else str(SOMEBODY)
        for person in people
        for mark in marks({key: getattr(person, key) for key in IDENTIFYING})
    }
