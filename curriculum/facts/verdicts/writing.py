"""Writes the review list: the facts in the order in which a clinician reads them, and empty columns for her."""

import io
from collections.abc import Sequence

from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from lms.core.natural import natural

from ...models import Fact, Verdict
from ..citing import Citations, citations
from .columns import ASKED, COLUMNS, TOLD

WIDTHS = {"statement": 60, "source": 40, "note": 26, "cited_by": 24, "proposed": 60, "reference": 26, "clinician": 22}
USUAL = 15
FOR_HER = PatternFill("solid", start_color="FFF3CC")


def in_reading_order(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """What could harm a client and was not seen in its source comes first; what was seen and harms nobody, last."""
    seen = Fact.Status.VERIFIED
    place = Case(
        When(safety_critical=True, then=Case(When(status=seen, then=Value(1)), default=Value(0))),
        default=Case(When(status=seen, then=Value(3)), default=Value(2)),
    )
    return facts.order_by(place, *natural("code"))


def write(facts: Sequence[Fact]) -> bytes:
    """The list as a workbook. A few queries for what cites them, however many they are."""
    cited, book = citations(facts), Workbook()
    page = book.active
    page.title = _("Review list")
    _line(page, 1, [str(column.label) for column in COLUMNS])
    for row, fact in enumerate(facts, 2):
        _line(page, row, _cells(fact, cited[fact.pk]))
    _dress(page, len(facts) + 1)
    _explain(book.create_sheet(_("How to fill it")))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(fact: Fact, cited: Citations) -> list[str]:
    """Dates, numbers and what looks like a formula are text: they come back as they went."""
    told = {
        "as_of": str(fact.as_of),
        "status": fact.get_status_display(),
        "safety_critical": _("yes") if fact.safety_critical else "",
        "cited_by": cited.in_words,
    }
    return [told[column.key] if column.key in told else str(getattr(fact, column.key)) for column in TOLD]


def _line(page, row: int, texts: list[str]) -> None:
    for column, text in enumerate(texts, 1):
        cell = page.cell(row, column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        cell.data_type, cell.number_format = "s", "@"


def _dress(page, last: int) -> None:
    """Widths, wrapped text, the list of words for a verdict; what she fills in stands on a ground of its own."""
    page.freeze_panes = "B2"
    for number, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = WIDTHS.get(column.key, USUAL)
        page.cell(1, number).font = Font(bold=True)
        for row in range(1, last + 1):
            page.cell(row, number).alignment = Alignment(wrap_text=True, vertical="top")
            if column in ASKED:
                page.cell(row, number).fill = FOR_HER
        if column.key == "verdict":
            words = DataValidation("list", formula1=f'"{",".join(Verdict.Word.values)}"', allow_blank=True)
            words.error = ", ".join(Verdict.Word.values)
            page.add_data_validation(words)
            words.add(f"{letter}2:{letter}{max(last, 2)}")


def _explain(page) -> None:
    for row, texts in enumerate(explanation(), 1):
        _line(page, row, texts)
        page.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    page.column_dimensions["A"].width = 30
    page.column_dimensions["B"].width = 100


def explanation() -> list[list[str]]:
    right, change, remove = Verdict.Word.values
    return [
        [_("Column"), _("What you write there")],
        [_("verdict"), " · ".join(Verdict.Word.values)],
        [right, _("The source says so. Write where: chapter, table or page.")],
        [change, _("It should say something else. Write the whole sentence as it should be beside it.")],
        [remove, _("It must not be taught. It is marked as unsure, and its cards are looked at.")],
        [_("clinician"), _("Your name and profession. It is kept with the fact.")],
        [_("checked on"), _("The day you looked, such as 2026-11-20.")],
        [_("Please leave"), _("the code and the statement as they are. A row that you leave empty changes nothing.")],
    ]
