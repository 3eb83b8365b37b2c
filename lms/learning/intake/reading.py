"""From the bytes of a spreadsheet to rows of recruits, as they were typed."""

from django.utils.translation import gettext_lazy as _

from lms.core import sheets
from lms.core.sheets import FileRefused, RawRow

from .columns import COLUMNS

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 2_000
LIMITS = sheets.Limits(
    MAX_BYTES, MAX_ROWS, 40, _("The file is larger than 2 MB. Send a sheet with names only, without pictures.")
)

__all__ = ["MAX_BYTES", "FileRefused", "RawRow", "read"]


def read(data: bytes) -> list[RawRow]:
    """The rows of a CSV or XLSX file, blank ones left out. Raises FileRefused."""
    return sheets.read(data, COLUMNS, LIMITS)
