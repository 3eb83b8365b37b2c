"""A country's values as one table: all or nothing, confirmed by its lead, never over somebody else's words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curriculum.country_values.cells import Cell, Content, judge
from curriculum.country_values.services import Table, TableNotSaved, save_table
from curriculum.models import CountryValue
from lms.people.models import Role
from tests.factories.people import make_person, post

KENYA = reverse("country_values:table", args=["KE"])
KEY = "iptp_sp_used"


@pytest.fixture
def lead(site):
    person = make_person("Hellen", "Oduya")
    post(person, Role.LEAD)
    return person


@pytest.fixture
def value(kenya):
    return CountryValue.objects.create(
        country=kenya, key=KEY, value="From week 13", note="Guideline", confirmed_on="2026-01-02"
    )


def form(country, **changed) -> dict:
    """The table as its page would post it, with changed cells: the part of the input → text, None: unticked."""
    posted = {}
    for cell in Table(country).cells.values():
        posted |= {f"{cell.name}-{part}": getattr(cell.now, part) for part in ("value", "note")}
        posted[f"{cell.name}-seen"] = cell.now.mark
        if cell.now.confirmed:
            posted[f"{cell.name}-confirmed"] = "on"
    posted |= {f"{KEY}-en-{name}": text for name, text in changed.items()}
    return {name: text for name, text in posted.items() if text is not None}


def stands(country, language="en"):
    row = CountryValue.objects.get(country=country, key=KEY, language=language)
    return row.value, row.confirmed_on


def test_saving_what_stands_there_changes_nothing(kenya, value, trainer):
    assert save_table(kenya, form(kenya), by=trainer) == 0
    assert CountryValue.objects.count() == 1


def test_a_trainers_value_has_to_be_confirmed_anew(kenya, value, trainer):
    assert save_table(kenya, form(kenya, value="From week 12"), by=trainer) == 1
    assert stands(kenya) == ("From week 12", None)


def test_a_trainers_note_leaves_the_confirmation(kenya, value, trainer):
    save_table(kenya, form(kenya, note="Guideline, page 12"), by=trainer)
    assert stands(kenya) == ("From week 13", timezone.datetime(2026, 1, 2).date())


def test_a_trainer_cannot_confirm(kenya, value, trainer):
    CountryValue.objects.update(confirmed_on=None)
    save_table(kenya, form(kenya, value="From week 12", confirmed="on"), by=trainer)
    assert stands(kenya) == ("From week 12", None)


def test_the_lead_confirms_on_the_day_she_saves(kenya, value, lead):
    save_table(kenya, form(kenya, value="From week 12"), by=lead)
    assert stands(kenya) == ("From week 12", timezone.localdate())
    save_table(kenya, form(kenya, confirmed=None), by=lead)
    assert stands(kenya) == ("From week 12", None)


def test_a_new_value_tells_the_rendered_lessons(kenya, value, lead):
    before = CountryValue.objects.get().updated_at
    save_table(kenya, form(kenya, value="From week 12"), by=lead)
    assert CountryValue.objects.get().updated_at > before


def test_a_second_language_is_a_cell_of_its_own(kenya, value, lead):
    assert Table(kenya).languages == ["en", "sw"]
    posted = form(kenya) | {f"{KEY}-sw-value": "Kuanzia wiki ya 13"}
    assert save_table(kenya, posted, by=lead) == 1
    assert stands(kenya, "sw") == ("Kuanzia wiki ya 13", None)


def test_what_is_wrong_is_said_beside_every_cell_and_nothing_is_saved(kenya, value, lead):
    posted = form(kenya, value="x" * 251) | {"infant_tests-en-confirmed": "on", "prep_products-en-value": "Tablets"}
    with pytest.raises(TableNotSaved) as refusal:
        save_table(kenya, posted, by=lead)
    wrong = {cell.name: cell.errors for cell in refusal.value.table.cells.values() if cell.errors}
    assert wrong == {
        "iptp_sp_used-en": ["Value: 251 letters, at most 250."],
        "infant_tests-en": ["Write the value before you confirm it."],
    }
    assert CountryValue.objects.count() == 1


def test_somebody_elses_words_are_not_overwritten(kenya, value, trainer):
    mine = form(kenya, value="From week 12")
    CountryValue.objects.update(value="From week 14")
    with pytest.raises(TableNotSaved) as refusal:
        save_table(kenya, mine, by=trainer)
    assert "From week 14" in refusal.value.table.cells[KEY, "en"].errors[0]
    assert stands(kenya)[0] == "From week 14"


def test_where_she_wrote_nothing_somebody_elses_words_stay(kenya, value, trainer):
    mine = form(kenya) | {"prep_products-en-value": "Tablets"}
    CountryValue.objects.update(value="From week 14")
    assert save_table(kenya, mine, by=trainer) == 1
    assert stands(kenya)[0] == "From week 14"


@pytest.mark.parametrize("typed", [" From \n week\t12 ", "From\x00 week 12"])
def test_what_cannot_be_seen_is_not_kept(kenya, value, lead, typed):
    save_table(kenya, form(kenya, value=typed), by=lead)
    assert stands(kenya)[0] == "From week 12"


def test_both_wrote_the_same(kenya, value, lead):
    mine = form(kenya, value="From week 14")
    CountryValue.objects.update(value="From week 14")
    assert save_table(kenya, mine, by=lead) == 0


@pytest.mark.parametrize(
    ("now", "typed", "may_confirm", "confirmed"),
    [
        (Content("a", "", True), Content("b", "", True), True, True),
        (Content("a", "", True), Content("b", "", True), False, False),
        (Content("a", "", True), Content("a", "n", False), False, True),
        (Content("a", "", False), Content("a", "", True), False, False),
        (Content(), Content("a", "", True), True, True),
    ],
)
def test_who_confirms(now, typed, may_confirm, confirmed):
    cell = judge(Cell(KEY, "en", now=now, typed=typed, seen=now.mark), may_confirm=may_confirm)
    assert (cell.typed.confirmed, cell.errors) == (confirmed, [])


def test_page_saves_and_says_so(client, lead, kenya, value):
    client.force_login(lead)
    assert "From week 13" in client.get(KENYA).content.decode()
    page = client.post(KENYA, form(kenya, value="From week 12", confirmed="on"), follow=True).content.decode()
    assert "1 value of Kenya saved." in page
    assert "1 of 36" in client.get(reverse("country_values:overview")).content.decode()


def test_page_keeps_what_was_typed_where_it_cannot_be_saved(client, trainer, kenya, value):
    client.force_login(trainer)
    page = client.post(KENYA, form(kenya, value="y" * 251)).content.decode()
    assert "y" * 251 in page
    assert page.count("Value: 251 letters, at most 250.") == 2
    assert 'name="iptp_sp_used-en-confirmed"' not in page


def test_saving_again_after_the_warning_is_her_decision(client, trainer, kenya, value):
    client.force_login(trainer)
    mine = form(kenya, value="From week 12")
    CountryValue.objects.update(value="From week 14")
    page = client.post(KENYA, mine)
    assert "From week 14" in page.content.decode()
    shown = {f"{cell.name}-seen": cell.now.mark for _, cells in page.context["rows"] for cell, _name in cells}
    client.post(KENYA, mine | shown)
    assert stands(kenya)[0] == "From week 12"


def test_table_costs_the_same_however_much_is_filled_in(client, lead, kenya, value):
    client.force_login(lead)
    client.get(KENYA)
    one, three = CaptureQueriesContext(connection), CaptureQueriesContext(connection)
    with one:
        client.get(KENYA)
    for key in ("infant_tests", "prep_products"):
        CountryValue.objects.create(country=kenya, key=key, value="Something")
    with three:
        client.get(KENYA)
    assert len(three) == len(one)


@pytest.mark.parametrize("who", ["reviewer", "hr", "observer", "other_country_hr"])
def test_table_is_refused_to_others(client, who, value, request):
    client.force_login(request.getfixturevalue(who))
    assert client.post(KENYA, {}).status_code in (302, 403)
    assert stands(value.country)[0] == "From week 13"


def test_another_countrys_table_is_not_there(client, lead, lesotho):
    client.force_login(lead)
    assert client.get(reverse("country_values:table", args=["LS"])).status_code == 404
    assert client.get(reverse("country_values:table", args=["XX"])).status_code == 404


def test_table_needs_a_sign_in_and_its_methods(client, lead):
    assert client.get(KENYA).status_code == 302
    client.force_login(lead)
    assert client.put(KENYA).status_code == 405
    assert client.post(reverse("country_values:overview")).status_code == 405
