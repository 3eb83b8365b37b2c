"""One person's record: everything about her, for those who may, and each look at it logged."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from assessments.models import Attempt, Observation
from lms.learning.services import complete_unit, flag_completion
from lms.people.models import Role
from tests.factories.people import post

from .rows import make_certificate


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
    make_certificate(people[2])
    for person in (people[2], people[0]):
        client.get(reverse("reports:person", args=[person.pk]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reports:person", args=[person.pk]))
        taken.append(len(queries))
        for lesson in curriculum.lessons:
            complete_unit(people[0], lesson)
        make_certificate(people[0], superseded_at=timezone.now())
    assert taken[0] == taken[1]
