"""Sheets of earlier training for tests."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lms.learning.models import CreditSheet

HEADING = "staff number,module,done on,where,evidence"
DONE = timezone.localdate() - timedelta(days=30)


def line(person, target, done_on: date | str = DONE, where="Ministry of Health", evidence="Certificate 12 seen") -> str:
    return ",".join([getattr(person, "staff_number", person), target, str(done_on), where, evidence])


def upload(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("sheet.csv", "\n".join([HEADING, *lines]).encode())


def make_sheet(sender, *lines: str, handed_on: bool = False, country: str = "KE") -> CreditSheet:
    keys = ("person", "target", "done_on", "provider", "evidence")
    rows = [
        {"line": number, "values": dict(zip(keys, text.split(","), strict=True))}
        for number, text in enumerate(lines, start=2)
    ]
    at = timezone.now() if handed_on else None
    return CreditSheet.objects.create(country_id=country, uploaded_by=sender, rows=rows, handed_on_at=at)
