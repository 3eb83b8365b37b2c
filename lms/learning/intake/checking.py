"""Judges the rows of an intake: each by itself, against the other rows, and against people who are known already."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.core.sheets import RawRow
from lms.people.models import User

from ..models import Intake
from . import permissions
from .columns import LABELS
from .known import Match, matches
from .likeness import marks, name_key
from .rows import Places, RowReader

NEW, SKIP = "new", "skip"
CHUNK = 100
SEEN = {
    "phone": gettext_lazy("The same phone as in row %(row)d."),
    "name": gettext_lazy("The same name and birth year as in row %(row)d."),
    "row": gettext_lazy("The same name as in row %(row)d, and no phone, HR number or birth year to tell them apart."),
}
TWICE = gettext_lazy("The same HR number as in row %(row)d.")


@dataclass
class CheckedRow:
    """A row, what is wrong with it or to notice about it: (heading or "", sentence), and whom it may be.

    `choice`: «new», «skip» or the key of the known person to enrol. `recruit` is there if it could be read.
    """

    line: int
    values: dict[str, str]
    recruit: dict | None
    errors: list[tuple[str, str]]
    notices: list[tuple[str, str]]
    matches: list[Match] = field(default_factory=list)
    choice: str = NEW

    @property
    def is_good(self) -> bool:
        return not self.errors

    @property
    def is_to_decide(self) -> bool:
        return self.is_good and bool(self.matches)

    @property
    def outcome(self) -> str:
        return self.choice if self.is_good else "bad"

    @property
    def choices(self) -> list[tuple[str, str]]:
        people = {match.person.pk: match.person for match in self.matches if match.person}
        known = [
            (str(key), _("This is %(number)s: enrol her") % {"number": person.staff_number})
            for key, person in people.items()
        ]
        return [(NEW, _("New person")), *known, (SKIP, _("Leave out"))]

    @property
    def default(self) -> str:
        return SKIP if any(match.sure for match in self.matches) else NEW

    @property
    def person_key(self) -> UUID | None:
        return None if self.outcome in (NEW, SKIP, "bad") else UUID(self.choice)


@dataclass
class Review:
    rows: list[CheckedRow]

    def having(self, outcome: str) -> list[CheckedRow]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def new(self) -> list[CheckedRow]:
        return self.having(NEW)

    @property
    def linked(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.person_key]

    @property
    def taken(self) -> list[CheckedRow]:
        """The rows that become an enrolment."""
        return [*self.new, *self.linked]

    @property
    def left_out(self) -> list[CheckedRow]:
        return self.having(SKIP)

    @property
    def bad(self) -> list[CheckedRow]:
        return self.having("bad")

    @property
    def to_decide(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.is_to_decide]

    @property
    def digest(self) -> str:
        """Of what would happen to each row: a press means what its page showed, or nothing."""
        return hashlib.sha256(repr([(row.line, row.outcome) for row in self.rows]).encode()).hexdigest()


def review(intake: Intake, user: User, *, on_rows: Callable[[int], None] = lambda count: None) -> Review:
    """Judge every row as of now. `user` decides which sites rows may name; `on_rows` hears how far it is."""
    open_sites = permissions.sites_for(user).open().filter(country=intake.country)
    reader = RowReader(intake.country, intake.site, Places(list(open_sites)))
    rows = []
    for number, raw in enumerate(intake.rows, start=1):
        read = reader.read(RawRow(**raw))
        rows.append(CheckedRow(raw["line"], raw["values"], read.recruit, read.errors, read.notices))
        if number % CHUNK == 0:
            on_rows(number)
    _find_matches(intake, [row for row in rows if row.recruit], user)
    for row in rows:
        wanted = intake.decisions.get(str(row.line))
        row.choice = wanted if wanted in dict(row.choices) else row.default
    return Review(rows)


def _find_matches(intake: Intake, rows: list[CheckedRow], user: User) -> None:
    known = matches(intake, [row.recruit for row in rows], user)
    seen: dict[tuple, int] = {}
    for row in rows:
        for mark in (*marks(row.recruit), *_near(row.recruit)):
            row.matches += known.get(mark, [])
            if mark in seen:
                _say_double(row, mark[0], seen[mark])
            seen.setdefault(mark, row.line)


def _near(recruit: dict) -> list[tuple]:
    name = name_key(recruit["given_names"], recruit["family_name"])
    return [("near", name, recruit["birth_year"])] if recruit["birth_year"] else []


def _say_double(row: CheckedRow, kind: str, line: int) -> None:
    """The first row of a double stands; later ones name it. An HR number can belong to one person only."""
    if kind == "hr_number":
        row.errors.append((str(LABELS[kind]), TWICE % {"row": line}))
    elif kind in SEEN:
        row.matches.append(Match(str(SEEN[kind]) % {"row": line}))
