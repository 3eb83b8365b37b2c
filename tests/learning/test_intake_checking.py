"""What is wrong with a row, by field, and which rows are one person."""

import pytest

from lms.learning.intake.checking import review
from lms.people.models import Role
from tests.factories.people import make_person, make_site, post

from .intakes import make_intake, sheet


@pytest.fixture
def judge(curriculum, site, hr):
    """The rows of a sheet, judged for HR of Kenya."""
    return lambda *lines, by=hr: review(make_intake(curriculum, site, by, sheet(*lines)), by).rows


def errors(row) -> str:
    return " ".join(f"{label}: {text}" for label, text in row.errors)


def test_review_takes_a_full_row(judge, site):
    (row,) = judge("Grace  Wanjiru,Otieno,ke-001,0712345678,Swahili,Female,1994,grace@example.org,HR-7,Facility")
    assert row.is_good
    assert row.recruit | {"phone": str(row.recruit["phone"])} == {
        "given_names": "Grace Wanjiru",
        "family_name": "Otieno",
        "site": site,
        "phone": "+254712345678",
        "language": "sw",
        "sex": "f",
        "birth_year": 1994,
        "email": "grace@example.org",
        "hr_number": "HR-7",
        "job": "Facility",
    }


def test_review_fills_in_site_and_language_of_a_bare_row(judge, site):
    (row,) = judge("Grace,Otieno")
    assert (row.recruit["site"], row.recruit["language"]) == (site, site.country.languages[0])


@pytest.mark.parametrize(
    ("line", "label", "words"),
    [
        (",Otieno", "given names", "The cell is empty."),
        ("Grace,", "family name", "The cell is empty."),
        ("12345,Otieno", "given names", "not a name"),
        ("<b>Grace,Otieno", "given names", "not a name"),
        ("Gra\x1bce,Otieno", "given names", "not a name"),
        (f"{'G' * 81},Otieno", "given names", "80"),
        ("Grace,Otieno,KE-999", "site code", "«KE-999»"),
        ("Grace,Otieno,,12", "phone", "Not a phone number."),
        ("Grace,Otieno,,,klingon", "language", "en, pt, fr, sw"),
        ("Grace,Otieno,,,,x", "sex", "f or m"),
        ("Grace,Otieno,,,,,1894", "birth year", "A year between"),
        ("Grace,Otieno,,,,,soon", "birth year", "whole number"),
        ("Grace,Otieno,,,,,,nobody", "e-mail", "valid email"),
        ("Grace,Otieno,,,,,,,,Facility,extra", "", "More cells than headings"),
    ],
)
def test_review_names_the_field(judge, line, label, words):
    (row,) = judge(line)
    assert [found for found, _text in row.errors] == [label]
    assert words in errors(row)


@pytest.mark.parametrize("sign", "=+-@")
@pytest.mark.parametrize(("field", "line"), [("given names", "{}cmd,Otieno"), ("job", "Grace,Otieno,,,,,,,,{}1+1")])
def test_review_refuses_formulas(judge, sign, field, line):
    (row,) = judge(line.format(sign))
    assert row.errors == [(field, f"Starts with «{sign}» like a formula. Type the value itself.")]


def test_review_knows_a_plus_in_a_phone_from_a_formula(judge):
    good, bad = judge("Grace,Otieno,,+254712345678", "Amina,Juma,,=254712345679")
    assert good.is_good
    assert "formula" in errors(bad)


def test_review_gives_back_the_plus_that_a_spreadsheet_took(judge):
    (row,) = judge("Grace,Otieno,,254712345678")
    assert str(row.recruit["phone"]) == "+254712345678"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("Grace,Otieno,,0712345678", "Amina,Juma,,+254712345678", "phone: The same phone as in row 2"),
        ("Grace,Otieno,,,,,,,HR-1", "Amina,Juma,,,,,,,hr-1", "HR number: The same HR number as in row 2"),
        ("Grace,Otieno,,,,,1994", "GRACE,OTIENO,,,,,1994", "The same name and birth year as in row 2"),
        ("Grace,Otieno", "Grace,Otieno", "to tell them apart"),
    ],
)
def test_review_finds_doubles_in_the_file(judge, first, second, words):
    one, two = judge(first, second)
    assert one.is_good
    assert words in errors(two)


def test_review_lets_namesakes_of_different_years_pass(judge):
    assert all(row.is_good for row in judge("Grace,Otieno,,,,,1994", "Grace,Otieno,,,,,1995"))


@pytest.mark.parametrize(
    "line",
    ["Amina,Juma,,0712345678", "Amina,Juma,,,,,,,HR-1", "grace,otieno,,,,,1994"],
    ids=["phone", "number", "name"],
)
def test_review_finds_people_who_are_known(judge, line):
    known = make_person("Grace", "Otieno", phone="+254712345678", hr_number="HR-1", birth_year=1994)
    (row,) = judge(line)
    assert f"{known.staff_number} has this" in errors(row)


def test_review_says_nothing_about_people_of_other_countries(judge):
    make_person("Grace", "Otieno", "LS", phone="+254712345678")
    (row,) = judge("Grace,Otieno,,0712345678")
    assert row.is_good


def test_review_refuses_sites_that_are_not_the_senders(judge, site):
    make_site("KE-002")
    trainer = make_person("Halima", "Noor")
    post(trainer, Role.TRAINER, site)
    here, elsewhere = judge("Grace,Otieno,KE-001", "Amina,Juma,KE-002", by=trainer)
    assert here.is_good
    assert "«KE-002» is not a site" in errors(elsewhere)


def test_review_asks_the_database_the_same_for_any_number_of_rows(
    judge, django_assert_num_queries, curriculum, site, hr
):
    for count in (1, 3, 50):
        lines = [f"Grace,Otieno,,07{n:08d},,,1994,,HR-{n}" for n in range(count)]
        intake = make_intake(curriculum, site, hr, sheet(*lines))
        with django_assert_num_queries(2):
            review(intake, hr)


def test_review_does_not_name_people_of_other_sites_to_a_trainer_of_one(judge, kenya):
    elsewhere = make_person("Grace", "Otieno", phone="+254712345678")
    trainer, clinic = make_person("Joy", "Auma"), make_site("KE-002")
    post(trainer, Role.TRAINER, clinic)
    (row,) = judge("Mary,Auma,KE-002,0712345678", by=trainer)
    assert "Somebody at another site has this phone already" in errors(row)
    assert elsewhere.staff_number not in errors(row)
