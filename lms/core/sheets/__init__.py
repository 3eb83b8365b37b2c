"""From the bytes of a spreadsheet (CSV or XLSX) to rows of text. Knows no people, no questions and no database.

Whatever cannot be read ends in one `FileRefused` with a sentence for the person who sent it.
"""

from .headings import Column, RawRow, normalise, read
from .lines import Line, read_lines
from .refusals import (
    FileEmpty,
    FileNotReadable,
    FileRefused,
    FileTooLarge,
    Limits,
    TooManyRows,
    WrongColumns,
)
from .text import DateText, FormulaText, decode, separator

__all__ = [
    "Column",
    "DateText",
    "FileEmpty",
    "FileNotReadable",
    "FileRefused",
    "FileTooLarge",
    "FormulaText",
    "Limits",
    "Line",
    "RawRow",
    "TooManyRows",
    "WrongColumns",
    "decode",
    "normalise",
    "read",
    "read_lines",
    "separator",
]
