"""What trainers, HR and leads see of practicals in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import services
from assessments.models import Coaching
from lms.learning.models import Cohort
from lms.learning.services import enrol
from lms.people.groups import synchronise_groups
from lms.people.models import Role
from tests.assessments.observing import watch
from tests.assessments.pages import text
from tests.factories.people import make_person, post

NOT_YET = ("not_yet", "yes", "yes")
LISTS = ["observations", "coaching", "never-observed"]


@pytest.fixture
def practical(curriculum):
    return curriculum.practical


@pytest.fixture
def come_in(client, request):
    def come_in(who):
        person = request.getfixturevalue(who)
        synchronise_groups(person)
        client.force_login(person)
        return client

    return come_in


@pytest.fixture
def cohort(kenya, site, curriculum):
    cohort = Cohort.objects.create(
        name="March", country=kenya, programme_key=curriculum.programme.translation_key, starts_on="2026-03-01"
    )
    cohort.sites.add(site)
    return cohort


def more_learners(count, site, curriculum, cohort=None):
    for number in range(count):
        learner = make_person(f"Learner {number}", "Extra")
        post(learner, Role.LEARNER, site)
        enrol(learner, curriculum.programme, cohort=cohort)
        yield learner


def address(name):
    return reverse(f"{name}:index")


@pytest.mark.parametrize("who", ["trainer", "hr", "administrator"])
def test_staff_of_the_place_see_what_was_signed(come_in, observer, enrolled, practical, who):
    watch(observer, enrolled, practical, *NOT_YET)
    assert enrolled.get_full_name() in text(come_in(who).get(address("observations")))


def test_only_who_may_read_the_words_gets_a_link(come_in, observer, enrolled, practical):
    signed = watch(observer, enrolled, practical, *NOT_YET)
    link = reverse("assessments:observation-result", args=[signed.pk])
    assert link in text(come_in("trainer").get(address("observations")))
    assert link not in text(come_in("hr").get(address("observations")))


@pytest.mark.parametrize("name", LISTS)
def test_another_country_sees_nobody(come_in, observer, enrolled, practical, other_site, name):
    for _time in range(2):
        watch(observer, enrolled, practical, *NOT_YET)
    assert enrolled.get_full_name() not in text(come_in("other_country_hr").get(address(name)))


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_for_staff_who_follow_places(client, come_in, enrolled, name):
    assert client.get(address(name)).status_code == 302
    response = come_in("reviewer").get(address(name))
    assert response.status_code in (302, 403)
    client.force_login(enrolled)
    assert client.get(address(name)).status_code == 302


@pytest.mark.parametrize(("state", "listed"), [("not_yet", True), ("competent", False), ("voided", False), ("", True)])
def test_observations_are_filtered_by_state(come_in, observer, enrolled, practical, state, listed):
    watch(observer, enrolled, practical, *NOT_YET)
    page = text(come_in("trainer").get(address("observations"), {"state": state}))
    assert (enrolled.get_full_name() in page) is listed


def test_observations_are_filtered_by_place_cohort_programme_and_date(
    come_in, observer, learner, practical, curriculum, cohort, site
):
    enrol(learner, curriculum.programme, cohort=cohort)
    watch(observer, learner, practical, *NOT_YET)
    trainer, today = come_in("trainer"), timezone.localdate()
    key = curriculum.programme.translation_key
    for query in (
        {"site": site.pk},
        {"cohort": cohort.pk},
        {"programme": key},
        {"signed_at_from": today, "signed_at_to": today},
    ):
        assert learner.get_full_name() in text(trainer.get(address("observations"), query)), query
    empty = Cohort.objects.create(name="May", country=site.country, programme_key=key, starts_on="2026-05-01")
    empty.sites.add(site)
    for query in ({"cohort": empty.pk}, {"signed_at_to": "2026-01-01"}):
        assert learner.get_full_name() not in text(trainer.get(address("observations"), query)), query


def test_the_file_holds_the_same_rows_and_no_formula(come_in, observer, enrolled, practical):
    enrolled.given_names = "=Amina"
    enrolled.save()
    watch(observer, enrolled, practical, *NOT_YET)
    response = come_in("trainer").get(address("observations"), {"export": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Practical,Learner,Staff number")
    assert "'=Amina Otieno" in lines[1]
    assert lines[1].endswith("Not yet")


def test_second_not_yet_waits_for_coaching_and_is_recorded_there(come_in, observer, enrolled, practical):
    watch(observer, enrolled, practical, *NOT_YET)
    trainer = come_in("trainer")
    assert enrolled.get_full_name() not in text(trainer.get(address("coaching")))
    watch(observer, enrolled, practical, *NOT_YET)
    record = reverse("coaching:record", args=[enrolled.pk, practical.translation_key])
    assert record in text(trainer.get(address("coaching")))
    assert "Asks the four questions." in text(trainer.get(record))
    form = {"coached_on": timezone.localdate().isoformat(), "note": "Role play"}
    for _time in range(2):
        assert trainer.post(record, form).url == address("coaching")
    assert Coaching.objects.count() == 1
    page = text(trainer.get(address("coaching")))
    assert "Next observation from" in page
    assert record not in page


def test_hr_sees_who_waits_but_records_nothing(come_in, observer, enrolled, practical):
    for _time in range(2):
        watch(observer, enrolled, practical, *NOT_YET)
    record = reverse("coaching:record", args=[enrolled.pk, practical.translation_key])
    page = text(come_in("hr").get(address("coaching")))
    assert enrolled.get_full_name() in page
    assert record not in page
    assert come_in("hr").get(record).status_code == 404


def test_never_observed_of_a_cohort(come_in, observer, learner, practical, curriculum, cohort):
    enrol(learner, curriculum.programme, cohort=cohort)
    trainer = come_in("trainer")
    assert learner.get_full_name() in text(trainer.get(address("never-observed"), {"cohort": cohort.pk}))
    signed = watch(observer, learner, practical, *NOT_YET)
    assert learner.get_full_name() not in text(trainer.get(address("never-observed")))
    services.void_observation(signed, by=observer, reason="Wrong day")
    assert learner.get_full_name() in text(trainer.get(address("never-observed")))


@pytest.mark.parametrize("name", LISTS)
def test_lists_ask_as_many_queries_for_three_as_for_one(come_in, observer, site, curriculum, practical, cohort, name):
    hr, asked = come_in("hr"), []
    for learner in more_learners(3, site, curriculum, cohort):
        for _time in range(0 if name == "never-observed" else 2):
            watch(observer, learner, practical, *NOT_YET)
        hr.get(address(name))
        with CaptureQueriesContext(connection) as queries:
            page = text(hr.get(address(name)))
        asked.append(len(queries))
    assert "Learner 2 Extra" in page
    assert len(set(asked)) == 1
