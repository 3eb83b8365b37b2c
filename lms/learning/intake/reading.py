"""From the bytes of a spreadsheet to its lines, as they were typed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.core import sheets
from lms.core.sheets import FileEmpty, FileRefused, Line

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 2_000
LIMITS = sheets.Limits(
    MAX_BYTES,
    MAX_ROWS,
    40,
    gettext_lazy("The file is larger than 2 MB. Send a sheet with names only, without pictures."),
)

__all__ = ["MAX_BYTES", "FileRefused", "Line", "read"]


def read(data: bytes) -> list[Line]:
    """The filled lines of a CSV or XLSX file, the heading first. Raises FileRefused."""
    lines = sheets.read_lines(data, LIMITS)
    if len(lines) == 1:
        raise FileEmpty(_("The file has a heading but no rows below it."))
    return lines
