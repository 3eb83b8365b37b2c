"""Review lists as a clinician sends them back."""

import io

from openpyxl import load_workbook

from curriculum.facts.verdicts import services
from curriculum.facts.verdicts.columns import COLUMNS, LIMITS
from curriculum.facts.verdicts.writing import write
from curriculum.models import Fact, VerdictSheet
from lms.core.sheets import read

from .content import make_fact

KEYS = [column.key for column in COLUMNS]
HER = {"clinician": "Dr A. Phiri", "checked_on": "2026-11-20"}
RIGHT = HER | {"verdict": "right", "reference": "Chapter 4, page 12"}


def make_facts() -> list[Fact]:
    return [
        make_fact("tb-f1", status="memory"),
        make_fact("tb-f2", status="memory", safety_critical=True),
        make_fact("tb-f10", safety_critical=True),
    ]


def filled(book: bytes, verdicts: dict[str, dict], *, beside=()) -> bytes:
    """The list as it went out, with cells filled in by code; `beside`: more rows below."""
    workbook = load_workbook(io.BytesIO(book))
    page = workbook.worksheets[0]
    for row in page.iter_rows(min_row=2):
        for key, text in verdicts.get(row[0].value, {}).items():
            row[KEYS.index(key)].value = text
    for row in beside:
        page.append([row.get(key, "") for key in KEYS])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def listed() -> bytes:
    return write(list(Fact.objects.all()))


def kept(verdicts: dict[str, dict], by) -> VerdictSheet:
    rows = read(filled(listed(), verdicts), COLUMNS, LIMITS)
    return services.keep_sheet(rows, file_name="list.xlsx", by=by)
