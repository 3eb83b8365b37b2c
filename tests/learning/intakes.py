"""Sheets and intakes for the tests of this folder."""

import io
from datetime import date

from openpyxl import Workbook

from lms.learning.intake.carrying import carry_out
from lms.learning.intake.checking import review
from lms.learning.intake.matching import guess, matched_rows
from lms.learning.intake.reading import read
from lms.learning.intake.services import start_intake
from lms.learning.models import Intake

HEADINGS = "given names,family name,site code,phone,language,sex,birth year,e-mail,HR number,job"


def sheet(*lines: str, headings: str = HEADINGS) -> bytes:
    return "\n".join([headings, *lines]).encode()


def workbook(*lines) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    return saved(book)


def saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def many(count: int) -> bytes:
    """So many different recruits, with phone, birth year and HR number."""
    return sheet(
        *(f"Grace {_letters(n)},Otieno,,07{n:08d},sw,f,{1970 + n % 30},,HR-{n},Facility" for n in range(count))
    )


def make_intake(curriculum, site, by, data: bytes, **fields) -> Intake:
    """As it stands when its columns are matched by their headings."""
    lines = read(data)
    columns = guess(lines).columns
    values = {"cohort_name": "Kisumu 2026", "starts_on": date(2026, 12, 1)} | fields
    return Intake.objects.create(
        country=site.country,
        site=site,
        programme_key=curriculum.programme.translation_key,
        lines=lines,
        columns={str(at): key for at, key in columns.items()},
        rows=[row.as_dict() for row in matched_rows(lines, columns)],
        uploaded_by=by,
        **values,
    )


def carried_out(intake: Intake, by, **options) -> Intake:
    """Confirmed as it stands, and its task run."""
    expected = review(intake, by).digest
    start_intake(intake, by=by, expected=expected, **options)
    carry_out(intake.pk, by.pk, expected, **options)
    intake.refresh_from_db()
    return intake


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).title()
