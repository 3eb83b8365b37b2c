"""From a file or from what was pasted to rows with a heading."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.core.sheets import FileEmpty, Limits, Line, TooManyRows, read_lines

from .columns import found, is_code, is_number

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5_000
TOO_LARGE = gettext_lazy("The file is larger than 2 MB. Send a sheet with codes only, without pictures.")
LIMITS = Limits(MAX_BYTES, MAX_ROWS, 60, TOO_LARGE)


@dataclass(frozen=True)
class Sheet:
    """`lines`: number and cells of each, the heading first. `columns`: what it holds → number of the column."""

    lines: list[Line]
    columns: dict[str, int]


def read(data: bytes) -> Sheet:
    """A CSV or XLSX file, with or without a heading. Raises FileRefused with a sentence that says what to do."""
    lines = read_lines(data, LIMITS)
    if any(is_code(cell) or is_number(cell) for cell in lines[0][1]):
        lines = [(0, _made_up(lines)), *lines]
    if len(lines) == 1:
        raise FileEmpty(_("The file has a heading but no rows below it."))
    if len(lines) > MAX_ROWS + 1:
        raise TooManyRows(_("The file has more than %(count)d rows. Send it in parts.") % {"count": MAX_ROWS})
    return Sheet(lines, found(lines))


def read_pasted(text: str) -> Sheet:
    """One a line, or rows as a spreadsheet program copies them. Raises FileRefused."""
    return read(text.encode())


def _made_up(lines: list[Line]) -> list[str]:
    """A heading for a sheet that has none."""
    width = max(len(cells) for _number, cells in lines)
    return [_("Column %(number)d") % {"number": at + 1} for at in range(width)]
