"""Twice «not yet» in a row: practised with first, then seven days."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assessments import services, watching
from assessments.models import Coaching
from lms.learning.models import Enrolment
from lms.learning.services import enrol
from lms.people.models import Role
from tests.assessments.observing import watch
from tests.assessments.pages import text
from tests.factories.people import make_person, make_site, post

NOT_YET = ("not_yet", "yes", "yes")
YES = ("yes", "yes", "yes")


@pytest.fixture
def practical(curriculum):
    return curriculum.practical


@pytest.fixture
def twice(observer, enrolled, practical):
    return [watch(observer, enrolled, practical, *NOT_YET) for _time in range(2)]


def coach(by, learner, practical, on=None):
    return services.record_coaching(
        by, learner, practical, coached_on=on or timezone.localdate(), note="The four questions, as a role play"
    )


def start(observer, learner, practical):
    return services.start_observation(observer, learner, practical)


def test_one_not_yet_may_be_watched_again_at_once(observer, enrolled, practical):
    watch(observer, enrolled, practical, *NOT_YET)
    assert start(observer, enrolled, practical)


def test_two_not_yet_in_a_row_need_coaching(twice, observer, enrolled, practical):
    with pytest.raises(services.NeedsCoaching):
        start(observer, enrolled, practical)


def test_two_observers_count_together(observer, enrolled, practical, site):
    other = make_person("Joy", "Atieno")
    post(other, Role.OBSERVER, site)
    watch(observer, enrolled, practical, *NOT_YET)
    watch(other, enrolled, practical, *NOT_YET)
    with pytest.raises(services.NeedsCoaching):
        start(other, enrolled, practical)


def test_after_coaching_she_waits_seven_days(twice, observer, enrolled, practical):
    today = timezone.localdate()
    coach(observer, enrolled, practical)
    with pytest.raises(services.TooSoon) as told:
        start(observer, enrolled, practical)
    assert told.value.until == today + timedelta(days=7)
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False), pytest.raises(services.TooSoon):
        start(observer, enrolled, practical)
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=False):
        assert start(observer, enrolled, practical)


def test_the_practical_says_how_long_she_waits(twice, observer, enrolled, practical):
    practical.wait_days = 0
    practical.save_revision().publish()
    coach(observer, enrolled, practical)
    assert start(observer, enrolled, practical)


def test_a_third_not_yet_needs_coaching_again(twice, observer, enrolled, practical):
    practical.wait_days = 0
    practical.save_revision().publish()
    coach(observer, enrolled, practical)
    watch(observer, enrolled, practical, *NOT_YET)
    with pytest.raises(services.NeedsCoaching):
        start(observer, enrolled, practical)


@pytest.mark.parametrize("which", [0, 1])
def test_voiding_one_of_two_lifts_it(twice, observer, enrolled, practical, which):
    services.void_observation(twice[which], by=observer, reason="The wrong learner was marked")
    assert start(observer, enrolled, practical)


def test_a_competent_one_between_breaks_the_row(observer, enrolled, practical):
    for given in (NOT_YET, YES, NOT_YET):
        watch(observer, enrolled, practical, *given)
    assert watching.standing(enrolled, practical).may_begin


def test_an_observation_that_was_open_already_goes_on(observer, enrolled, practical, site):
    other = make_person("Joy", "Atieno")
    post(other, Role.OBSERVER, site)
    begun = start(other, enrolled, practical)
    for _time in range(2):
        watch(observer, enrolled, practical, *NOT_YET)
    assert start(other, enrolled, practical) == begun


def test_another_learner_is_not_held_back(twice, observer, other_learner, curriculum, practical):
    enrol(other_learner, curriculum.programme)
    assert start(observer, other_learner, practical)


def test_a_renewal_starts_afresh(twice, observer, enrolled, curriculum, practical):
    Enrolment.objects.filter(person=enrolled).update(closed_at=timezone.now())
    assert enrol(enrolled, curriculum.programme).cycle == 2
    assert start(observer, enrolled, practical)


@pytest.mark.parametrize("who", ["observer", "trainer"])
def test_coaching_is_recorded_once(twice, enrolled, practical, who, request):
    by = request.getfixturevalue(who)
    first = coach(by, enrolled, practical)
    assert coach(by, enrolled, practical) == first
    assert Coaching.objects.get().recorded_by == by


@pytest.mark.parametrize("who", ["enrolled", "other_learner", "hr", "other_country_hr", "reviewer"])
def test_coaching_only_by_a_trainer_or_observer_of_the_place(twice, enrolled, practical, who, request):
    with pytest.raises(services.NotAllowed):
        coach(request.getfixturevalue(who), enrolled, practical)


def test_coaching_without_two_not_yet_is_refused(observer, enrolled, practical):
    watch(observer, enrolled, practical, *NOT_YET)
    with pytest.raises(services.NothingToCoach):
        coach(observer, enrolled, practical)


@pytest.mark.parametrize("days", [-1, 1])
def test_coaching_lies_between_the_second_not_yet_and_today(twice, observer, enrolled, practical, days):
    with pytest.raises(services.WrongDay):
        coach(observer, enrolled, practical, timezone.localdate() + timedelta(days=days))


def test_database_refuses_that_she_coached_herself(twice, observer, enrolled, practical):
    coach(observer, enrolled, practical)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coaching.objects.update(recorded_by=enrolled)


# Pages ----------------------------------------------------------------------------------------------------------------


def url(learner, practical):
    return reverse("assessments:coaching-record", args=[learner.pk, practical.translation_key])


@pytest.fixture
def watching_client(client, observer):
    client.force_login(observer)
    return client


def test_people_list_leads_to_coaching_and_then_says_the_day(watching_client, twice, enrolled, practical):
    people = reverse("assessments:people-list")
    page = text(watching_client.get(people))
    assert "Practise with her first" in page
    assert url(enrolled, practical) in page
    with time_machine.travel(timezone.now(), tick=False):
        form = {"coached_on": timezone.localdate().isoformat(), "note": "The four questions"}
        response = watching_client.post(url(enrolled, practical), form, follow=True)
        day = timezone.localdate() + timedelta(days=7)
    assert f"Next observation from {day.day} {day:%B}." in text(response)
    assert Coaching.objects.get().note == "The four questions"


def test_starting_says_kindly_why_not(watching_client, twice, enrolled, practical):
    begin = reverse("assessments:observation-begin", args=[enrolled.pk, practical.translation_key])
    assert "Practise with her first" in text(watching_client.post(begin, follow=True))


def test_coaching_shows_the_missed_steps_and_keeps_a_wrong_day(watching_client, twice, enrolled, practical):
    page = watching_client.get(url(enrolled, practical))
    assert "Asks the four questions." in text(page)
    assert "never about the client" in text(page)
    wrong = watching_client.post(url(enrolled, practical), {"coached_on": "2020-01-01", "note": "Words to keep"})
    assert wrong.status_code == 422
    assert "Words to keep" in text(wrong)
    assert not Coaching.objects.exists()


def test_learner_reads_what_comes_first_and_from_which_day(client, twice, observer, enrolled, practical):
    client.force_login(enrolled)
    assert "Practise with your trainer first." in text(client.get(practical.url))
    coach(observer, enrolled, practical)
    day = timezone.localdate() + timedelta(days=7)
    assert f"Next observation from {day.day} {day:%B}." in text(client.get(practical.url))


@pytest.mark.parametrize("who", ["learner", "other_learner", "hr", "reviewer"])
def test_coaching_of_others_is_not_there(client, twice, enrolled, practical, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(url(enrolled, practical)).status_code == 404
    form = {"coached_on": date.today().isoformat(), "note": "No"}
    assert client.post(url(enrolled, practical), form).status_code == 404


def test_trainer_elsewhere_cannot_coach(client, twice, enrolled, practical):
    elsewhere = make_person("Joy", "Atieno")
    post(elsewhere, Role.TRAINER, make_site("KE-002"))
    client.force_login(elsewhere)
    assert client.get(url(enrolled, practical)).status_code == 404


def test_coaching_asks_strangers_to_sign_in(client, enrolled, practical):
    address = url(enrolled, practical)
    assert client.get(address).url == f"{reverse('people:sign-in')}?next={address}"


def test_coaching_takes_no_put(watching_client, twice, enrolled, practical):
    assert watching_client.put(url(enrolled, practical)).status_code == 405
