"""Why a file is not taken, and how much of it may be."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


class FileRefused(Exception):
    """Nothing was taken from the file; the argument is a sentence that says why."""


class FileTooLarge(FileRefused):
    """More than the limit, or a workbook that unpacks to more than MAX_UNPACKED."""


class FileEmpty(FileRefused):
    """No heading, or a heading and nothing below it."""


class FileNotReadable(FileRefused):
    """Neither UTF-8, UTF-16, Windows-1252 nor a plain workbook; or a broken one."""


class TooManyRows(FileRefused):
    """More rows than the limit."""


class WrongColumns(FileRefused):
    """A heading is missing, unknown or there twice; or there are more columns than the limit."""


@dataclass(frozen=True)
class Limits:
    """How large a sheet may be. `too_large` is the sentence for one of more bytes."""

    bytes: int
    rows: int
    columns: int
    too_large: Any

    def check_rows(self, count: int) -> None:
        """Raises TooManyRows; the heading is one more."""
        if count > self.rows + 1:
            raise TooManyRows(_("The file has more than %(count)d rows. Send it in parts.") % {"count": self.rows})

    def check_width(self, row: int, cells: list[str]) -> None:
        """Raises WrongColumns; empty cells at the end do not count."""
        if any(cells[self.columns :]):
            words = _("Row %(row)d has more than %(count)d columns. Take out those not needed.")
            raise WrongColumns(words % {"row": row, "count": self.columns})
