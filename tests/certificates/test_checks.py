"""A sheet of codes and staff numbers comes back with what the register says of each row."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from certificates.checks import carrying
from certificates.checks.answering import answers, asked
from certificates.checks.carrying import begin_check, carry_out, forget_checks
from certificates.checks.columns import found
from certificates.checks.reading import Sheet, read, read_pasted
from certificates.models import BulkCheck, Certificate
from certificates.proof import codes
from lms.core.sheets import FileRefused, WrongColumns
from lms.people.rights.erasing import erase_person
from tests.factories.register import registered, revoked

COLUMNS = {"code": 0, "staff_number": 1, "family_name": 2}
TODAY = timezone.localdate


@pytest.fixture
def valid(learner):
    return registered(learner)


def said(by, *rows, columns=COLUMNS):
    return answers(by, [asked(list(row), columns) for row in rows], TODAY())


def checked(by, sheet, key=None):
    check = begin_check(by, key or uuid4(), sheet)
    carry_out(check.pk)
    check.refresh_from_db()
    return check


def test_each_row_is_answered_in_its_order(hr, valid, learner):
    wrong = valid.printed_code[:-1] + ("A" if valid.printed_code[-1] != "A" else "B")
    rows = said(
        hr,
        (wrong, "", ""),
        (valid.printed_code.lower(), "", "OTIÉNO"),
        ("", learner.staff_number.lower(), "Wanjiru"),
        (codes.new(), "", ""),
        ("", "Z999999", ""),
    )
    assert [row["state"] for row in rows] == ["typing_error", "valid", "valid", "not_found", "not_found"]
    assert [row.get("name") for row in rows] == [None, "matches", "differs", None, None]
    assert rows[1]["code"] == rows[2]["code"] == valid.printed_code
    assert rows[1]["days"] == (valid.valid_until - TODAY()).days and rows[1]["pk"] == str(valid.pk)


def test_a_specimen_is_never_called_valid(hr, learner):
    specimen = registered(learner, specimen=True)
    [row] = said(hr, (specimen.code, "", ""))
    assert (row["state"], row["specimen"]) == ("specimen", True)


def test_withdrawn_and_expired_say_so(hr, valid, time_machine_at):
    with time_machine_at(500):
        [row] = said(hr, (valid.code, "", ""))
    assert row["state"] == "expired" and row["days"] < 0
    revoked(valid)
    [row] = said(hr, (valid.code, "", ""))
    assert (row["state"], row["reason"], row["days"]) == ("withdrawn", "Conduct", None)


def test_a_sheet_is_checked_by_the_clock_of_each_country(hr, learner):
    last = date(2026, 11, 30)
    there = registered(learner, country_code="GH", awarded_on=last, valid_until=last)
    with time_machine.travel(datetime(2026, 11, 30, 21, 30, tzinfo=UTC), tick=False):
        [row] = checked(hr, Sheet([(1, ["Code"]), (2, [there.code])], {"code": 0})).answers
    assert (row["state"], row["days"]) == ("valid", 0)


def test_a_staff_number_gives_the_newest_that_stands(hr, valid, learner):
    today = TODAY()
    older = registered(learner, awarded_on=today - timedelta(days=300), valid_until=today + timedelta(days=9))
    assert said(hr, ("", learner.staff_number, ""))[0]["code"] == valid.printed_code
    revoked(valid)
    assert said(hr, ("", learner.staff_number, ""))[0]["code"] == older.printed_code
    revoked(older)
    [row] = said(hr, ("", learner.staff_number, ""))
    assert (row["state"], row["code"]) == ("withdrawn", valid.printed_code)


@pytest.mark.parametrize("until, specimen", [(9, True), (-1, False)])
def test_a_staff_number_gives_what_is_valid_before_what_is_newer(hr, valid, learner, until, specimen):
    today = TODAY()
    Certificate.objects.update(awarded_on=today - timedelta(days=300))
    end = today + timedelta(days=until)
    registered(learner, awarded_on=today - timedelta(days=9), valid_until=end, specimen=specimen, programme_key=uuid4())
    [row] = said(hr, ("", learner.staff_number, ""))
    assert (row["state"], row["code"]) == ("valid", valid.printed_code)


def test_a_code_with_anothers_staff_number_does_not_match(hr, valid, learner, other_learner):
    rows = said(hr, (valid.code, learner.staff_number, ""), (valid.code, other_learner.staff_number, ""))
    assert [row["number"] for row in rows] == ["matches", "differs"]


def test_elsewhere_only_the_code_answers_and_nothing_about_her(hr, lesotho_learner):
    there = registered(lesotho_learner)
    by_code, by_number = said(hr, (there.code, "", "Mokoena"), ("", lesotho_learner.staff_number, "Mokoena"))
    assert (by_code["state"], by_code["name"]) == ("valid", "not_compared") and "pk" not in by_code
    assert by_number == {"state": "not_found"}


def test_not_yet_drawn_is_unknown(hr, learner):
    waiting = registered(learner, drawn_at=None, pdf_sha256="")
    assert {row["state"] for row in said(hr, (waiting.code, "", ""), ("", learner.staff_number, ""))} == {"not_found"}


def test_of_an_erased_person_the_state_stays_and_the_name_does_not(hr, valid, learner, administrator):
    number = learner.staff_number
    erase_person(learner, by=administrator)
    by_code, by_number = said(hr, (valid.code, "", "Otieno"), ("", number, ""))
    assert (by_code["state"], by_code["name"]) == ("valid", "not_kept")
    assert by_number["state"] == "not_found"


def test_the_number_of_queries_does_not_grow(hr, valid, learner, other_learner, django_assert_max_num_queries):
    other = revoked(registered(other_learner))
    few = [(valid.code, "", "Otieno")]
    many = [*few, ("", other_learner.staff_number, ""), (other.code, "", ""), (codes.new(), "", "")] * 100
    for rows in (few, many):
        with django_assert_max_num_queries(5):
            said(hr, *rows)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (["Certificate code", "Staff number", "Surname"], {"code": 0, "staff_number": 1, "family_name": 2}),
        (["Site", "Número do certificado", "Apelido"], {"code": 1, "family_name": 2}),
        (["Matricule", "Nom de famille"], {"staff_number": 0, "family_name": 1}),
        (["Jina", "Nambari ya cheti"], {"name": 0, "code": 1}),
    ],
)
def test_columns_are_known_by_name_in_four_languages(heading, expected):
    assert found([(1, heading), (2, ["?"] * len(heading))]) == expected


def test_columns_are_known_by_what_stands_in_them():
    rows = [(number, ["HIV", codes.new(), "T123456"]) for number in range(2, 9)]
    assert found([(1, ["Code", "x", "y"]), *rows]) == {"code": 1, "staff_number": 2}


def test_a_sheet_without_either_says_which_column_is_missing():
    with pytest.raises(WrongColumns, match="«Code» or «Staff number»"):
        read(b"Site,Surname\nHill,Otieno\n")


def test_pasted_lines_need_no_heading():
    code = codes.printed(codes.new())
    sheet = read_pasted(f"{code}\nt100001\n")
    assert sheet.columns == {"code": 0} and [cells for _number, cells in sheet.lines[1:]] == [[code], ["t100001"]]
    assert asked(["t100001"], sheet.columns).number == "T100001"


@pytest.mark.parametrize(
    "data", [b"", b"Code\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", b"PK\x03\x04broken", b"\0\0\0", b"x" * 2_200_000]
)
def test_broken_files_are_refused_with_a_sentence(data):
    with pytest.raises(FileRefused) as refusal:
        read(data)
    assert str(refusal.value).endswith(".")


def test_a_row_without_a_heading_is_not_wider_than_a_sheet_may_be(valid):
    wide = read(f"{valid.code}{',' * 2_000_000}".encode())
    assert [len(cells) for _number, cells in wide.lines] == [60, 60]
    for data in (f"{valid.code}\n{valid.code}{',x' * 18_000}", f"{valid.code}{',' * 2_000_000}x"):
        with pytest.raises(WrongColumns, match=r"Row [12] has more than 60 columns\."):
            read(data.encode())


def test_the_file_keeps_the_rows_and_neutralises_formulas(hr, valid):
    sheet = read(f"Note,Code,Surname\n=1+1,{valid.printed_code},Otieno\nplain,nothing,\n".encode())
    check = checked(hr, sheet)
    assert (check.state, check.counts, check.done_count) == ("done", {"valid": 1, "typing_error": 1}, 2)
    book = load_workbook(BytesIO(check.results.read()))
    heading, first, second = ([cell.value for cell in row] for row in book.active.iter_rows())
    assert heading[:3] == ["Note", "Code", "Surname"] and heading[3] == "State"
    assert first[:4] == ["'=1+1", valid.printed_code, "Otieno", "Valid"] and "Name matches" in first
    assert second[:4] == ["plain", "nothing", None, "Check what you typed"]


def test_pressed_twice_it_is_checked_and_logged_once(hr, valid):
    key, sheet = uuid4(), Sheet([(1, ["Code"]), (2, [valid.code])], {"code": 0})
    checked(hr, sheet, key)
    checked(hr, sheet, key)
    entry = ModelLogEntry.objects.get(action="certificates.check_many")
    assert BulkCheck.objects.count() == 1 and entry.data == {"rows": 1, "valid": 1}


def test_after_a_day_rows_and_file_are_gone(hr, valid, time_machine_at):
    check = checked(hr, Sheet([(1, ["Code"]), (2, [valid.code])], {"code": 0}))
    assert forget_checks() == 0 and storages["private"].exists(check.results.name)
    with time_machine_at(1.01):
        assert forget_checks() == 1
    assert not storages["private"].exists(check.results.name) and not BulkCheck.objects.exists()


def test_one_that_was_killed_is_begun_again_and_at_last_given_up(hr, valid):
    check = begin_check(hr, uuid4(), Sheet([(1, ["Code"]), (2, [valid.code])], {"code": 0}))
    BulkCheck.objects.update(state="running", uploaded_at=timezone.now() - timedelta(hours=1))
    for _time in range(carrying.MOST_TRIES + 1):
        carrying._tasks_of(check)
        carrying.DBTaskResult.objects.update(status="FAILED", enqueued_at=timezone.now() - timedelta(minutes=30))
        carrying.resume_checks()
    check.refresh_from_db()
    assert check.state == "failed" and check.error
    assert len(carrying._tasks_of(check)) == carrying.MOST_TRIES
