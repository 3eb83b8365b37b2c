"""Sheets in a workbook (XLSX): the first one that is not hidden."""

import io

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .archive import check_not_merged, check_parts
from .refusals import FileNotReadable, FileRefused, Limits, TooManyRows
from .text import DateText, FormulaText

LAST_LINE = 1_048_576  # of any spreadsheet program
MOST_BLANK = 20_000  # one after another


def workbook_lines(data: bytes, limits: Limits) -> list[tuple[int, list[str]]]:
    """Formulas stay formulas («=…»), so that the check of the row can refuse them. Links to other files are dropped."""
    try:
        check_parts(data)
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise FileNotReadable(_("Every sheet of the workbook is hidden. Show the one to read and send it again."))
        check_not_merged(data, sheet._worksheet_path)
        sheet.reset_dimensions()  # a file may say that it is smaller than it is: its last rows would be lost
        return _filled(sheet, limits)
    except FileRefused:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        raise FileNotReadable(_("The workbook cannot be opened. Save it as CSV and send it again.")) from error


def _filled(sheet, limits: Limits) -> list[tuple[int, list[str]]]:
    lines: list[tuple[int, list[str]]] = []
    last = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > LAST_LINE:  # the reader makes up every row before the next: a forged number never ends
            raise FileNotReadable(_("The workbook is broken. Copy its rows into a new sheet and send that."))
        texts = [_cell_text(cell) for cell in cells[: limits.columns + 1]]
        if any(texts):
            limits.check_width(number, texts)
            lines.append((number, _trimmed(texts)))
            last = number
            limits.check_rows(len(lines))
        elif number - last > MOST_BLANK:
            raise TooManyRows(_("The sheet goes on with empty rows. Copy the filled ones into a new sheet."))
    return lines


def _cell_text(cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FormulaText(value if isinstance(value, str) else "=")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return DateText(text) if cell.is_date else text


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
