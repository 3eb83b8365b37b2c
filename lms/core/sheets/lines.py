"""The filled lines of a file, as they were typed, the heading first."""

from django.utils.translation import gettext as _

from .archive import is_workbook
from .refusals import FileEmpty, FileTooLarge, Limits
from .text import text_lines
from .workbook import workbook_lines

Line = tuple[int, list[str]]


def read_lines(data: bytes, limits: Limits) -> list[Line]:
    """Number and cells of each line that holds anything, of a CSV or XLSX file. Raises FileRefused.

    At least a heading; whether anything stands below it is for the caller to say.
    """
    if len(data) > limits.bytes:
        raise FileTooLarge(str(limits.too_large))
    lines = workbook_lines(data, limits) if is_workbook(data) else text_lines(data, limits)
    if not lines:
        raise FileEmpty(_("The file is empty."))
    return lines
