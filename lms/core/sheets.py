"""From the bytes of a spreadsheet (CSV or XLSX) to rows of text. Knows no people, no questions and no database.

Whatever cannot be read ends in one `FileRefused` with a sentence for the person who sent it.
"""

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import load_workbook

MAX_UNPACKED = 40 * 1024 * 1024
LAST_LINE = 1_048_576  # of any spreadsheet program
SEPARATORS = ",;\t"


class FileRefused(Exception):
    """Nothing was taken from the file; the argument is a sentence that says why."""


class FileTooLarge(FileRefused):
    """More than the limit, or a workbook that unpacks to more than MAX_UNPACKED."""


class FileEmpty(FileRefused):
    """No heading, or a heading and nothing below it."""


class FileNotReadable(FileRefused):
    """Neither UTF-8, UTF-16, Windows-1252 nor a workbook; or a broken one."""


class TooManyRows(FileRefused):
    """More rows than the limit."""


class WrongColumns(FileRefused):
    """A heading is missing, unknown or there twice."""


class DateText(str):
    """A cell that the spreadsheet holds as a date, whatever was typed."""


class FormulaText(str):
    """A cell that holds a formula, or in a CSV file one that would become one."""


@dataclass(frozen=True)
class Limits:
    """How large a sheet may be. `too_large` is the sentence for one of more bytes."""

    bytes: int
    rows: int
    columns: int
    too_large: Any


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    example: str = ""
    required: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def headings(self) -> set[str]:
        """Every heading that means this column, in the language of the request and in English."""
        return {normalise(text) for text in (self.key.replace("_", " "), str(self.label), *self.aliases)}


@dataclass
class RawRow:
    """One row as it was typed. `line`: its number in the sheet; `spilled`: a cell stands under no heading."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    spilled: bool = False

    def as_dict(self) -> dict:
        return asdict(self)


def normalise(heading: str) -> str:
    """Case, accents, spaces and punctuation do not matter in a heading."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.lower())


def read(data: bytes, columns: Sequence[Column], limits: Limits) -> list[RawRow]:
    """The rows of a CSV or XLSX file, blank ones left out. Raises FileRefused."""
    if len(data) > limits.bytes:
        raise FileTooLarge(str(limits.too_large))
    lines = _workbook_lines(data, limits) if data.startswith(b"PK\x03\x04") else _text_lines(data, limits)
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise FileEmpty(_("The file is empty."))
    keys = _keys(filled[0][1], columns)
    if len(filled) == 1:
        raise FileEmpty(_("The file has a heading but no rows below it."))
    return [_row(number, keys, cells) for number, cells in filled[1:]]


def decode(data: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else Windows-1252: what spreadsheets write."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileNotReadable(_("The file is not text. Save the sheet as «CSV UTF-8» or as XLSX and send it again."))


def separator(text: str) -> str:
    """Whichever of comma, semicolon and tab the first filled line has most of."""
    heading = next((line for line in text.splitlines() if line.strip(SEPARATORS + " ")), "")
    return max(SEPARATORS, key=heading.count)


def _row(number: int, keys: list[str], cells: list[str]) -> RawRow:
    placed = dict(enumerate(keys))
    values = {placed[at]: cell for at, cell in enumerate(cells) if cell and placed.get(at)}
    return RawRow(number, values, spilled=any(cell and not placed.get(at) for at, cell in enumerate(cells)))


def _text_lines(data: bytes, limits: Limits) -> list[tuple[int, list[str]]]:
    text = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    lines: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            lines.append((reader.line_num, [_typed(cell.strip()) for cell in cells]))
            _stop_at_limit(lines, limits)
    except csv.Error as error:
        raise FileNotReadable(
            _("Row %(row)d cannot be read. Save the sheet as CSV again.") % {"row": reader.line_num}
        ) from error
    return lines


def _typed(text: str) -> str:
    return FormulaText(text) if text.startswith("=") else text


def _workbook_lines(data: bytes, limits: Limits) -> list[tuple[int, list[str]]]:
    """The first sheet. Formulas stay formulas («=…»), so that the check of the row can refuse them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise FileTooLarge(_("The workbook is too large when unpacked. Copy its rows into a new sheet."))
        sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
        sheet.reset_dimensions()  # a file may say that it is smaller than it is: its last rows would be lost
        lines: list[tuple[int, list[str]]] = []
        for number, cells in enumerate(sheet.iter_rows(max_col=limits.columns), start=1):
            if number > LAST_LINE:  # the reader makes up every row before the next: a forged number never ends
                raise FileNotReadable(_("The workbook is broken. Copy its rows into a new sheet and send that."))
            if all(cell.value is None for cell in cells):
                continue
            lines.append((number, _trimmed([_cell_text(cell) for cell in cells])))
            _stop_at_limit(lines, limits)
    except FileRefused:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        raise FileNotReadable(_("The workbook cannot be opened. Save it as CSV and send it again.")) from error
    return lines


def _cell_text(cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if cell.is_date:
        return DateText(text)
    return FormulaText(text) if cell.data_type == "f" else text


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _stop_at_limit(lines: list[tuple[int, list[str]]], limits: Limits) -> None:
    """Stops reading at the limit, heading included, rather than after the last of a million rows."""
    if not any(lines[-1][1]):
        lines.pop()
    if len(lines) > limits.rows + 1:
        raise TooManyRows(_("The file has more than %(count)d rows. Send it in parts.") % {"count": limits.rows})


def _keys(headings: list[str], columns: Sequence[Column]) -> list[str]:
    """The key of each column, "" for one without a heading."""
    known = {heading: column for column in columns for heading in column.headings}
    found = [known.get(normalise(heading)) if heading else None for heading in headings]
    unknown = [heading for heading, column in zip(headings, found, strict=True) if heading and not column]
    keys = [column.key if column else "" for column in found]
    missing = [column for column in columns if column.required and column.key not in keys]
    doubled = [column for column in columns if keys.count(column.key) > 1]
    problems = [
        *([_missing(missing)] if missing else []),
        *([_unknown(unknown, columns)] if unknown else []),
        *([_("There twice: %(columns)s.") % {"columns": _listed(doubled)}] if doubled else []),
    ]
    if problems:
        raise WrongColumns(" ".join(problems))
    return keys


def _missing(columns: Sequence[Column]) -> str:
    text = ngettext("Missing column: %(columns)s.", "Missing columns: %(columns)s.", len(columns))
    return text % {"columns": _listed(columns)}


def _unknown(headings: list[str], columns: Sequence[Column]) -> str:
    text = ngettext(
        "Unknown column: «%(columns)s». Rename it or take it out. Known are: %(known)s.",
        "Unknown columns: «%(columns)s». Rename them or take them out. Known are: %(known)s.",
        len(headings),
    )
    return text % {"columns": "», «".join(heading[:40] for heading in headings[:10]), "known": _listed(columns)}


def _listed(columns: Sequence[Column]) -> str:
    return ", ".join(str(column.label) for column in columns)
