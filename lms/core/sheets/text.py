"""Sheets as text: CSV in the encodings and with the separators that spreadsheet programs write."""

import codecs
import csv
import io

from django.utils.translation import gettext as _

from .refusals import FileNotReadable, Limits

SEPARATORS = ",;\t"


class DateText(str):
    """A cell that the spreadsheet holds as a date, whatever was typed."""


class FormulaText(str):
    """A cell that holds a formula, or in a CSV file one that would become one."""


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


def text_lines(data: bytes, limits: Limits) -> list[tuple[int, list[str]]]:
    """The filled lines with their numbers. Stops at a limit rather than after the last of a million rows or cells."""
    text = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    lines: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                limits.check_width(reader.line_num, cells)
                lines.append((reader.line_num, [_typed(cell) for cell in cells[: limits.columns]]))
                limits.check_rows(len(lines))
    except csv.Error as error:
        raise FileNotReadable(
            _("Row %(row)d cannot be read. Save the sheet as CSV again.") % {"row": reader.line_num}
        ) from error
    return lines


def _typed(text: str) -> str:
    return FormulaText(text) if text.startswith("=") else text
