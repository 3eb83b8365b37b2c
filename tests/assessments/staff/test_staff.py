"""The bank, the locked quizzes and the guard against deletion in the admin."""

import pytest
from django.urls import reverse

from assessments import services
from assessments.models import Attempt, ExtraTry, Observation, Question
from assessments.wagtail_hooks import permissions_of_roles
from lms.people.groups import synchronise_groups
from lms.people.models import Role
from tests.assessments.conftest import ALSO_PLAIN, CRITICAL, PLAIN
from tests.factories.assessments import hand_in
from tests.factories.content import make_module

LOCKED = "locked-quizzes:index"


@pytest.fixture
def staff(client, trainer):
    synchronise_groups(trainer)
    client.force_login(trainer)
    return client


@pytest.fixture
def locked(enrolled, quiz):
    for _ in range(2):
        last = hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"), wrong=[PLAIN, ALSO_PLAIN])
    return last


def text(response):
    return " ".join(response.content.decode().split())


def open_url(attempt):
    return reverse("locked-quizzes:open", args=[attempt.pk])


def test_locked_quiz_is_listed_for_her_trainer(staff, locked):
    page = text(staff.get(reverse(LOCKED)))
    assert locked.person.get_full_name() in page
    assert "3 of 5" in page
    assert open_url(locked) in page


def test_quiz_with_a_try_left_is_not_listed(staff, enrolled, quiz):
    attempt = hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"), wrong=[PLAIN, ALSO_PLAIN])
    assert open_url(attempt) not in text(staff.get(reverse(LOCKED)))


@pytest.mark.parametrize("who", ["hr", "other_country_hr"])
def test_others_see_no_locked_quiz(client, locked, who, request):
    person = request.getfixturevalue(who)
    synchronise_groups(person)
    client.force_login(person)
    assert locked.person.get_full_name() not in text(client.get(reverse(LOCKED)))
    assert client.get(open_url(locked)).status_code == 404
    assert client.post(open_url(locked), {"conversation": "Hello"}).status_code == 404
    assert not ExtraTry.objects.exists()


def test_learner_has_no_way_into_the_lists(client, locked):
    client.force_login(locked.person)
    assert client.get(reverse(LOCKED)).status_code == 302
    assert client.get(open_url(locked)).status_code == 302


def test_conversation_opens_one_try(staff, locked, enrolled, quiz):
    page = text(staff.get(open_url(locked)))
    assert PLAIN in page
    assert CRITICAL not in page
    assert staff.post(open_url(locked), {"conversation": ""}).status_code == 200
    assert not ExtraTry.objects.exists()
    for _ in range(2):
        assert staff.post(open_url(locked), {"conversation": "We read lesson 1."}).url == reverse(LOCKED)
    assert ExtraTry.objects.get().conversation == "We read lesson 1."
    assert open_url(locked) not in text(staff.get(reverse(LOCKED)))
    assert services.start_attempt(enrolled, quiz, enrolled.country, "en").number == 3


def test_signed_observations_are_listed_for_the_trainer_there(staff, enrolled, observer, curriculum):
    observation = services.start_observation(observer, enrolled, curriculum.practical)
    marks = {step["id"]: "yes" for step in observation.steps}
    services.save_observation(observation, marks, strength_1="a", strength_2="b", next_step="c")
    assert enrolled.get_full_name() not in text(staff.get(reverse("observations:index")))
    services.sign_off(observation)
    assert enrolled.get_full_name() in text(staff.get(reverse("observations:index")))


# The bank -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def editor(client, administrator):
    client.force_login(administrator)
    return client


def edit_url(question):
    return reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])


def test_questions_are_listed_searched_and_filtered(editor, quiz):
    address = reverse(Question.snippet_viewset.get_url_name("list"))
    assert CRITICAL in text(editor.get(address))
    page = text(editor.get(address, {"critical": "false"}))
    assert PLAIN in page
    assert CRITICAL not in page


def test_question_editor_and_preview_open(editor, quiz):
    question = quiz.questions_for("KE")[0]
    assert editor.get(edit_url(question)).status_code == 200
    preview = question.make_preview_request()
    assert preview.status_code == 200
    assert CRITICAL in text(preview)
    assert "Through the air" in text(preview)


@pytest.mark.parametrize("part", ["quiz", "practical"])
def test_pages_preview_without_a_learner(curriculum, quiz, part):
    page = getattr(curriculum, part)
    response = page.make_preview_request()
    assert response.status_code == 200
    assert page.title in text(response)


def test_bank_belongs_to_trainers_and_is_published_by_reviewers():
    roles = permissions_of_roles()
    assert "assessments.publish_question" in roles[Role.REVIEWER]
    assert "assessments.publish_question" not in roles[Role.TRAINER]


# Deleting -------------------------------------------------------------------------------------------------------------


def refused(editor, page):
    response = editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
    return "cannot be deleted" in text(response) and type(page).objects.filter(pk=page.pk).exists()


@pytest.fixture
def alone(client, administrator, learner, quiz, observer, curriculum):
    """A quiz and a practical that no enrolment asks for: only this room's records keep them."""
    client.force_login(administrator)
    return client


def test_quiz_with_attempts_is_not_deleted(alone, learner, quiz, curriculum):
    services.start_attempt(learner, quiz, learner.country, "en")
    assert refused(alone, quiz)
    assert refused(alone, curriculum.module)
    assert Attempt.objects.exists()


def test_practical_with_observations_is_not_deleted(alone, learner, observer, curriculum):
    services.start_observation(observer, learner, curriculum.practical)
    assert refused(alone, curriculum.practical)
    assert Observation.objects.exists()


def test_several_pages_are_not_deleted_at_once(alone, learner, quiz, curriculum):
    services.start_attempt(learner, quiz, learner.country, "en")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = alone.post(f"{address}?id={quiz.pk}&id={curriculum.lessons[0].pk}", follow=True)
    assert "cannot be deleted" in text(response)
    assert type(quiz).objects.filter(pk=quiz.pk).exists()


def test_module_without_records_is_deleted(alone, curriculum):
    module = make_module(curriculum.shelf, "Empty")
    alone.post(reverse("wagtailadmin_pages:delete", args=[module.pk]))
    assert not type(module).objects.filter(pk=module.pk).exists()
