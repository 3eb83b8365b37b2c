"""One file to print: A4 certificates one after the other, or wallet cards eight to a sheet.

Its pages prove nothing: a signature belongs to a file of its own. Each square and code still does.
"""

from collections.abc import Iterable
from itertools import islice

from django.utils.translation import gettext as _

from ..models import Certificate
from . import sheets
from .gathering import Gathering

MOST = 600  # in one file: the whole of it is put together in memory

Files = Iterable[tuple[Certificate, bytes]]


def write_pages(files: Files, spool) -> None:
    """Every page of every certificate."""
    made = _begun()
    for _certificate, pdf in files:
        made.add_pages(pdf)
    made.save(spool)


def write_cards(files: Files, spool) -> None:
    """Fronts and backs in turn, for a printer that prints both sides and turns along the long edge."""
    made, cards = _begun(), (pdf for _certificate, pdf in files)
    while sheet := list(islice(cards, sheets.ON_A_SHEET)):
        sheets.add_sheet(made, sheet)
    made.save(spool)


def _begun() -> Gathering:
    return Gathering(_("Certificates to print"), _("For printing only. Signatures are in the single files."))
