"""A table as a file: what the screen shows, for a spreadsheet program."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.http import Http404, HttpResponse
from openpyxl import Workbook

from lms.core.cells import neutral

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(name: str, kind: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The rows as CSV or XLSX; another kind is not found. A cell is text, a number, a date or None."""
    if kind not in MAKERS:
        raise Http404
    content_type, make = MAKERS[kind]
    table = [[str(heading) for heading in headings], *rows]
    response = HttpResponse(make([[_cell(value) for value in row] for row in table]), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return neutral(value) if isinstance(value, str) else value


def _csv(table: list[list]) -> bytes:
    """With the mark of UTF-8, or a spreadsheet program reads names as Windows-1252."""
    response = HttpResponse()
    csv.writer(response).writerows(table)
    return b"\xef\xbb\xbf" + response.content


def _xlsx(table: list[list]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in table:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


MAKERS = {"csv": ("text/csv; charset=utf-8", _csv), "xlsx": (XLSX, _xlsx)}
