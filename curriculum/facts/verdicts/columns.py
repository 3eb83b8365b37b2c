"""The columns of the review list: what we say of a fact, then what the clinician fills in."""

from django.utils.translation import gettext_lazy as _

from lms.core.sheets import Column, Limits

TOLD = (
    Column("code", _("code"), required=True),
    Column("statement", _("statement"), required=True),
    Column("source", _("source")),
    Column("as_of", _("as of")),
    Column("status", _("status")),
    Column("safety_critical", _("safety-critical")),
    Column("note", _("what was seen")),
    Column("cited_by", _("cited by")),
)
ASKED = (
    Column("verdict", _("verdict"), required=True),
    Column("proposed", _("proposed statement")),
    Column("reference", _("where in the source (page)"), aliases=("where in the source", "page")),
    Column("clinician", _("clinician")),
    Column("checked_on", _("checked on")),
)
COLUMNS = TOLD + ASKED
LABELS = {column.key: column.label for column in COLUMNS}
MAX_BYTES = 5 * 1024 * 1024
LIMITS = Limits(MAX_BYTES, 2_000, 30, _("The file is larger than 5 MB. Send the list itself, without pictures."))
