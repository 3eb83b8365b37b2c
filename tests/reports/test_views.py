"""The report and a person's record in the admin: who may, what is shown, what the file holds, what is logged."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from assessments.models import Attempt, Observation
from lms.learning.models import Enrolment
from lms.learning.services import complete_unit, flag_completion
from lms.people.groups import synchronise_groups
from lms.people.models import Role, User
from lms.reports.export import neutral
from lms.reports.states import State
from tests.factories.people import make_person, make_site, post

from .rows import make_certificate, make_cohort, make_learner

LIST = "reports:people"


@pytest.fixture
def as_(client):
    """The client, signed in as a person whose groups follow her postings."""

    def sign_in(person):
        synchronise_groups(person)
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def people(site, curriculum):
    """Four people of Kenya in four states."""
    cohort = make_cohort(site, curriculum)
    certified, ending, begun, withdrawn = (
        make_learner(name, site, curriculum, cohort=cohort) for name in ("Amina", "Beatrice", "Cecilia", "Dorcas")
    )
    make_certificate(certified)
    make_certificate(ending, days_left=30, specimen=True)
    make_certificate(withdrawn, revoked_at=timezone.now())
    complete_unit(begun, curriculum.lessons[0])
    return certified, ending, begun, withdrawn


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
    for words in ("1 of 4", "Ends within 90 days · specimen", "In progress", "Withdrawn", people[0].staff_number):
        assert words in " ".join(answer.text.split())


def test_strip_counts_and_leads_to_the_list(as_, hr, people):
    client = as_(hr)
    strip = {total["key"]: total for total in client.get(reverse(LIST)).context["strip"]}
    assert {key: total["count"] for key, total in strip.items()} == {
        "all": 4,
        "in_progress": 1,
        "certified": 2,
        "ends_soon": 1,
        "expired": 0,
        "withdrawn": 1,
    }
    for total in strip.values():
        assert len(shown(client.get(total["url"]))) == total["count"]


def test_strip_keeps_its_totals_while_a_state_is_chosen(as_, hr, people):
    answer = as_(hr).get(reverse(LIST), {"state": "withdrawn"})
    assert [total["count"] for total in answer.context["strip"]] == [4, 1, 2, 1, 0, 1]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"state": ["valid", "ends_soon"]}, ["Amina", "Beatrice"]),
        ({"q": "dorc"}, ["Dorcas"]),
        ({"q": "amina otieno"}, ["Amina"]),
        ({"q": "nobody"}, []),
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


def test_staff_number_finds_a_person(as_, hr, people):
    assert shown(as_(hr).get(reverse(LIST), {"q": people[2].staff_number})) == ["Cecilia"]


def test_filters_offer_only_ones_own_places(as_, hr, people, other_site):
    filters = as_(hr).get(reverse(LIST)).context["filters"].form.fields
    assert [country.pk for country in filters["country"].queryset] == ["KE"]
    assert other_site not in filters["site"].queryset


def test_results_alone_are_a_fragment(as_, hr, people):
    answer = as_(hr).get(reverse("reports:people-results"), {"q": "Amina"})
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


@pytest.mark.parametrize("query", [{}, {"state": ["valid"]}, {"q": "cec"}, {"ordering": "-valid_until"}])
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
    as_(hr).get(reverse(LIST), {"export": "csv", "q": "Amina", "state": "valid"})
    entry = ModelLogEntry.objects.get(action="reports.export_people")
    assert (entry.user, entry.label) == (hr, hr.staff_number)
    assert entry.data == {"format": "csv", "rows": 1, "filters": ["state"]}


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


def test_record_shows_everything_about_one_person(as_, hr, people, site, observer, curriculum):
    person = people[2]
    Observation.objects.create(
        learner=person,
        observer=observer,
        site=site,
        unit_key=curriculum.practical.translation_key,
        title="Screen for TB",
        statement="Asks about TB",
        language="en",
        steps=[],
        signed_at=timezone.now(),
        competent=True,
    )
    answer = as_(hr).get(reverse("reports:person", args=[person.pk]))
    for words in ("Cecilia Otieno", "1 of 4", "What TB is", "Screen for TB", "Faith Achieng", "Competent", site.name):
        assert words in answer.text


def test_record_shows_certificates_and_what_no_longer_stands(as_, hr, trainer, people, curriculum):
    person = people[1]
    flag_completion(complete_unit(person, curriculum.lessons[0]), by=trainer, reason="Read by somebody else")
    text = as_(hr).get(reverse("reports:person", args=[person.pk])).text
    certificate = person.certificates.get()
    assert certificate.printed_code in text
    assert reverse("staff_certificates:show", args=[certificate.pk]) in text
    assert "Read by somebody else" in text


def test_looking_at_a_record_is_logged(as_, hr, people):
    as_(hr).get(reverse("reports:person", args=[people[0].pk]))
    entry = ModelLogEntry.objects.get(action="reports.view_person")
    assert (entry.user, entry.object_id, entry.label) == (hr, str(people[0].pk), people[0].staff_number)


def test_record_of_another_country_is_not_found_and_not_logged(as_, other_country_hr, people):
    address = reverse("reports:person", args=[people[0].pk])
    assert as_(other_country_hr).get(address, follow=True).status_code == 404
    assert not ModelLogEntry.objects.filter(action="reports.view_person").exists()


def test_record_is_closed_to_strangers_and_to_changes(client, as_, hr, people):
    address = reverse("reports:person", args=[people[0].pk])
    assert client.get(address).status_code == 302
    assert as_(hr).post(address).status_code == 405


def test_record_leads_to_a_new_pin_where_that_is_allowed(as_, hr, people):
    client = as_(hr)
    reset = reverse("staff_people:reset", args=[people[0].pk])
    assert reset in client.get(reverse("reports:person", args=[people[0].pk])).text
    post(people[0], Role.LEAD)
    assert reset not in client.get(reverse("reports:person", args=[people[0].pk])).text


def test_record_shows_a_trainer_the_certificate_without_its_page(as_, trainer, people):
    """The register is kept by HR and leads."""
    certificate = people[0].certificates.get()
    text = as_(trainer).get(reverse("reports:person", args=[people[0].pk])).text
    assert certificate.printed_code in text
    assert reverse("staff_certificates:show", args=[certificate.pk]) not in text


def test_record_leads_the_trainer_to_another_try(as_, trainer, hr, people, curriculum):
    for number in (1, 2):
        locked = Attempt.objects.create(
            person=people[2],
            unit_key=curriculum.quiz.translation_key,
            title="Quiz",
            purpose="certifying",
            number=number,
            language="en",
            country_code="KE",
            pass_mark=80,
            paper=[{"id": "a"}],
            key={},
            handed_in_at=timezone.now(),
            score=0,
        )
    address, opens = (
        reverse("reports:person", args=[people[2].pk]),
        reverse("locked-quizzes:open", args=[locked.pk]),
    )
    assert as_(trainer).get(address).text.count(opens) == 1
    assert opens not in as_(hr).get(address).text


def test_record_takes_the_same_queries_however_much_it_holds(as_, hr, people, curriculum):
    client, taken = as_(hr), []
    for person in (people[2], people[0]):
        client.get(reverse("reports:person", args=[person.pk]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reports:person", args=[person.pk]))
        taken.append(len(queries))
        for lesson in curriculum.lessons:
            complete_unit(people[0], lesson)
        make_certificate(people[0], superseded_at=timezone.now())
    assert taken[0] == taken[1]
