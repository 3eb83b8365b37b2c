"""Writes our own spreadsheet. The same questions are the same bytes, whenever they are written."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from lms.core.sheets import Column

from .crossing import DIFFICULTIES
from .drafts import Draft
from .mapping import MOST, NOTE, SHOWN, Cell, Unheld, exchanges
from .markup import printable
from .sheet import columns, sheet_types

SAVED_AT = datetime(2000, 1, 1)


def cells_of(draft: Draft) -> list[Cell]:
    """Raises Unheld where a sheet has no room for the question."""
    exchange = exchanges().get(draft.type)
    if not exchange or not exchange.sheet:
        raise Unheld(_("pictures to choose from"))
    if draft.picture:
        raise Unheld(_("questions with a picture"))
    cells = exchange.to_cells(draft.value)
    if len(cells) > MOST:
        raise Unheld(_("questions with more than %(count)d answers") % {"count": MOST})
    if "feedback" in draft.value and [cell.answer for cell in cells].count(NOTE) > bool(draft.value["feedback"]):
        raise Unheld(_("answers that are only «*»"))
    return cells


def write(drafts: list[Draft], comments: list[str]) -> bytes:
    """A workbook of questions that a sheet can hold; without any it is the empty template."""
    rows = [(draft, cells_of(draft)) for draft in drafts]
    shown = columns(max([SHOWN, *(len(cells) for _draft, cells in rows)]))
    book = Workbook()
    page = book.active
    page.title = _("Questions")
    _lines(page, [[str(column.label) for column in shown], *(_line(draft, cells, shown) for draft, cells in rows)])
    page.freeze_panes = "A2"
    for number, column in enumerate(shown, 1):
        page.cell(1, number).font = Font(bold=True)
        wide = column.key in ("story", "question", "why")
        page.column_dimensions[get_column_letter(number)].width = 40 if wide else 18
    _explain(book.create_sheet(_("How to fill it")), comments)
    return _same_bytes(book)


def _lines(page, lines: Iterable[list[str]]) -> None:
    """Every cell as text: nothing becomes a formula, a date or a number."""
    for row, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            if text:
                cell = page.cell(row, column)
                cell.value = printable(text)
                cell.data_type, cell.number_format = "s", "@"


def _line(draft: Draft, cells: list[Cell], shown: tuple[Column, ...]) -> list[str]:
    values = {
        "type": draft.type,
        "code": draft.code,
        "module": draft.module,
        "story": draft.case.replace("\r\n", "\n"),
        "question": draft.stem,
        "why": draft.why,
        "tags": ", ".join(sorted(draft.tags)),
        "difficulty": DIFFICULTIES.get(draft.difficulty, ""),
        "critical": "yes" if draft.critical else "",
        "facts": ", ".join(draft.facts),
        "countries": ", ".join(sorted(draft.countries)),
        "language": draft.language,
    }
    for number, cell in enumerate(cells, 1):
        values |= {f"{key}_{number}": getattr(cell, key) for key in ("answer", "right", "feedback")}
    return [values.get(column.key, "") for column in shown]


def _explain(page, comments: list[str]) -> None:
    _lines(page, [[comment] for comment in comments] + explanation())
    page.column_dimensions["A"].width = 24
    page.column_dimensions["B"].width = 110
    for row in page.iter_rows(min_col=2, max_col=2):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")


def explanation() -> list[list[str]]:
    """What each column takes, and how each type is written."""
    told = [
        [_("Column"), _("What it takes")],
        ["type", ", ".join(sheet_types())],
        ["code", _("Letters, digits and hyphens, such as tb-q1. Empty: made from the question.")],
        ["module", _("The module's title as it stands on the site. Empty: none.")],
        ["story", _("A case before the question, at most 400 letters. Empty: none.")],
        ["question", _("At most 250 letters, plain text.")],
        [
            _("answer, right, feedback"),
            _("As the type needs them, see below. Feedback: at most 200 letters to an answer."),
        ],
        ["*", _("An answer that is only * holds in its feedback what is said to whoever is not right.")],
        ["why", _("Explains the right answer, at most 300 letters. A question without it is not published.")],
        ["tags", _("Your own words, with commas between them.")],
        ["difficulty", "easy, medium, hard"],
        ["critical", _("yes, where it tests a fact that must be right in the end.")],
        ["facts", _("The codes of the facts it tests, with commas, such as tb-f1.")],
        ["countries", _("Two-letter codes with commas, such as KE, ZM. Empty: everywhere.")],
        ["language", _("Such as en or pt. Empty: the language that you choose when you send the file.")],
        [],
        [_("Type"), _("How it is written")],
    ]
    for name in sheet_types():
        exchange = exchanges()[name]
        question, cells = exchange.example
        written = " · ".join(" | ".join(filter(None, (c.answer, c.right, c.feedback))) for c in cells)
        told.append([name, f"{exchange.sheet} {_('Such as:')} {question} → {written}"])
    return told


def _same_bytes(book: Workbook) -> bytes:
    """The workbook without the moment it was saved."""
    made, out = io.BytesIO(), io.BytesIO()
    book.properties.created = SAVED_AT
    book.save(made)
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            data = before.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            name = zipfile.ZipInfo(part.filename, SAVED_AT.timetuple()[:6])
            after.writestr(name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
