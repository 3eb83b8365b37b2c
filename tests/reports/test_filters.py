"""Each filter of the list of people, on four people of whom it leaves some."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.models import Certificate
from lms.learning.models import Enrolment
from lms.learning.services import flag_completion
from lms.people.models import Departure, Partner, Role, Site, User
from tests.factories.people import make_site, post

from .rows import make_certificate, make_learner

LIST = reverse("reports:people")
EVERYONE = {"Amina", "Beatrice", "Cecilia", "Dorcas"}


def shown(answer) -> set[str]:
    return {row.person.given_names for row in answer.context["object_list"]}


@pytest.fixture
def told(people, site, hr):
    """Amina is described in full, Beatrice not at all; Cecilia's result was flagged; Dorcas has left and is late."""
    certified, _ending, begun, withdrawn = people
    year, now = timezone.localdate().year, timezone.now()
    employer = Partner.objects.create(name="A partner")
    User.objects.filter(pk=certified.pk).update(
        sex="m", birth_year=year - 35, language="sw", phone="+254712345678", email="a@example.org", job="Team leader",
        employer=employer, first_signed_in_at=now,
    )  # fmt: skip
    Site.objects.filter(pk=site.pk).update(district="Kisumu")
    flag_completion(begun.completions.get(), by=hr, reason="Changed")
    Departure.objects.create(person=withdrawn, reason="resigned", left_on=timezone.localdate())
    Enrolment.objects.filter(person=withdrawn).update(
        due_on=timezone.localdate() - timedelta(days=1), opened_at=now - timedelta(days=40)
    )
    return {"employer": employer.pk, "year": year}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"district": "Kisumu"}, EVERYONE),
        ({"role": "learner"}, EVERYONE),
        ({"role": "observer"}, set()),
        ({"sex": "m"}, {"Amina"}),
        ({"age": "30-39"}, {"Amina"}),
        ({"age": "50-120"}, set()),
        ({"language": "sw"}, {"Amina"}),
        ({"reached": "phone"}, {"Amina"}),
        ({"reached": "email"}, {"Amina"}),
        ({"reached": "none"}, EVERYONE - {"Amina"}),
        ({"never": "True"}, EVERYONE - {"Amina"}),
        ({"never": "False"}, {"Amina"}),
        ({"retrain": "True"}, {"Cecilia"}),
        ({"left": "True"}, {"Dorcas"}),
        ({"left": "False"}, EVERYONE - {"Dorcas"}),
        ({"overdue": "True"}, {"Dorcas"}),
        ({"overdue": "False"}, EVERYONE - {"Dorcas"}),
        ({"quiet": "30"}, {"Dorcas"}),
        ({"job": "leader"}, {"Amina"}),
        ({"ends_before": str(timezone.localdate() + timedelta(days=250))}, {"Amina"}),
        ({"ends_before": str(timezone.localdate() + timedelta(days=40))}, set()),
        ({"ends_before": "2100-01-01", "state": "withdrawn"}, set()),
        ({"started_from": str(timezone.localdate() - timedelta(days=5))}, EVERYONE - {"Dorcas"}),
        ({"started_to": str(timezone.localdate() - timedelta(days=5))}, {"Dorcas"}),
        ({"on": str(timezone.localdate() - timedelta(days=5))}, {"Dorcas"}),
        ({"on": "2100-01-01"}, EVERYONE),
    ],
)
def test_filter_leaves_those_it_says(as_, hr, told, query, names):
    assert shown(as_(hr).get(LIST, query)) == names


def test_filter_by_employer(as_, hr, told):
    assert shown(as_(hr).get(LIST, {"employer": told["employer"]})) == {"Amina"}


def test_job_is_filtered_and_taken_away_only_by_those_who_keep_records(as_, trainer, hr, told):
    client = as_(trainer)
    assert shown(client.get(LIST, {"job": "leader"})) == EVERYONE
    assert b"Team leader" not in client.get(LIST, {"export": "csv"}).getvalue()
    file = as_(hr).get(LIST, {"export": "csv"}).getvalue()
    assert b"Team leader" in file and b"+254712345678" in file


def test_state_and_progress_are_those_of_the_day(as_, hr, people, curriculum):
    yesterday = timezone.now() - timedelta(days=1)
    Enrolment.objects.update(opened_at=yesterday)
    Certificate.objects.update(confirmed_at=yesterday, drawn_at=yesterday)
    answer = as_(hr).get(LIST, {"on": str(timezone.localdate(yesterday))})
    begun = next(row for row in answer.context["object_list"] if row.person == people[2])
    assert (begun.done_count, begun.done_then) == (1, 0)
    withdrawn = next(row for row in answer.context["object_list"] if row.person == people[3])
    assert withdrawn.state == "valid"


def test_trainer_of_a_site_lists_its_learners_only(as_, site, curriculum, people, trainer):
    elsewhere = make_learner("Zuhura", make_site("KE-009"), curriculum)
    trainer.postings.all().delete()
    post(trainer, Role.TRAINER, site)
    assert shown(as_(trainer).get(LIST)) == EVERYONE
    assert as_(trainer).get(reverse("reports:person", args=[elsewhere.pk])).status_code == 404


def test_merged_records_are_in_no_list(as_, hr, people):
    make_certificate(people[2])
    User.objects.filter(pk=people[0].pk).update(is_active=False, merged_into=people[1])
    answer = as_(hr).get(LIST)
    assert shown(answer) == EVERYONE - {"Amina"}
    assert answer.context["strip"][0]["count"] == 3
