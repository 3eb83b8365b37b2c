"""What a learner meets from the start of a quiz until she hands it in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments import services
from assessments.models import Answer, Attempt
from curriculum.services import withdraw
from lms.learning.models import Requirement
from lms.learning.services import enrol
from tests.factories.assessments import QUESTIONS, answer, hand_in, right_response, wrong_response
from tests.factories.content import make_question, make_quiz

from .conftest import ALSO_PLAIN, CRITICAL, PLAIN
from .pages import number_of, posted, text, url

URLS = [
    "question-answer",
    "attempt-questions",
    "attempt-check",
    "attempt-hand-in",
    "attempt-result",
    "question-put-right",
]


# Who ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", URLS)
def test_anonymous_goes_to_sign_in_and_comes_back(client, attempt, name):
    method = client.post if name == "attempt-hand-in" else client.get
    response = method(url(name, attempt))
    assert response.status_code == 302
    assert response.url == f"{reverse('people:sign-in')}?next={url(name, attempt)}"


@pytest.mark.parametrize("who", ["other_learner", "trainer", "administrator"])
@pytest.mark.parametrize("name", URLS)
def test_attempt_of_someone_else_is_not_there(client, attempt, name, who, request):
    client.force_login(request.getfixturevalue(who))
    method = client.post if name == "attempt-hand-in" else client.get
    assert method(url(name, attempt)).status_code == 404


@pytest.mark.parametrize("name", ["attempt-check", "attempt-result"])
def test_pages_that_only_show_take_no_post(hers, attempt, name):
    assert hers.post(url(name, attempt)).status_code == 405


def test_hand_in_takes_no_get(hers, attempt):
    assert hers.get(url("attempt-hand-in", attempt)).status_code == 405


@pytest.mark.parametrize("number", [0, 6, 999])
def test_question_beyond_the_paper_is_not_there(hers, attempt, number):
    assert hers.get(url("question-answer", attempt, number)).status_code == 404


# Start ----------------------------------------------------------------------------------------------------------------


def test_start_page_says_the_rules(hers, quiz):
    page = text(hers.get(quiz.url))
    for words in (
        "2 tries left",
        "5 questions",
        "about 15 minutes",
        "4 right to pass",
        "Safety questions must be right in the end",
    ):
        assert words in page
    assert not Attempt.objects.exists()


def test_start_twice_leads_to_one_attempt(hers, quiz):
    first, second = hers.post(quiz.url), hers.post(quiz.url)
    attempt = Attempt.objects.get()
    assert first.status_code == 303
    assert first.url == second.url == url("question-answer", attempt, 1)


def test_start_waits_for_the_lessons(client, other_learner, curriculum, quiz):
    enrol(other_learner, curriculum.programme)
    client.force_login(other_learner)
    client.post(quiz.url)
    assert not Attempt.objects.exists()


def test_staff_see_the_start_page_but_begin_nothing(client, trainer, quiz):
    client.force_login(trainer)
    assert "Learners who are enrolled" in text(client.get(quiz.url))
    client.post(quiz.url)
    assert not Attempt.objects.exists()


def test_locked_quiz_says_what_to_do(hers, enrolled, quiz):
    for _ in range(2):
        last = hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"), wrong=[PLAIN, ALSO_PLAIN])
    response = hers.get(quiz.url)
    assert response.status_code == 200
    assert "Talk with your trainer" in text(response)
    assert "tries left" not in text(response)
    assert "You can stop and come back" not in text(response)
    assert hers.post(quiz.url).status_code == 303
    assert "Talk with your trainer" in text(hers.get(url("attempt-result", last)))


def test_quiz_without_questions_for_her_country_says_so(hers, enrolled, curriculum):
    foreign = make_question("ls-q1", QUESTIONS["true_false"], countries=["LS"])
    empty = make_quiz(curriculum.module, [foreign], title="Lesotho")
    hers.logout()
    hers.force_login(enrolled)
    first = Requirement.objects.filter(enrolment__person=enrolled).first()
    Requirement.objects.create(
        enrolment=first.enrolment, unit_key=empty.translation_key, kind="quiz", position=99, module_key=first.module_key
    )
    assert "No question of this quiz is for your country" in text(hers.get(empty.url))


# Questions ------------------------------------------------------------------------------------------------------------


def test_question_shows_no_key(hers, attempt):
    page = hers.get(url("question-answer", attempt, number_of(attempt, CRITICAL)))
    assert CRITICAL in text(page)
    assert "TB passes through the air." not in text(page)
    assert "no-store" in page["Cache-Control"]


def test_answer_is_saved_and_leads_on(hers, attempt):
    response = hers.post(url("question-answer", attempt, 1), posted(right_response(attempt, attempt.paper[0])))
    assert (response.status_code, response.url) == (303, url("question-answer", attempt, 2))
    assert Answer.objects.get().item_id == attempt.paper[0]["id"]
    assert "Saved on the server" in text(hers.get(url("question-answer", attempt, 1)))


def test_last_answer_leads_to_the_check(hers, attempt):
    response = hers.post(url("question-answer", attempt, 5), posted(right_response(attempt, attempt.paper[4])))
    assert response.url == url("attempt-check", attempt)


def test_double_press_saves_once(hers, attempt):
    data = posted(right_response(attempt, attempt.paper[0]))
    for _ in range(2):
        assert hers.post(url("question-answer", attempt, 1), data).status_code == 303
    assert Answer.objects.count() == 1


def test_form_from_the_browsers_memory_with_another_answer_is_kept(hers, attempt):
    number, answer_id = number_of(attempt, CRITICAL), uuid4()
    asked = attempt.paper[number - 1]
    hers.post(url("question-answer", attempt, number), posted(right_response(attempt, asked), answer_id))
    hers.post(url("question-answer", attempt, number), posted(wrong_response(attempt, asked), answer_id))
    assert Answer.objects.last().response == wrong_response(attempt, asked)


@pytest.mark.parametrize("data", [{}, {"a": "nonsense"}, {"a": "true", "answer_id": "not-a-uuid"}])
def test_nothing_possible_answered_asks_again(hers, attempt, data):
    response = hers.post(url("question-answer", attempt, number_of(attempt, CRITICAL)), data)
    assert response.status_code == 422
    assert "Choose one." in text(response)
    assert not Answer.objects.exists()


def test_script_is_answered_in_json(hers, attempt):
    data = posted(right_response(attempt, attempt.paper[0]))
    response = hers.post(url("question-answer", attempt, 1), data, headers={"x-requested-with": "fetch"})
    assert response.json() == {"state": "saved", "next": url("question-answer", attempt, 2)}
    refused = hers.post(url("question-answer", attempt, 1), {}, headers={"x-requested-with": "fetch"})
    assert (refused.status_code, refused.json()["state"]) == (422, "refused")


def test_two_tabs_end_with_the_newest_answer(hers, attempt):
    number = number_of(attempt, PLAIN)
    for value in (False, True):
        hers.post(url("question-answer", attempt, number), posted(value))
    services.hand_in(attempt)
    assert Attempt.objects.get().score == 1


def test_back_after_handing_in_leads_to_the_result(hers, attempt):
    services.hand_in(attempt)
    for name in ("question-answer", "attempt-check"):
        response = hers.get(url(name, attempt))
        assert (response.status_code, response.url) == (302, url("attempt-result", attempt))
    late = posted(right_response(attempt, attempt.paper[0]))
    assert hers.post(url("question-answer", attempt, 1), late).url == url("attempt-result", attempt)
    answer = hers.post(url("question-answer", attempt, 1), late, headers={"x-requested-with": "fetch"})
    assert (answer.status_code, answer.json()["next"]) == (409, url("attempt-result", attempt))
    assert not Answer.objects.exists()


def test_session_gone_in_the_middle_loses_nothing(hers, attempt, enrolled):
    hers.post(url("question-answer", attempt, 1), posted(right_response(attempt, attempt.paper[0])))
    hers.logout()
    lost = hers.post(url("question-answer", attempt, 2), posted(True))
    assert lost.url == f"{reverse('people:sign-in')}?next={url('question-answer', attempt, 2)}"
    hers.force_login(enrolled)
    assert hers.get(url("question-answer", attempt, 2)).status_code == 200
    assert Answer.objects.count() == 1


def test_start_page_goes_on_where_she_stopped(hers, attempt, quiz):
    hers.post(url("question-answer", attempt, 1), posted(right_response(attempt, attempt.paper[0])))
    assert "Your answers are kept" in text(hers.get(quiz.url))
    assert hers.post(quiz.url).url == url("question-answer", attempt, 2)


def test_check_shows_what_has_no_answer(hers, attempt):
    assert "5 questions have no answer yet" in text(hers.get(url("attempt-check", attempt)))
    answer(attempt)
    assert "Every question has an answer" in text(hers.get(url("attempt-check", attempt)))


def test_hand_in_twice_shows_one_result(hers, attempt):
    answer(attempt)
    for _ in range(2):
        assert hers.post(url("attempt-hand-in", attempt)).url == url("attempt-result", attempt)


@pytest.mark.parametrize("part", ["quiz", "module"])
def test_withdrawn_quiz_keeps_her_answers_and_says_why(hers, attempt, curriculum, quiz, trainer, part):
    first = posted(right_response(attempt, attempt.paper[0]))
    hers.post(url("question-answer", attempt, 1), first)
    withdraw(quiz if part == "quiz" else curriculum.module, by=trainer, reason="Question 2 is wrong")
    assert hers.get(url("question-answer", attempt, 2)).url == quiz.url
    assert hers.post(url("attempt-hand-in", attempt)).url == quiz.url
    replayed = hers.post(url("question-answer", attempt, 1), first, headers={"x-requested-with": "fetch"})
    assert replayed.status_code == 200
    late = first | {"answer_id": uuid4()}
    refused = hers.post(url("question-answer", attempt, 1), late, headers={"x-requested-with": "fetch"})
    assert (refused.status_code, refused.json()["next"]) == (409, quiz.url)
    assert "Question 2 is wrong" in text(hers.get(quiz.url))
    assert Attempt.objects.get().is_open
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_every_type_is_asked_and_answered_without_a_script(hers, enrolled, curriculum, kind):
    quiz = make_quiz(curriculum.module, [make_question("x-q1", QUESTIONS[kind], case="A story.")], title=kind)
    attempt = services.start_attempt(enrolled, quiz, enrolled.country, "en")
    asked = attempt.paper[0]
    page = text(hers.get(url("question-answer", attempt)))
    assert "A story." in page
    assert "<legend" in page
    right = right_response(attempt, asked)
    data = {f"a-{id_}": value for id_, value in right.items()} if isinstance(right, dict) else posted(right)
    assert hers.post(url("question-answer", attempt), data).status_code == 303
    again = text(hers.get(url("question-answer", attempt)))
    assert "Saved on the server" in again
    assert any(shown in again for shown in ("checked", "selected", f'value="{right}"'))
    assert services.hand_in(attempt).score == 1


# What it is for -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("pre_test", "This shows what you know already, before the lessons. You do not see what is right."),
        ("post_test", "You see how you did before the lessons, and how you do now."),
        ("practice", "For practice. It counts for nothing."),
        ("certifying", "This quiz counts for your certificate."),
    ],
)
def test_start_page_says_what_the_quiz_is_for(hers, quiz, purpose, words):
    type(quiz).objects.filter(pk=quiz.pk).update(purpose=purpose)
    assert words in text(hers.get(quiz.url))


def test_quiz_that_is_not_open_yet_says_from_when_and_cannot_be_started(hers, quiz):
    type(quiz).objects.filter(pk=quiz.pk).update(opens_at=timezone.now() + timedelta(days=1))
    page = text(hers.get(quiz.url))
    assert "This quiz opens on" in page and '<button class="go"' not in page
    hers.post(quiz.url)
    assert not Attempt.objects.exists()


def test_question_needs_few_queries(hers, attempt, django_assert_max_num_queries):
    hers.get(url("question-answer", attempt))
    with django_assert_max_num_queries(8):
        hers.get(url("question-answer", attempt))
