"""Our own spreadsheet: cells, and what is said of those that are wrong."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from assessments.exchange import formats, sheet, sheet_writing
from assessments.exchange.mapping import exchanges
from lms.core.sheets import WrongColumns

from .drafts import draft, read_file

HEADINGS = [str(column.label) for column in sheet.columns(8)]


def workbook(**values) -> bytes:
    """A workbook of one single-choice question, some of its cells changed."""
    cells = {"type": "single", "question": "How?", "answer 1": "a", "right 1": "x", "answer 2": "b", "why": "w"}
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append([(cells | values).get(heading) for heading in HEADINGS])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def problem(**values) -> tuple[str, str]:
    (found,) = formats.read(workbook(**values), "x.xlsx").problems
    return found.place, found.reason


def test_csv_reads_every_type_and_names_each_cell_that_is_wrong():
    reading = read_file("sheet.csv")
    assert [found.type for found in reading.drafts[:8]] == [
        "single",
        "multiple",
        "true_false",
        "number",
        "matching",
        "ordering",
        "short_text",
        "gaps",
    ]
    first = reading.drafts[0]
    assert (first.tags, first.difficulty, first.critical, first.countries) == (["air", "week 1"], 1, True, ["KE"])
    assert [problem.place for problem in reading.problems] == [
        "Row 10, column «code»",
        "Row 11, column «right 1»",
        "Row 12, column «answer 1»",
        "Row 13, column «type»",
        "Row 15, column «answer 1»",
        "Row 16, column «difficulty»",
    ]


@pytest.mark.parametrize(
    ("values", "place", "words"),
    [
        ({"answer 1": "=1+1"}, "Row 2, column «answer 1»", "formula"),
        ({"answer 2": __import__("datetime").date(2026, 2, 1)}, "Row 2, column «answer 2»", "made a date"),
        ({"question": "w" * 251}, "Row 2, column «question»", "at most 250 letters, and here are 251"),
        ({"story": "w" * 401}, "Row 2, column «story»", "at most 400"),
        ({"why": "w" * 301}, "Row 2, column «why»", "at most 300"),
        ({"answer 2": "w" * 151}, "Row 2, column «answer 2»", "150"),
        ({"feedback 2": "w" * 201}, "Row 2, column «feedback 2»", "200"),
        ({"right 2": "perhaps"}, "Row 2, column «right 2»", "«perhaps» is no mark"),
        ({"right 2": "x"}, "Row 2, column «answer 1»", "exactly one"),
        ({"answer 2": "", "answer 3": "c"}, "Row 2, column «answer 2»", "empty"),
        ({"critical": "perhaps"}, "Row 2, column «critical»", "yes"),
        ({"type": "riddle"}, "Row 2, column «type»", "single, true_false"),
        ({"question": ""}, "Row 2, column «question»", "no words"),
        ({"code": "Two Words"}, "Row 2, column «code»", "without spaces"),
    ],
)
def test_each_wrong_cell_is_named(values, place, words):
    where, reason = problem(**values)
    assert where == place
    assert words in reason


def test_a_text_that_begins_like_a_formula_is_a_text_in_a_workbook():
    data = formats.FORMATS["sheet"].file([draft("ordering", value={"items": ["=1+1", "-5", "+x"], "feedback": ""})])
    assert load_workbook(io.BytesIO(data)).worksheets[0]["F2"].data_type == "s"
    (found,) = formats.read(data).drafts
    assert found.value["items"] == ["=1+1", "-5", "+x"]


def test_numbers_and_truths_that_a_spreadsheet_makes_of_cells_are_read():
    number = workbook(type="number", **{"answer 1": 37.5, "right 1": None, "answer 2": None})
    assert formats.read(number).drafts[0].value["answer"] == "37.5"
    truth = workbook(type="true_false", **{"answer 1": True, "answer 2": None})
    assert formats.read(truth).drafts[0].value["is_true"] is True


def test_an_unknown_heading_refuses_the_file():
    with pytest.raises(WrongColumns, match="Colour"):
        formats.read(b"Type,Question,Colour\nsingle,How?,red\n", "x.csv")


def test_the_template_explains_every_type_that_a_sheet_holds():
    book = load_workbook(io.BytesIO(sheet_writing.write([], [])))
    assert [cell.value for cell in book.worksheets[0][1]] == HEADINGS
    told = {row[0].value for row in book.worksheets[1].iter_rows()}
    assert set(sheet.sheet_types()) <= told
    assert set(exchanges()) - set(sheet.sheet_types()) == {"picture"}


@pytest.mark.parametrize("type_", sheet.sheet_types())
def test_the_examples_of_the_template_can_be_read(type_):
    question, cells = exchanges()[type_].example
    values = {"type": type_, "question": question, "right 1": "", "answer 2": ""}
    for number, cell in enumerate(cells, 1):
        values |= {
            f"answer {number}": cell.answer,
            f"right {number}": cell.right,
            f"feedback {number}": cell.feedback,
        }
    reading = formats.read(workbook(**values), "x.xlsx")
    assert reading.problems == [] and reading.drafts[0].type == type_
