"""People who depend on a fact or a lesson: who is listed to whom, and the file."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.learning.models import Completion
from lms.learning.services import complete_unit, flag_completion
from lms.people.models import Role
from tests.factories.people import make_person, post

from .rows import make_learner


@pytest.fixture
def fact(curriculum, people):
    """Cited by both lessons. Amina holds a valid certificate, Cecilia completed the first lesson."""
    call_command("rebuild_references_index", verbosity=0)
    return curriculum.facts[0]


def of(fact, **more):
    return reverse("reports:depend-fact", args=[fact.pk], **more)


def shown(answer) -> list[str]:
    return [row.person.given_names for row in answer.context["object_list"]]


def test_certificates_and_completions_in_date_are_listed(as_, hr, fact):
    answer = as_(hr).get(of(fact))
    assert shown(answer) == ["Amina", "Cecilia"]
    words = " ".join(answer.text.split())
    assert "People who depend on tb-f1" in words
    for part in ("Kisumu Clinic", "Kisumu 2026", "Valid", timezone.localdate().strftime("%b")):
        assert part in words


def test_what_ran_out_is_not_listed(as_, hr, fact):
    Completion.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert shown(as_(hr).get(of(fact))) == ["Amina"]


def test_who_was_asked_to_learn_again_stays_listed_by_her_certificate_only(as_, hr, fact, people, curriculum):
    certified, _ending, begun, _withdrawn = people
    flag_completion(complete_unit(certified, curriculum.lessons[0]), by=hr, reason="x")
    flag_completion(begun.completions.get(), by=hr, reason="x")
    answer = as_(hr).get(of(fact))
    assert shown(answer) == ["Amina"]
    assert answer.context["object_list"][0].flagged_at


def test_fact_that_nothing_cites_has_nobody(as_, hr, fact, curriculum):
    for lesson in curriculum.lessons:
        lesson.unpublish()
    assert shown(as_(hr).get(of(fact))) == []


def test_people_of_a_lesson(as_, hr, fact, curriculum):
    answer = as_(hr).get(reverse("reports:depend-page", args=[curriculum.lessons[1].pk]))
    assert shown(answer) == ["Amina"]
    assert as_(hr).get(reverse("reports:depend-page", args=[curriculum.quiz.pk])).status_code == 404


def test_names_of_other_countries_are_not_told(as_, other_country_hr, fact):
    assert shown(as_(other_country_hr).get(of(fact))) == []


@pytest.mark.parametrize("who", ["learner", "observer", "reviewer"])
def test_report_is_for_those_who_read_reports(as_, who, fact, request):
    answer = as_(request.getfixturevalue(who)).get(of(fact))
    assert answer.status_code in (302, 403)
    assert "Amina" not in answer.content.decode()


def test_nobody_reads_it_without_signing_in(client, fact):
    assert client.get(of(fact)).status_code == 302


def test_filters_and_results_keep_the_fact(as_, hr, fact):
    assert shown(as_(hr).get(of(fact), {"state": "valid"})) == ["Amina"]
    answer = as_(hr).get(reverse("reports:depend-fact-results", args=[fact.pk]), {"state": "in_progress"})
    assert shown(answer) == ["Cecilia"]
    assert of(fact) in answer.content.decode()


def test_file_holds_the_rows_and_is_logged(as_, hr, fact):
    answer = as_(hr).get(of(fact), {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row["Name"].split()[0] for row in rows] == ["Amina", "Cecilia"]
    assert rows[1]["Completed on"] == str(timezone.localdate())
    assert rows[0]["State"] == "Valid"
    assert as_(hr).get(of(fact), {"export": "xlsx"}).status_code == 200
    assert ModelLogEntry.objects.filter(action="core.export").count() == 2


def test_report_costs_the_same_for_every_row(as_, hr, fact, site, curriculum):
    client = as_(hr)
    client.get(of(fact))
    few, many = CaptureQueriesContext(connection), CaptureQueriesContext(connection)
    with few:
        client.get(of(fact))
    for name in ("Eve", "Farida", "Gloria"):
        complete_unit(make_learner(name, site, curriculum), curriculum.lessons[0])
    with many:
        assert len(shown(client.get(of(fact)))) == 5
    assert len(many) == len(few)


def test_editor_of_a_fact_leads_there(as_, trainer, reviewer, fact):
    edit = reverse("wagtailsnippets_curriculum_fact:edit", args=[fact.pk])
    assert of(fact) in as_(trainer).get(edit).content.decode()
    assert of(fact) not in as_(reviewer).get(edit).content.decode()


def test_lead_of_a_country_reads_it(as_, fact, kenya):
    lead = make_person("Hellen", "Oduya")
    post(lead, Role.LEAD)
    assert len(shown(as_(lead).get(of(fact)))) == 2
