"""What an observer and her learner meet at a practical's addresses."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import services
from assessments.models import Observation
from curriculum.services import withdraw
from lms.learning.models import Completion
from lms.learning.services import enrol
from lms.people.models import Role
from tests.assessments.observing import begin_url, form, sign, url
from tests.assessments.pages import text
from tests.factories.content import make_practical
from tests.factories.people import make_person, post


@pytest.fixture
def practical(curriculum):
    return curriculum.practical


@pytest.fixture
def observation(observer, enrolled, practical):
    return services.start_observation(observer, enrolled, practical)


@pytest.fixture
def watching(client, observer):
    client.force_login(observer)
    return client


# Who ------------------------------------------------------------------------------------------------------------------


def test_anonymous_goes_to_sign_in(client, observation, practical):
    addresses = [reverse("assessments:people-list"), url("watch", observation), url("result", observation)]
    for address in addresses:
        assert client.get(address).url == f"{reverse('people:sign-in')}?next={address}"


@pytest.mark.parametrize("who", ["learner", "trainer", "hr", "other_learner", "administrator"])
def test_open_observation_is_its_observers_only(client, observation, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(url("watch", observation)).status_code == 404
    assert client.post(url("watch", observation), form(observation, sign="1")).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("observer", 200), ("learner", 200), ("trainer", 200), ("other_learner", 404), ("hr", 404)]
)
def test_signed_observation_is_read_by_those_it_concerns(client, watching, observation, who, status, request):
    sign(watching, observation, "yes", "yes", "yes")
    client.force_login(request.getfixturevalue(who))
    assert client.get(url("result", observation)).status_code == status


def test_observer_cannot_begin_with_herself(watching, observer, site, practical):
    post(observer, Role.LEARNER, site)
    assert watching.post(begin_url(observer, practical)).status_code == 404
    assert observer.get_full_name() not in text(watching.get(reverse("assessments:people-list"))).replace("You are", "")


def test_observing_without_a_posting_is_not_there(client, enrolled, practical, trainer):
    client.force_login(trainer)
    assert client.post(begin_url(enrolled, practical)).status_code == 404
    assert client.get(begin_url(enrolled, practical, "sheet-print")).status_code == 404
    assert "Nobody to watch yet" in text(client.get(reverse("assessments:people-list")))


def test_beginning_takes_no_get(watching, enrolled, practical):
    assert watching.get(begin_url(enrolled, practical)).status_code == 405
    assert not Observation.objects.exists()


def test_voiding_takes_no_get(watching, observation):
    assert watching.get(url("void", observation)).status_code == 405


# Watching -------------------------------------------------------------------------------------------------------------


def test_people_are_listed_with_their_open_practicals(watching, enrolled, practical):
    page = text(watching.get(reverse("assessments:people-list")))
    assert enrolled.get_full_name() in page
    assert begin_url(enrolled, practical) in page


@pytest.mark.parametrize("count", [1, 3])
def test_people_are_listed_in_a_fixed_number_of_queries(
    watching, enrolled, curriculum, site, count, django_assert_num_queries
):
    for number in range(count - 1):
        learner = make_person(f"Learner {number}", "Extra")
        post(learner, Role.LEARNER, site)
        enrol(learner, curriculum.programme)
    watching.get(reverse("assessments:people-list"))
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        watching.get(reverse("assessments:people-list"))


QUERIES_OF_THE_LIST = 9


def test_begin_twice_leads_to_one_observation(watching, enrolled, practical):
    first, second = (watching.post(begin_url(enrolled, practical)) for _ in range(2))
    assert first.status_code == 303
    assert first.url == second.url == url("watch", Observation.objects.get())


def test_watch_page_shows_steps_stars_and_counts(watching, observation):
    page = text(watching.get(url("watch", observation)))
    for words in ("1. Asks the four questions.", "Must be yes", "0 of 3 steps", "never about the client", "Sign off"):
        assert words in page


def test_kept_for_later_comes_back_as_it_was(watching, observation):
    response = watching.post(url("watch", observation), form(observation, "yes", next_step=""))
    assert (response.status_code, response.url) == (303, reverse("assessments:people-list"))
    page = text(watching.get(url("watch", observation)))
    assert "1 of 3 steps" in page
    assert "Warm greeting" in page
    assert "Go on" in text(watching.get(reverse("assessments:people-list")))


def test_sign_off_with_something_missing_keeps_everything(watching, observation):
    response = sign(watching, observation, "yes", "yes")
    assert response.status_code == 422
    assert "Something is missing" in text(response)
    assert "2 of 3 steps" in text(watching.get(url("watch", observation)))


def test_sign_off_leads_to_the_result_once(watching, observation, enrolled, practical):
    for _ in range(2):
        response = sign(watching, observation, "yes", "yes", "yes")
        assert response.url == url("result", observation)
    assert "Signed off" in text(watching.get(url("result", observation)))
    assert Completion.objects.filter(person=enrolled, unit_key=practical.translation_key).count() == 1


def test_setting_is_chosen_only_where_the_page_leaves_it_open(watching, observation, practical):
    watching.post(url("watch", observation), form(observation, "yes", setting="role_play"))
    observation.refresh_from_db()
    assert observation.setting == "real"
    practical.setting = "either"
    practical.save_revision().publish()
    watching.post(url("watch", observation), form(observation, "yes", setting="role_play"))
    observation.refresh_from_db()
    assert observation.setting == "role_play"


def test_words_that_are_too_long_lose_no_marks(watching, observation):
    response = watching.post(url("watch", observation), form(observation, "yes", "yes", "yes", strength_1="x" * 201))
    assert response.status_code == 422
    assert "3 of 3 steps" in text(response)


def test_ended_posting_is_told_when_signing(watching, observation, observer):
    observer.postings.update(starts_on="2026-01-01", ends_on="2026-01-31")
    response = watching.post(url("watch", observation), form(observation, "yes", "yes", "yes", sign="1"), follow=True)
    assert "You are not posted as an observer there now." in text(response)
    observation.refresh_from_db()
    assert observation.signed_at is None
    assert observation.steps[0]["mark"] == "yes"


def test_void_needs_a_reason_and_says_it(watching, observation, enrolled, practical):
    sign(watching, observation, "yes", "yes", "yes")
    assert watching.post(url("void", observation), {"reason": ""}).status_code == 422
    assert watching.post(url("void", observation), {"reason": "Wrong learner"}).url == url("result", observation)
    page = text(watching.get(url("result", observation)))
    assert "Does not count any more" in page
    assert "Wrong learner" in page
    assert Completion.objects.get(person=enrolled, unit_key=practical.translation_key).flagged_at


def test_learner_cannot_void(client, watching, observation, enrolled):
    sign(watching, observation, "yes", "yes", "yes")
    client.force_login(enrolled)
    assert "Do not count it" not in text(client.get(url("result", observation)))
    assert client.post(url("void", observation), {"reason": "I want to"}).status_code == 404


def test_sheet_has_the_same_steps_with_empty_boxes(watching, enrolled, practical):
    page = text(watching.get(begin_url(enrolled, practical, "sheet-print")))
    assert "1. Asks the four questions." in page
    assert page.count('class="box"') == 2 * 3 + 1  # ★ steps have no «n. a.»


# The learner's page ---------------------------------------------------------------------------------------------------


def test_learner_sees_what_is_watched_and_what_comes_next(client, watching, observation, enrolled, practical):
    sign(watching, observation, "not_yet", "yes", "yes")
    client.force_login(enrolled)
    page = text(client.get(practical.url))
    for words in ("Asks the four questions.", "Must be yes", "Say what comes next", "Not yet", "ask your observer"):
        assert words in page


def test_learner_sees_that_it_is_done(client, watching, observation, enrolled, practical):
    sign(watching, observation, "yes", "yes", "yes")
    client.force_login(enrolled)
    page = text(client.get(practical.url))
    assert "Done" in page
    assert "ask your observer" not in page


def test_learner_sees_her_countrys_steps(client, lesotho_learner, curriculum, practical):
    enrol(lesotho_learner, curriculum.programme)
    client.force_login(lesotho_learner)
    assert "Reads the rapid test." not in text(client.get(practical.url))


def test_learner_does_not_see_the_observations_of_others(
    client, watching, observation, other_learner, curriculum, practical
):
    sign(watching, observation, "yes", "yes", "yes")
    enrol(other_learner, curriculum.programme)
    client.force_login(other_learner)
    assert url("result", observation) not in text(client.get(practical.url))


def test_practical_without_a_step_in_her_country_is_not_begun(client, lesotho_learner, other_site, curriculum):
    steps = [{"text": "Reads the rapid test.", "critical": True, "needs": "malaria_rdt"}]
    only_there = make_practical(curriculum.shelf, curriculum.module, steps, title="Test", slug="test")
    watcher = make_person("Neo", "Sello", "LS")
    post(watcher, Role.OBSERVER, other_site)
    client.force_login(watcher)
    url = reverse("assessments:observation-begin", args=[lesotho_learner.pk, only_there.translation_key])
    assert client.post(url).status_code == 404


def test_withdrawn_practical_is_not_offered_and_not_begun(watching, enrolled, practical, trainer):
    withdraw(practical, by=trainer, reason="Step 2 is wrong")
    assert practical.title not in text(watching.get(reverse("assessments:people-list")))
    assert watching.post(begin_url(enrolled, practical)).status_code == 404
    assert not Observation.objects.exists()


def test_what_she_signed_is_closed_to_an_observer_whose_posting_ended(watching, observation, observer):
    sign(watching, observation, "yes", "yes", "yes")
    assert watching.get(url("result", observation)).status_code == 200
    today = timezone.localdate()
    observer.postings.update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    assert watching.get(url("result", observation)).status_code == 404
    assert watching.post(url("void", observation), {"reason": "Mine"}).status_code == 404
    assert url("result", observation) not in text(watching.get(reverse("assessments:people-list")))
