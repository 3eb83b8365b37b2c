"""From bytes to rows: encodings, separators, limits, and a sentence for whatever is refused."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from lms.core import sheets
from lms.core.sheets import archive
from lms.core.sheets import workbook as workbook_reading
from lms.learning.intake.reading import read

HEADING = "Given names,Family name,Phone\n"


def workbook(*lines) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_read_knows_the_three_separators(separator):
    data = f"Given names{separator}Family name\nGrace{separator}Otieno\n".encode()
    assert [row.values for row in read(data)] == [{"given_names": "Grace", "family_name": "Otieno"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_read_knows_what_spreadsheets_write(encoding):
    data = "Given names,Family name\nZoë,Gonçalves\n".encode(encoding)
    assert read(data)[0].values == {"given_names": "Zoë", "family_name": "Gonçalves"}


@pytest.mark.parametrize(
    "heading",
    ["given names,family name", "GIVEN NAMES,  Family  Name ", "given_names,FamilyName", "First name,Surname"],
)
def test_read_matches_headings_without_case_and_spaces(heading):
    assert set(read(f"{heading}\nGrace,Otieno\n".encode())[0].values) == {"given_names", "family_name"}


def test_read_takes_a_workbook_and_keeps_formulas_visible():
    data = workbook(
        ["Given names", "Family name", "Birth year", "Phone"], ["Grace", "Otieno", 1994.0, '=HYPERLINK("x")']
    )
    assert read(data)[0].values == {
        "given_names": "Grace",
        "family_name": "Otieno",
        "birth_year": "1994",
        "phone": '=HYPERLINK("x")',
    }


def test_read_numbers_rows_as_the_sheet_does_and_leaves_blank_ones_out():
    rows = read((HEADING + "Grace,Otieno,\n,,\nAmina,Juma,\n").encode())
    assert [row.line for row in rows] == [2, 4]


def test_read_says_when_a_cell_stands_under_no_heading():
    rows = read((HEADING + "Grace,Otieno,,more\nAmina,Juma,\n").encode())
    assert [row.spilled for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("data", "reason", "words"),
    [
        (b"", sheets.FileEmpty, "empty"),
        (b"\n\n , ,\n", sheets.FileEmpty, "empty"),
        (HEADING.encode(), sheets.FileEmpty, "no rows"),
        (b"Given names,Phone\nGrace,1\n", sheets.WrongColumns, "Missing column: family name"),
        (b"Name\nGrace\n", sheets.WrongColumns, "«Name»"),
        (b"Given names,Family name,HIV status\nGrace,Otieno,x\n", sheets.WrongColumns, "Unknown column: «HIV status»"),
        (b"Given names,First name,Surname\nGrace,Grace,Otieno\n", sheets.WrongColumns, "There twice: given names"),
        (b"\x81\x8d\x8f", sheets.FileNotReadable, "not text"),
        (b"PK\x03\x04 broken", sheets.FileNotReadable, "cannot be opened"),
        (b"%PDF-1.7\0\0", sheets.FileNotReadable, "not text"),
        (HEADING.encode() + b"Grace,Otieno,1\n" * 2001, sheets.TooManyRows, "2000 rows"),
        (b"x" * (2 * 1024 * 1024 + 1), sheets.FileTooLarge, "2 MB"),
    ],
)
def test_read_refuses_with_a_sentence(data, reason, words):
    with pytest.raises(reason) as refusal:
        read(data)
    assert words in str(refusal.value)


def test_read_takes_exactly_the_limit():
    assert len(read(HEADING.encode() + b"Grace,Otieno,1\n" * 2000)) == 2000


def test_read_refuses_a_workbook_that_unpacks_to_too_much(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 100)
    with pytest.raises(sheets.FileTooLarge):
        read(workbook(["Given names", "Family name"], ["Grace", "Otieno"]))


def with_last_row_at(number: int) -> bytes:
    """A workbook whose one row below the heading says that it stands there; of its size it says A1:B2."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["Given names", "Family name"], ["Grace", "Otieno"]))) as was,
        zipfile.ZipFile(made, "w") as archive,
    ):
        for name in was.namelist():
            part = was.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b'<row r="2"', b'<row r="%d"' % number)
            archive.writestr(name, part)
    return made.getvalue()


def test_read_does_not_count_to_a_row_that_no_sheet_has(monkeypatch):
    monkeypatch.setattr(workbook_reading, "LAST_LINE", 1000)
    assert [row.line for row in read(with_last_row_at(1000))] == [1000]
    with pytest.raises(sheets.FileNotReadable, match="The workbook is broken"):
        read(with_last_row_at(10**15))


@given(st.binary(max_size=300))
def test_read_ends_in_rows_or_in_a_refusal(data):
    try:
        assert read(data)
    except sheets.FileRefused as refusal:
        assert str(refusal)
