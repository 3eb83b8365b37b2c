"""The files as they are stored, named by their codes, with a table that says which is whose by staff number."""

import csv
import io
from collections.abc import Iterable
from zipfile import ZIP_STORED, ZipFile

from ..models import Certificate

HEADINGS = ("code", "staff_number", "programme", "awarded_on", "valid_until", "specimen")


def write(files: Iterable[tuple[Certificate, bytes]], spool) -> None:
    index = io.StringIO()
    writer = csv.writer(index)
    writer.writerow(HEADINGS)
    with ZipFile(spool, "w", ZIP_STORED) as book:
        for certificate, pdf in files:
            book.writestr(f"{certificate.code}.pdf", pdf)
            writer.writerow(_line(certificate))
        book.writestr("index.csv", index.getvalue())


def _line(certificate: Certificate) -> list[str]:
    days = (certificate.awarded_on.isoformat(), certificate.valid_until.isoformat())
    specimen = "specimen" if certificate.specimen else ""
    return [certificate.code, certificate.holder.staff_number, certificate.programme_code, *days, specimen]
