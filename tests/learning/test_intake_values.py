"""What a cell means. No database."""

from datetime import date

import pytest
import time_machine

from lms.learning.intake import values
from lms.learning.intake.values import NotUnderstood


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-21T10:00:00Z"):
        yield


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1994", 1994),
        ("12/05/1994", 1994),
        ("12.5.94", 1994),
        ("12/03/68", 1968),
        ("1994-05-12 00:00:00", 1994),
        ("34567", 1994),
        ("12 de março de 1994", 1994),
        ("le 3 février 1990", 1990),
        ("3 Machi 1991", 1991),
        ("May 5, 1968", 1968),
    ],
)
def test_birth_year_is_read_from_years_and_dates(text, year):
    assert values.birth_year(text) == year


@pytest.mark.parametrize("text", ["94", "soon", "1894", "2020", "00/00/1990", "99999999", "12/05/20260"])
def test_birth_year_that_cannot_be_is_refused(text):
    with pytest.raises(NotUnderstood):
        values.birth_year(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/4/2026", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("2026-04-03 00:00:00", date(2026, 4, 3)),
        ("3 avril 2026", date(2026, 4, 3)),
        ("46115", date(2026, 4, 3)),
    ],
)
def test_start_date_has_its_day_first(text, day):
    assert values.start_date(text) == day


def test_start_date_far_away_is_refused():
    with pytest.raises(NotUnderstood, match="More than two years"):
        values.start_date("3/4/2006")


@pytest.mark.parametrize(
    "text",
    [
        "0712345678",
        "712345678",
        "254712345678",
        "+254 712 345 678",
        "00254712345678",
        "(0712) 345-678",
        "\u202a+254712345678\u202c",
    ],
)
def test_phone_is_understood_however_it_is_written(text):
    assert values.phone(text, "KE", "+254") == values.Understood("+254712345678")


@pytest.mark.parametrize("text", ["0712345678/0722345678", "0712 345 678 or 0722 345 678", "0712345678; 0733123456"])
def test_of_two_phones_the_first_is_kept_with_a_notice(text):
    found = values.phone(text, "KE", "+254")
    assert found.value == "+254712345678"
    assert "Two numbers" in found.notice


def test_phone_of_another_country_needs_its_plus():
    assert values.phone("+258 84 123 4567", "KE", "+254").value == "+258841234567"


@pytest.mark.parametrize(("text", "words"), [("12", "Not a phone"), ("nine", "Not a phone"), ("7.12E+08", "shortened")])
def test_phone_that_is_none_is_refused(text, words):
    with pytest.raises(NotUnderstood, match=words):
        values.phone(text, "KE", "+254")


@pytest.mark.parametrize("text", ["አበበ", "N’Golo", "Zoë-Anne", "O'Neil", "JO", "Mary-Jane A."])
def test_names_of_any_script_pass(text):
    assert values.name(text) == values.Understood(text)


@pytest.mark.parametrize(("text", "words"), [("GRACE", "capitals"), ("Mary 2", "number")])
def test_names_to_look_at_get_a_notice_and_stay(text, words):
    found = values.name(text)
    assert (found.value, words in found.notice) == (text, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Grace\u200b", "invisible"),
        ("Gr\u202eace", "invisible"),
        ("Gra\u200fce", "invisible"),
        ("Gra\x1bce", "invisible"),
        ("ZoÃ«", "damaged"),
        ("Zo\ufffd", "damaged"),
        ("<b>Grace", "not a name"),
        ("123", "not a name"),
    ],
)
def test_names_that_hide_something_are_refused(text, words):
    with pytest.raises(NotUnderstood, match=words):
        values.name(text)
