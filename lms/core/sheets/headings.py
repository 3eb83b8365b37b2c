"""Columns known by their headings, and the rows below them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .lines import read_lines
from .refusals import FileEmpty, Limits, WrongColumns


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
    lines = read_lines(data, limits)
    keys = _keys(lines[0][1], columns)
    if len(lines) == 1:
        raise FileEmpty(_("The file has a heading but no rows below it."))
    return [_row(number, keys, cells) for number, cells in lines[1:]]


def _row(number: int, keys: list[str], cells: list[str]) -> RawRow:
    placed = dict(enumerate(keys))
    values = {placed[at]: cell for at, cell in enumerate(cells) if cell and placed.get(at)}
    return RawRow(number, values, spilled=any(cell and not placed.get(at) for at, cell in enumerate(cells)))


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
