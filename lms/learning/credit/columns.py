"""The columns of a sheet of earlier training."""

from django.utils.translation import gettext_lazy as _

from lms.core import sheets
from lms.core.sheets import Column

COLUMNS = (
    Column("person", _("staff number or HR number"), "K104417", True, ("staff number", "hr number", "number")),
    Column("target", _("module or practical"), "tuberculosis", True, ("code", "module", "practical", "module code")),
    Column("done_on", _("done on"), "2026-03-04", True, ("date", "day")),
    Column("provider", _("where"), "Ministry of Health, Nairobi", True, ("place", "provider", "trained by")),
    Column("evidence", _("evidence"), "Certificate no. 1234, seen", True, ("proof", "paper")),
)
MAX_BYTES = 1024 * 1024
MAX_ROWS = 500
LIMITS = sheets.Limits(MAX_BYTES, MAX_ROWS, 20, _("The file is larger than 1 MB. Send it in parts, without pictures."))
