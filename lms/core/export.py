"""The one way by which lists leave as CSV or XLSX: no formulas, readable names, and a line in the audit log."""

import codecs
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.log_actions import log

from .cells import neutral

CHUNK = 2000


class Rows:
    """The rows of a query, read in chunks: a file of 100,000 rows takes no more memory than one of 2,000."""

    def __init__(self, queryset: QuerySet):
        self.queryset, self.model = queryset, queryset.model

    def __iter__(self) -> Iterator:
        return self.queryset.iterator(chunk_size=CHUNK)


class ExportMixin(SpreadsheetExportMixin):
    """Before a Wagtail listing or report. `list_export` names the columns, `export_headings` their headings."""

    def get_context_data(self, *args, **kwargs):
        """For a file no table is made: Wagtail counts what is not paged by reading all of it."""
        return {"object_list": self.object_list} if self.is_export else super().get_context_data(*args, **kwargs)

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        return neutral(value) if isinstance(value, str) else value

    def stream_csv(self, queryset):
        yield codecs.BOM_UTF8  # or a spreadsheet program reads the names as Windows-1252
        yield from super().stream_csv(queryset)

    def as_spreadsheet(self, queryset, spreadsheet_format):
        filters = getattr(self, "filters", None)
        used = sorted(filters.form.changed_data) if filters else []
        rows = queryset.count() if isinstance(queryset, QuerySet) else len(queryset)
        log_export(self.request, self.export_filename, spreadsheet_format, rows, used)
        return super().as_spreadsheet(
            Rows(queryset) if isinstance(queryset, QuerySet) else queryset, spreadsheet_format
        )


def log_export(request: HttpRequest, what: str, file: str, rows: int, filters: Sequence[str] = ()) -> None:
    """Who took how many rows of what away. What she searched for may be a name: only that she did.

    `what` is the name of the list, `file` «csv», «xlsx», «pdf» or «zip».
    """
    data = {"what": what, "format": file, "rows": rows, "filters": list(filters)}
    log(request.user, "core.export", user=request.user, title=request.user.get_username(), data=data)
