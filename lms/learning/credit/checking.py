"""Judges the rows of a sheet of earlier training."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.core.cells import FORMULA_STARTS
from lms.people.backends import normal_number
from lms.people.models import User

from ..intake.values import NotUnderstood, day_of
from ..models import Credit, CreditSheet
from ..queries import IN_DATE
from .columns import COLUMNS
from .targets import Target, by_name, targets

LONGEST = {"provider": 120, "evidence": 250}


@dataclass
class CheckedRow:
    """A row and the sentences that say what is wrong with it."""

    line: int
    values: dict[str, str]
    person: User | None = None
    target: Target | None = None
    done_on: date | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def cells(self) -> list[str]:
        return [self.values.get(column.key, "") for column in COLUMNS]

    @property
    def valid_until(self) -> date:
        return self.done_on + IN_DATE


class Review:
    """All rows of a sheet as of now. `people`: among whom they may be found. A fixed number of queries."""

    def __init__(self, sheet: CreditSheet, people: QuerySet[User]):
        self.rows = [CheckedRow(row["line"], row["values"]) for row in sheet.rows]
        self._people = _numbered(people.filter(country=sheet.country_id), self.rows)
        self._targets = by_name(targets())
        for row in self.rows:
            self._judge(row)
        _mark_doubles(self.rows)

    @cached_property
    def bad(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.errors]

    def _judge(self, row: CheckedRow) -> None:
        row.errors += [
            _("%(column)s is missing.") % {"column": column.label}
            for column in COLUMNS
            if not row.values.get(column.key)
        ]
        if row.errors:
            return
        _judge_words(row)
        self._find_person(row)
        row.target = self._targets.get(row.values["target"].casefold())
        if not row.target:
            row.errors.append(_("There is no module or practical «%(name)s».") % {"name": row.values["target"][:60]})
        _judge_day(row)

    def _find_person(self, row: CheckedRow) -> None:
        found = self._people[_number(row.values["person"])]
        if len(found) == 1:
            [row.person] = found
        elif found:
            row.errors.append(_("More than one person has this HR number: use the staff number."))
        else:
            row.errors.append(_("Nobody here has this number."))


def _judge_words(row: CheckedRow) -> None:
    for column in COLUMNS:
        text = row.values[column.key]
        if text.startswith(FORMULA_STARTS):
            row.errors.append(_("%(column)s looks like a formula.") % {"column": column.label})
        elif len(text) > LONGEST.get(column.key, 250):
            row.errors.append(_("%(column)s is too long.") % {"column": column.label})


def _judge_day(row: CheckedRow) -> None:
    try:
        row.done_on = day_of(row.values["done_on"].removesuffix(" 00:00:00"))
    except NotUnderstood as error:
        row.errors.append(str(error))
        return
    today = timezone.localdate()
    if row.done_on > today:
        row.errors.append(_("The day is still to come."))
    elif row.valid_until < today:
        words = _("Out of date since %(day)s: she learns it here again.")
        row.errors.append(words % {"day": date_format(row.valid_until, "j M Y")})


def _numbered(people: QuerySet[User], rows: list[CheckedRow]) -> dict[str, set[User]]:
    numbers = {row.values.get("person", "") for row in rows} - {""}
    plain = {_number(number) for number in numbers}
    merged = Q(merged_records__staff_number__in=plain)
    found: dict[str, set[User]] = defaultdict(set)
    wanted = Q(staff_number__in=plain) | Q(hr_number__in=numbers) | merged
    for person in people.filter(wanted).distinct().prefetch_related("merged_records"):
        for number in (person.staff_number, *(row.staff_number for row in person.merged_records.all())):
            found[number].add(person)
        if person.hr_number:
            found[_number(person.hr_number)].add(person)
    return found


def _number(text: str) -> str:
    return normal_number(text)


def _mark_doubles(rows: list[CheckedRow]) -> None:
    """The same thing twice in the sheet, or credited before."""
    good = [row for row in rows if not row.errors]
    known = set(
        Credit.objects.filter(person__in={row.person for row in good}).values_list("person", "target_key", "done_on")
    )
    seen: dict[tuple, int] = {}
    for row in good:
        what = (row.person.pk, row.target.key)
        if (*what, row.done_on) in known:
            row.errors.append(_("She has this credit already."))
        elif what in seen:
            row.errors.append(_("The same as in row %(row)d.") % {"row": seen[what]})
        seen.setdefault(what, row.line)
