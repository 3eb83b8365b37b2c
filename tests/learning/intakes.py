"""Sheets and intakes for the tests of this folder."""

from datetime import date

from lms.learning.intake.reading import read
from lms.learning.models import Intake

HEADINGS = "given names,family name,site code,phone,language,sex,birth year,e-mail,HR number,job"


def sheet(*lines: str, headings: str = HEADINGS) -> bytes:
    return "\n".join([headings, *lines]).encode()


def many(count: int) -> bytes:
    """So many different recruits, with phone, birth year and HR number."""
    return sheet(
        *(f"Grace {_letters(n)},Otieno,,07{n:08d},sw,f,{1970 + n % 30},,HR-{n},Facility" for n in range(count))
    )


def make_intake(curriculum, site, by, data: bytes, **fields) -> Intake:
    values = {"cohort_name": "Kisumu 2026", "starts_on": date(2026, 12, 1)} | fields
    return Intake.objects.create(
        country=site.country,
        site=site,
        programme_key=curriculum.programme.translation_key,
        rows=[row.as_dict() for row in read(data)],
        uploaded_by=by,
        **values,
    )


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).title()
