"""The answers as the page shows them: chosen by state, those to look at marked."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from ..models import BulkCheck
from .columns import COLUMNS
from .words import NAMES, NUMBERS, STATES, is_wrong

ALL, WRONG = "all", "wrong"
FILTERS = (ALL, WRONG, *STATES)
LABELS = {column.key: column.label for column in COLUMNS}


@dataclass(frozen=True)
class ShownRow:
    """`sent`: what stood in the columns that were read. `remarks`: about the name and the staff number."""

    line: int
    sent: list[str]
    answer: dict
    is_wrong: bool
    remarks: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        return STATES[self.answer["state"]]

    @property
    def awarded(self) -> date | None:
        return _day(self.answer.get("awarded"))

    @property
    def until(self) -> date | None:
        return _day(self.answer.get("until"))


def headings(check: BulkCheck) -> list[str]:
    """Of the columns that were read, in the order of the sheet."""
    return [LABELS[key] for key, _at in _columns(check)]


def shown(check: BulkCheck, wanted: str) -> list[ShownRow]:
    rows = zip(check.rows[1:], check.answers, strict=False)
    return [_row(check, line, answer) for line, answer in rows if _is_wanted(answer, wanted)]


def filters(check: BulkCheck, wanted: str) -> list[dict]:
    """What there is to choose, with how many rows it has."""
    counts = {ALL: len(check.answers), WRONG: sum(map(is_wrong, check.answers))} | check.counts
    labels = {ALL: _("All"), WRONG: _("To look at")} | STATES
    return [
        {"name": name, "label": label, "count": counts[name], "is_chosen": name == wanted}
        for name, label in labels.items()
        if counts.get(name)
    ]


def _row(check: BulkCheck, line: list, answer: dict) -> ShownRow:
    number, cells = line
    sent = [cells[at] if at < len(cells) else "" for _key, at in _columns(check)]
    remarks = [NAMES.get(answer.get("name")), NUMBERS.get(answer.get("number"))]
    return ShownRow(number, sent, answer, is_wrong(answer), [remark for remark in remarks if remark])


def _columns(check: BulkCheck) -> list[tuple[str, int]]:
    return sorted(check.columns.items(), key=lambda column: column[1])


def _is_wanted(answer: dict, wanted: str) -> bool:
    return wanted in (ALL, answer["state"]) or (wanted == WRONG and is_wrong(answer))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
