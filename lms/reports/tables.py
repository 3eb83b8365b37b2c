"""Tables that were reckoned leave as files by the same way as lists do."""

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse

from lms.core.export import ExportMixin


class TableFile(ExportMixin):
    """Rows are dictionaries by column key; `headings` names the columns in order."""

    def __init__(self, request: HttpRequest, name: str, headings: dict[str, str], filters: forms.Form):
        self.request, self.export_filename, self.export_headings = request, name, headings
        self.list_export = list(headings)
        self.filters = Filtered(filters)

    def to_row_dict(self, item):
        return {key: item.get(key, "") for key in self.list_export}


class Filtered:
    """What the way out asks of a filter: its form."""

    def __init__(self, form: forms.Form):
        self.form = form


def file_asked_for(request: HttpRequest) -> str | None:
    asked = request.GET.get("export")
    return asked if asked in TableFile.FORMATS else None


def table_file(request: HttpRequest, name: str, headings: dict, rows: Sequence[dict], form: forms.Form) -> HttpResponse:
    """The table as the file asked for."""
    return TableFile(request, name, headings, form).as_spreadsheet(rows, file_asked_for(request))
