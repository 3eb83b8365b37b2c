"""Which rows of a preview are shown, and in which order: what somebody must do something about comes first."""

from django.utils.translation import gettext_lazy as _

from .checking import CheckedRow, Review

FILTERS = {"all": _("All"), "decide": _("To decide"), "errors": _("To mend")}


def shown(checked: Review, chosen: str) -> list[CheckedRow]:
    """The rows of a filter, problems first, else as in the sheet."""
    rows = {"all": checked.rows, "decide": checked.to_decide, "errors": checked.bad}[chosen]
    return sorted(rows, key=lambda row: (row.is_good, not row.matches, not row.notices, row.line))
