"""Each mark by its own request, and two windows on one observation."""

import pytest
from django.urls import reverse

from assessments import services
from tests.assessments.observing import begin_url, form, sign, url
from tests.assessments.pages import text


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


def one(observation, value="yes", was="", number=0, part="step"):
    return {"name": f"{part}-{observation.steps[number]['id']}", "value": value, "was": was}


def test_a_mark_is_saved_by_its_own_request(watching, observation):
    first, second = (watching.post(url("save", observation), one(observation)) for _time in range(2))
    assert first.json() == second.json()
    assert first.json()["state"] == "saved"
    assert "1 of 3 steps" in text(watching.get(url("watch", observation)))


def test_a_mark_that_another_window_changed_is_refused_with_what_stands_there(watching, observation):
    watching.post(url("save", observation), one(observation))
    response = watching.post(url("save", observation), one(observation, "not_yet"))
    assert response.status_code == 409
    assert response.json()["value"] == "yes"
    assert "Step 1 was changed in another window" in response.json()["reason"]


@pytest.mark.parametrize(
    "posted", [{}, {"name": "seen", "value": "x"}, {"name": "setting", "value": "role_play"}, {"name": "learner"}]
)
def test_what_the_page_does_not_ask_is_refused(watching, observation, posted):
    assert watching.post(url("save", observation), posted).status_code == 422


@pytest.mark.parametrize(("value", "part"), [("perhaps", "step"), ("na", "step"), ("x" * 201, "note")])
def test_what_cannot_stand_there_is_refused_with_a_sentence(watching, observation, value, part):
    response = watching.post(url("save", observation), one(observation, value, part=part))
    assert response.status_code == 422
    assert response.json()["reason"]


def test_the_script_signs_what_is_saved(watching, observation):
    assert watching.post(url("sign", observation)).status_code == 422
    watching.post(url("watch", observation), form(observation, "yes", "yes", "yes"))
    for _time in range(2):
        assert watching.post(url("sign", observation)).json()["next"] == url("result", observation)
    response = watching.post(url("save", observation), one(observation, "not_yet", "yes"))
    assert (response.status_code, response.json()["next"]) == (409, url("result", observation))


def test_a_form_that_shows_something_else_writes_nothing_over(watching, observation):
    seen = observation.fingerprint
    watching.post(url("save", observation), one(observation))
    sent = form(observation, "not_yet", seen=seen)
    response = watching.post(url("watch", observation), sent)
    assert response.status_code == 409
    assert "Nothing is written over yet" in text(response)
    observation.refresh_from_db()
    assert observation.steps[0]["mark"] == "yes"
    fresh = response.context["form"]["seen"].value()
    assert watching.post(url("watch", observation), sent | {"seen": fresh}).status_code == 303
    observation.refresh_from_db()
    assert observation.steps[0]["mark"] == "not_yet"


@pytest.mark.parametrize("name", ["save", "sign"])
@pytest.mark.parametrize("who", ["learner", "trainer", "hr", "other_learner", "administrator"])
def test_only_its_observer_marks_and_signs(client, observation, name, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.post(url(name, observation), one(observation)).status_code == 404
    assert client.get(url(name, observation)).status_code == 405


def test_strangers_who_mark_sign_in_first(client, observation):
    assert client.post(url("save", observation), one(observation)).url.startswith(reverse("people:sign-in"))


def test_learner_reads_notes_of_steps(client, watching, observation, enrolled, practical):
    watching.post(url("save", observation), one(observation, "Looked at her all the time", part="note"))
    sign(watching, observation, "not_yet", "yes", "yes")
    client.force_login(enrolled)
    assert "Looked at her all the time" in text(client.get(url("result", observation)))
    assert "Looked at her all the time" in text(client.get(practical.url))


def test_missed_steps_are_offered_and_carried_on_paper(watching, observation, enrolled, practical, curriculum):
    sign(watching, observation, "not_yet", "yes", "yes")
    assert "Only the missed steps" not in text(watching.get(reverse("assessments:people-list")))
    curriculum.programme.failed_steps_only = True
    curriculum.programme.save_revision().publish()
    assert "Only the missed steps" in text(watching.get(reverse("assessments:people-list")))
    paper = text(watching.get(begin_url(enrolled, practical, "sheet-print") + "?missed"))
    assert paper.count('class="box"') == 2
    assert paper.count("Yes, seen by") == 2
    again = watching.post(begin_url(enrolled, practical), {"only_missed": "1"})
    assert "Yes, seen last time" in text(watching.get(again.url))
