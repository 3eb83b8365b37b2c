"""What is wrong with a row, by field, which rows are one person, and what may be done about it."""

import pytest
from django.utils import timezone

from lms.learning.intake.checking import review
from lms.learning.services import enrol
from lms.people.models import Departure, Role
from tests.factories.people import make_person, make_site, post

from .intakes import make_intake, sheet


@pytest.fixture
def judge(curriculum, site, hr):
    """The rows of a sheet, judged for HR of Kenya."""
    return lambda *lines, by=hr: review(make_intake(curriculum, site, by, sheet(*lines)), by).rows


def errors(row) -> str:
    return " ".join(f"{label}: {text}" for label, text in row.errors)


def said(row) -> str:
    return " ".join(match.text for match in row.matches)


def test_review_takes_a_full_row(judge, site):
    (row,) = judge("Grace  Wanjiru,Otieno,ke-001,0712345678,Swahili,Female,12/5/1994,grace@example.org,HR-7,Facility")
    assert row.is_good
    assert row.recruit == {
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
        "starts_on": None,
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
        ("Gra\x1bce,Otieno", "given names", "invisible sign"),
        (f"{'G' * 81},Otieno", "given names", "80"),
        ("Grace,Otieno,KE-999", "site", "«KE-999»"),
        ("Grace,Otieno,,12", "phone", "Not a phone number."),
        ("Grace,Otieno,,,klingon", "language", "en, pt, fr, sw"),
        ("Grace,Otieno,,,,x", "sex", "f or m"),
        ("Grace,Otieno,,,,,1894", "birth year", "A year between"),
        ("Grace,Otieno,,,,,soon", "birth year", "Not a date"),
        ("Grace,Otieno,,,,,,nobody", "e-mail", "Not an e-mail"),
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


def test_review_finds_a_site_by_its_name_unless_two_share_it(judge, site):
    make_site("KE-002", name="Twin"), make_site("KE-003", name="Twin")
    one, two = judge("Grace,Otieno,KISUMU clinic", "Amina,Juma,Twin")
    assert one.recruit["site"] == site
    assert "«Twin» is not a site" in errors(two)


def test_review_takes_nobody_in_at_a_closed_site(judge):
    make_site("KE-002", closed_on="2026-01-31")
    (row,) = judge("Grace,Otieno,KE-002")
    assert "«KE-002» is not a site" in errors(row)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("Grace,Otieno,,0712345678", "Amina,Juma,,+254712345678", "The same phone as in row 2"),
        ("Grace,Otieno,,,,,1994", "OTIENO,GRACÉ,,,,,1994", "The same name and birth year as in row 2"),
        ("Grace,Otieno", "Grace,Otieno", "to tell them apart"),
    ],
)
def test_review_leaves_the_second_of_a_double_out_unless_told_otherwise(judge, first, second, words):
    one, two = judge(first, second)
    assert (one.outcome, two.outcome) == ("new", "skip")
    assert words in said(two)
    assert [value for value, _label in two.choices] == ["new", "skip"]


def test_review_refuses_an_hr_number_that_stands_twice(judge):
    one, two = judge("Grace,Otieno,,,,,,,HR-1", "Amina,Juma,,,,,,,hr-1")
    assert one.is_good
    assert "HR number: The same HR number as in row 2" in errors(two)


def test_review_lets_namesakes_of_different_years_pass(judge):
    assert all(row.outcome == "new" for row in judge("Grace,Otieno,,,,,1994", "Grace,Otieno,,,,,1995"))


@pytest.mark.parametrize(
    "line",
    ["Amina,Juma,,0712345678", "Amina,Juma,,,,,,,HR-1", "otieno,GRACÉ,,,,,1994"],
    ids=["phone", "number", "name"],
)
def test_review_offers_to_enrol_whom_it_knows(judge, line):
    known = make_person("Grace", "Otieno", phone="+254712345678", hr_number="HR-1", birth_year=1994)
    (row,) = judge(line)
    assert f"{known.staff_number} has this" in said(row)
    assert [value for value, _label in row.choices] == ["new", str(known.pk), "skip"]
    assert row.outcome == "skip"


def test_review_only_warns_of_a_name_that_is_nearly_known(judge):
    known = make_person("Grace", "Otieno", birth_year=1994)
    near, far = judge("Grace,Atieno,,,,,1994", "Zuhura,Ali,,,,,1994")
    assert f"{known.staff_number} has nearly this name" in said(near)
    assert (near.outcome, far.outcome, far.matches) == ("new", "new", [])


def test_review_names_the_record_that_another_was_merged_into(judge):
    kept = make_person("Grace", "Otieno")
    make_person("Grace", "Otieno", phone="+254712345678", merged_into=kept, is_active=False)
    (row,) = judge("Grace,Otieno,,0712345678")
    assert f"{kept.staff_number} has this phone" in said(row)
    assert str(kept.pk) in dict(row.choices)


def test_review_enrols_nobody_who_has_left_or_takes_the_programme_already(judge, curriculum):
    left = make_person("Grace", "Otieno", phone="+254712345678", is_active=False)
    Departure.objects.create(person=left, reason="resigned")
    enrol(make_person("Amina", "Juma", phone="+254712345679"), curriculum.programme)
    one, two = judge("Grace,Otieno,,0712345678", "Amina,Juma,,0712345679")
    assert "She has left" in said(one)
    assert "takes this programme already" in said(two)
    assert all([value for value, _label in row.choices] == ["new", "skip"] for row in (one, two))


def test_review_knows_nobody_who_was_erased(judge):
    make_person("Grace", "Otieno", phone="+254712345678", erased_at=timezone.now(), is_active=False)
    (row,) = judge("Grace,Otieno,,0712345678")
    assert row.matches == []


def test_review_says_of_another_country_only_that_somebody_has_the_phone(judge):
    elsewhere = make_person("Grace", "Otieno", "LS", phone="+254712345678", hr_number="HR-1", birth_year=1994)
    one, two = judge("Grace,Otieno,,0712345678", "Grace,Otieno,,,,,1994,,HR-1")
    assert said(one) == "Somebody at another site has this phone already."
    assert str(elsewhere.pk) not in dict(one.choices)
    assert two.matches == []


def test_review_does_not_name_people_of_other_sites_to_a_trainer_of_one(judge, kenya):
    elsewhere = make_person("Grace", "Otieno", phone="+254712345678")
    trainer, clinic = make_person("Joy", "Auma"), make_site("KE-002")
    post(trainer, Role.TRAINER, clinic)
    (row,) = judge("Mary,Auma,KE-002,0712345678", by=trainer)
    assert "Somebody at another site has this phone already" in said(row)
    assert elsewhere.staff_number not in said(row)
    assert [value for value, _label in row.choices] == ["new", "skip"]


def test_review_offers_nobody_whose_rank_is_not_below_hers(judge, hr):
    make_person("Lydia", "Wafula", phone="+254712345678", is_superuser=True)
    (row,) = judge("Lydia,Wafula,,0712345678")
    assert [value for value, _label in row.choices] == ["new", "skip"]


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
    for n in range(50):
        make_person("Grace", "Otieno", phone=f"+2547{n:08d}")
    for count in (1, 3, 50):
        lines = [f"Grace {'x' * n}a,Otieno,,07{n:08d},,,1994,,HR-{n}" for n in range(count)]
        intake = make_intake(curriculum, site, hr, sheet(*lines))
        with django_assert_num_queries(5):
            review(intake, hr)
