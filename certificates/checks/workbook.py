"""The file that comes back: the rows as they were sent, with the answer behind each."""

import io
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from lms.core.cells import neutral

from ..models import BulkCheck
from .words import NAMES, NUMBERS, STATES

WIDTH = 16
OURS = ("state", "reason", "code", "title", "version", "country", "awarded", "until", "days", "specimen")


def workbook(check: BulkCheck, answers: list[dict]) -> bytes:
    """In the language of the request, or that was chosen for the task."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Checked"))
    width = max(len(cells) for _number, cells in check.rows)
    headings = [*_filled(check.rows[0][1], width), *_headings()]
    for at in range(len(headings)):
        sheet.column_dimensions[get_column_letter(at + 1)].width = WIDTH
    sheet.freeze_panes = "A2"
    sheet.append(headings)
    for (_number, cells), answer in zip(check.rows[1:], answers, strict=True):
        sheet.append([*_filled(cells, width), *_cells(answer)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _filled(cells: list[str], width: int) -> list[str]:
    return [neutral(cell) for cell in cells] + [""] * (width - len(cells))


def _headings() -> list[str]:
    ours = [_("state"), _("reason"), _("certificate"), _("programme"), _("version"), _("issued in"), _("awarded")]
    ours += [_("valid until"), _("days left"), _("specimen"), _("name"), _("staff number")]
    return [capfirst(heading) for heading in ours]


def _cells(answer: dict) -> list:
    values = answer | {
        "state": str(STATES[answer["state"]]),
        "awarded": _day(answer.get("awarded")),
        "until": _day(answer.get("until")),
        "specimen": {True: _("Yes"), False: _("No")}.get(answer.get("specimen"), ""),
    }
    words = [NAMES.get(answer.get("name")), NUMBERS.get(answer.get("number"))]
    shown = [values.get(key) for key in OURS] + [word and str(word) for word in words]
    return [neutral(value) if isinstance(value, str) else value for value in shown]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
