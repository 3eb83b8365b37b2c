"""The report and a person's record in the admin: who may, what is shown, what the file holds, what is logged."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from lms.core.cells import neutral
from lms.learning.models import Enrolment
from lms.people.models import Role, User
from lms.reports.states import State
from tests.factories.people import make_person, make_site, post

from .rows import make_certificate, make_learner

LIST = "reports:people"


def shown(answer) -> list[str]:
    return [row.person.given_names for row in answer.context["object_list"]]


def csv_rows(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def xlsx_rows(answer) -> list[list]:
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_report_shows_progress_and_state(as_, hr, people):
    answer = as_(hr).get(reverse(LIST))
    assert shown(answer) == ["Amina", "Beatrice", "Cecilia", "Dorcas"]
    for words in ("1 of 4", "Specimen, not a certificate", "In progress", "Withdrawn", people[0].staff_number):
        assert words in " ".join(answer.text.split())
    assert "<title>People and certificates - Health Learning</title>" in " ".join(answer.text.split())


def test_strip_counts_and_leads_to_the_list(as_, hr, people):
    client = as_(hr)
    strip = {total["key"]: total for total in client.get(reverse(LIST)).context["strip"]}
    assert {key: total["count"] for key, total in strip.items()} == {
        "all": 4,
        "in_progress": 1,
        "certified": 1,
        "ends_soon": 0,
        "expired": 0,
        "withdrawn": 1,
        "specimen": 1,
    }
    for total in strip.values():
        assert len(shown(client.get(total["url"]))) == total["count"]


def test_strip_keeps_its_totals_while_a_state_is_chosen(as_, hr, people):
    answer = as_(hr).get(reverse(LIST), {"state": "withdrawn"})
    assert [total["count"] for total in answer.context["strip"]] == [4, 1, 1, 0, 0, 1, 1]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"state": ["valid", "ends_soon"]}, ["Amina"]),
        ({"state": "specimen"}, ["Beatrice"]),
        ({"ordering": "-done_count"}, ["Cecilia", "Amina", "Beatrice", "Dorcas"]),
        ({"ordering": "valid_until"}, ["Beatrice", "Amina", "Dorcas", "Cecilia"]),
        ({"ordering": "-valid_until"}, ["Amina", "Dorcas", "Beatrice", "Cecilia"]),
        ({"country": "KE"}, ["Amina", "Beatrice", "Cecilia", "Dorcas"]),
    ],
)
def test_report_filters_searches_and_sorts(as_, hr, people, query, names):
    assert shown(as_(hr).get(reverse(LIST), query)) == names


def test_report_filters_by_place_cohort_and_programme(as_, hr, people, site, curriculum):
    other = make_learner("Zuhura", make_site("KE-002"), curriculum)
    client = as_(hr)
    assert len(shown(client.get(reverse(LIST), {"site": site.pk}))) == 4
    cohort = people[0].enrolments.get().cohort
    assert other.given_names not in shown(client.get(reverse(LIST), {"cohort": cohort.pk}))
    assert len(shown(client.get(reverse(LIST), {"programme_key": curriculum.programme.translation_key}))) == 5


def test_filters_offer_only_ones_own_places(as_, hr, people, other_site):
    filters = as_(hr).get(reverse(LIST)).context["filters"].form.fields
    assert [country.pk for country in filters["country"].queryset] == ["KE"]
    assert other_site not in filters["site"].queryset


def test_results_alone_are_a_fragment(as_, hr, people):
    answer = as_(hr).get(reverse("reports:people-results"), {"state": "valid"})
    assert shown(answer) == ["Amina"]
    assert "<html" not in answer.text


def test_report_takes_the_same_queries_for_any_number(as_, hr, site, curriculum):
    client, taken = as_(hr), []
    for number in (1, 3, 50):
        while Enrolment.objects.count() < number:
            make_certificate(make_learner(f"Grace {Enrolment.objects.count()}", site, curriculum))
        client.get(reverse(LIST))
        with CaptureQueriesContext(connection) as queries:
            assert len(shown(client.get(reverse(LIST)))) == number
        taken.append(len(queries))
    assert len(set(taken)) == 1


@pytest.mark.parametrize("query", [{}, {"state": ["valid"]}, {"sex": "f"}, {"ordering": "-valid_until"}])
def test_files_hold_the_rows_of_the_screen(as_, hr, people, query):
    client = as_(hr)
    screen = client.get(reverse(LIST), query).context["object_list"]
    seen = [
        [
            row.person.get_full_name(),
            row.person.staff_number,
            f"{row.done_count} of {row.required_count}",
            State(row.state).label,
        ]
        for row in screen
    ]
    text = csv_rows(client.get(reverse(LIST), query | {"export": "csv"}))
    assert [[row["Name"], row["Staff number"], f"{row['Done']} of {row['Of']}", row["State"]] for row in text] == seen
    head, *rows = xlsx_rows(client.get(reverse(LIST), query | {"export": "xlsx"}))
    book = [dict(zip(head, row, strict=True)) for row in rows]
    assert [[row["Name"], row["Staff number"], f"{row['Done']} of {row['Of']}", row["State"]] for row in book] == seen


def test_files_hold_all_rows_and_the_screen_fifty(as_, hr, site, curriculum):
    for number in range(51):
        make_learner(f"Grace {number}", site, curriculum)
    client = as_(hr)
    assert len(shown(client.get(reverse(LIST)))) == 50
    assert len(csv_rows(client.get(reverse(LIST), {"export": "csv"}))) == 51


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_neutral_disarms_formulas(text):
    assert neutral(text) == f"'{text}"
    assert neutral(f"a{text}") == f"a{text}"


def test_files_carry_no_formula(as_, hr, site, curriculum):
    User.objects.filter(pk=make_learner("Amina", site, curriculum).pk).update(given_names="=HYPERLINK(1)")
    client = as_(hr)
    (row,) = csv_rows(client.get(reverse(LIST), {"export": "csv"}))
    assert row["Name"] == "'=HYPERLINK(1) Otieno"
    _head, row = xlsx_rows(client.get(reverse(LIST), {"export": "xlsx"}))
    assert row[0] == "'=HYPERLINK(1) Otieno"


def test_export_is_logged_without_what_was_searched(as_, hr, people):
    as_(hr).get(reverse(LIST), {"export": "csv", "state": "valid"})
    entry = ModelLogEntry.objects.get(action="core.export")
    assert (entry.user, entry.label) == (hr, hr.staff_number)
    assert entry.data == {"what": "people", "format": "csv", "rows": 1, "filters": ["state"]}


def test_report_of_another_country_is_empty(as_, other_country_hr, people):
    client = as_(other_country_hr)
    assert shown(client.get(reverse(LIST))) == []
    assert csv_rows(client.get(reverse(LIST), {"export": "csv"})) == []


def test_trainer_of_one_site_reads_about_her_learners(as_, people, site, curriculum):
    trainer = make_person("Halima", "Noor")
    post(trainer, Role.TRAINER, site)
    other = make_learner("Zuhura", make_site("KE-002"), curriculum)
    client = as_(trainer)
    assert "Zuhura" not in shown(client.get(reverse(LIST)))
    assert len(shown(client.get(reverse(LIST)))) == 4
    assert client.get(reverse("reports:person", args=[other.pk]), follow=True).status_code == 404


@pytest.mark.parametrize("name", ["people", "people-results"])
def test_report_is_closed_to_learners_reviewers_and_strangers(client, as_, learner, reviewer, name):
    address = reverse(f"reports:{name}")
    assert client.get(address).status_code == 302
    for person in (learner, reviewer):
        assert as_(person).get(address).status_code == 302


def test_search_of_a_thousand_words_is_answered(as_, hr, people):
    assert as_(hr).post(reverse(LIST), {"find": "a " * 1500}, follow=True).status_code == 200


def test_signs_that_no_workbook_may_hold_are_left_out(as_, hr, site, curriculum):
    make_learner("Ama\x1b", site, curriculum)
    answer = as_(hr).get(reverse(LIST), {"export": "xlsx"})
    assert xlsx_rows(answer)[1][0].startswith("Ama ")
