"""From bytes to lines: encodings, separators, limits; and which column holds what."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from lms.core import sheets
from lms.core.sheets import workbook as workbook_reading
from lms.learning.intake.matching import guess, matched_rows, sheet_columns
from lms.learning.intake.reading import read

from .hostile import repacked
from .intakes import saved, workbook

HEADING = "Given names,Family name,Phone\n"


def rows(data: bytes):
    lines = read(data)
    return matched_rows(lines, guess(lines).columns)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_read_knows_the_three_separators(separator):
    data = f"Given names{separator}Family name\nGrace{separator}Otieno\n".encode()
    assert [row.values for row in rows(data)] == [{"given_names": "Grace", "family_name": "Otieno"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_read_knows_what_spreadsheets_write(encoding):
    data = "Given names,Family name\nZoë,Gonçalves\n".encode(encoding)
    assert rows(data)[0].values == {"given_names": "Zoë", "family_name": "Gonçalves"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_read_knows_every_end_of_line(end):
    assert read(f"a,b{end}c,d{end}".encode()) == [(1, ["a", "b"]), (2, ["c", "d"])]


@pytest.mark.parametrize(
    "heading",
    [
        "given names,family name",
        "GIVEN NAMES,  Family  Name ",
        "given_names,FamilyName",
        "First name,Surname",
        "Prénom,Nom de famille",
        "Nome,Apelido",
        "Jina la kwanza,Jina la ukoo",
    ],
)
def test_headings_are_known_in_four_languages_without_case_accents_and_spaces(heading):
    lines = read(f"{heading}\nGrace,Otieno\n".encode())
    assert guess(lines).columns == {0: "given_names", 1: "family_name"}
    assert guess(lines).is_certain


@pytest.mark.parametrize(
    ("values", "key"),
    [
        (["0712345678", "+254 722 000 111", ""], "phone"),
        (["1994", "12/5/1988", "1990-01-31 00:00:00"], "birth_year"),
        (["grace@example.org", "amina@example.org", "zuhura@example.org", "-"], "email"),
        (["F", "femme", "Mwanamke"], "sex"),
        (["English", "Português", "Kiswahili"], "language"),
        (["Paris", "12", "1994"], None),
    ],
)
def test_columns_without_a_known_heading_are_guessed_by_what_stands_below(values, key):
    data = "Given names,Family name,Q7\n" + "".join(f'Grace,Otieno,"{value}"\n' for value in values)
    found = guess(read(data.encode()))
    assert found.columns.get(2) == key
    assert not found.is_certain


def test_of_two_columns_alike_the_first_stands_and_nothing_is_certain():
    found = guess(read(b"Given names,First name,Surname\nGrace,G,Otieno\n"))
    assert (found.columns, found.is_certain) == ({0: "given_names", 2: "family_name"}, False)


def test_columns_show_their_first_three_values():
    (first, last) = sheet_columns(read(b"Name,,Tel\nA,,1\n,,2\nC,,3\n,,4\n"))
    assert (first.heading, first.examples) == ("Name", ["A", "C"])
    assert (last.at, last.examples) == (2, ["1", "2", "3"])


def test_read_takes_a_workbook_and_keeps_formulas_visible():
    data = workbook(
        ["Given names", "Family name", "Birth year", "Phone"], ["Grace", "Otieno", 1994.0, '=HYPERLINK("x")']
    )
    assert rows(data)[0].values == {
        "given_names": "Grace",
        "family_name": "Otieno",
        "birth_year": "1994",
        "phone": '=HYPERLINK("x")',
    }


def test_read_takes_the_first_sheet_that_is_shown_and_no_link_to_another_file():
    book = Workbook()
    book.active.append(["Secret"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Shown").append(["Given names", "Family name"])
    book["Shown"].append(["Grace", "='[other.xlsx]Sheet1'!A1"])
    book.active = 1
    data = repacked({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}, saved(book))
    assert rows(data)[0].values["family_name"].startswith("=")


def test_read_numbers_rows_as_the_sheet_does_and_leaves_blank_ones_out():
    assert [row.line for row in rows((HEADING + "Grace,Otieno,\n,,\nAmina,Juma,\n").encode())] == [2, 4]


def test_read_says_when_a_cell_stands_under_no_heading():
    found = rows((HEADING + "Grace,Otieno,,more\nAmina,Juma,\n").encode())
    assert [row.spilled for row in found] == [True, False]


def test_read_takes_exactly_the_limit():
    assert len(rows(HEADING.encode() + b"Grace,Otieno,1\n" * 2000)) == 2000


def test_read_names_the_row_that_is_too_wide_and_does_not_count_empty_cells_at_its_end():
    assert [row.values["phone"] for row in rows((HEADING + "Grace,Otieno,1" + "," * 18_000).encode())] == ["1"]
    wide = ["Grace", "Otieno", *[""] * 38, "more"]
    for data in ((HEADING + ",".join(wide)).encode(), workbook(["Given names", "Family name"], wide)):
        with pytest.raises(sheets.WrongColumns, match="Row 2 has more than 40 columns"):
            read(data)


def with_last_row_at(number: int) -> bytes:
    """A workbook whose one row below the heading says that it stands there; of its size it says A1:B2."""
    plain = workbook(["Given names", "Family name"], ["Grace", "Otieno"])
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        part = archive.read(name)
    return repacked({name: part.replace(b'<row r="2"', b'<row r="%d"' % number)}, plain)


def test_read_does_not_count_to_a_row_that_no_sheet_has(monkeypatch):
    monkeypatch.setattr(workbook_reading, "LAST_LINE", 1000)
    assert [row.line for row in rows(with_last_row_at(1000))] == [1000]
    with pytest.raises(sheets.FileNotReadable, match="The workbook is broken"):
        read(with_last_row_at(10**15))


@given(st.binary(max_size=300))
def test_read_ends_in_lines_or_in_a_refusal(data):
    try:
        assert read(data)
    except sheets.FileRefused as refusal:
        assert str(refusal)
