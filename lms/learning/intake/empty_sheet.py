"""The empty sheet to fill in: CSV, or a workbook with a second page that says what each column may hold."""

import csv
import io

from django.conf import settings
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from lms.core.cells import neutral

from . import permissions
from .columns import COLUMNS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def as_csv(request):
    """Every heading and one example row, as a spreadsheet program opens it."""
    permissions.check_may_take_in(request.user)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="intake.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(column.label for column in COLUMNS)
    writer.writerow(column.example for column in COLUMNS)
    return response


@require_GET
def as_workbook(request):
    """Headings to fill in below, and a page of notes with the codes of her sites."""
    permissions.check_may_take_in(request.user)
    sites = permissions.sites_for(request.user).open().select_related("country")
    made = io.BytesIO()
    _workbook(sites).save(made)
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="intake.xlsx"'
    return response


def _workbook(sites) -> Workbook:
    book = Workbook()
    _fill(book.active, _("People"), [[capfirst(str(column.label)) for column in COLUMNS]])
    for at in range(1, len(COLUMNS) + 1):
        book.active.column_dimensions[get_column_letter(at)].number_format = "@"  # or a phone loses its first zero
    notes = book.create_sheet()
    lines = [[_("Column"), _("What it may hold"), _("Example")]]
    lines += [[capfirst(str(column.label)), _notes()[column.key], column.example] for column in COLUMNS]
    lines += [[], [_("Country"), _("Site"), _("Site code")]]
    lines += [[site.country.name, neutral(site.name), neutral(site.code)] for site in sites]
    _fill(notes, _("Notes"), lines)
    return book


def _fill(sheet, title: str, lines: list[list[str]]) -> None:
    sheet.title = title
    for line in lines:
        sheet.append(line)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at in range(1, len(lines[0]) + 1):
        longest = max((len(line[at - 1]) for line in lines if len(line) >= at), default=0)
        sheet.column_dimensions[get_column_letter(at)].width = min(60, longest + 4)


def _notes() -> dict[str, str]:
    languages = ", ".join(f"{code} ({label})" for code, label in settings.LANGUAGES)
    optional = _("May be empty.")
    return {
        "given_names": _("Needed. As her certificate shall say them."),
        "family_name": _("Needed. As her certificate shall say it."),
        "site": _("Code or name of a site below. Empty: the site chosen with the file."),
        "phone": _("As dialled in the country, or with + and the country's number.") + f" {optional}",
        "language": _("One of: %(languages)s.") % {"languages": languages} + f" {optional}",
        "sex": _("f or m.") + f" {optional}",
        "birth_year": _("A year, or a whole date of which only the year is kept.") + f" {optional}",
        "email": optional,
        "hr_number": _("Her number with her employer.") + f" {optional}",
        "job": optional,
        "starts_on": _("Her first day at the site. Empty: today."),
    }
