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


# All on one page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def whole(attempt):
    """The attempt with all its questions on one page."""
    Attempt.objects.filter(pk=attempt.pk).update(layout="all")
    attempt.refresh_from_db()
    return attempt


def sheet(attempt, *, leave=(), then="check"):
    """The whole form as a browser without a script sends it."""
    data = {"then": then}
    for number, item in enumerate(attempt.paper, 1):
        if number in leave:
            continue
        one = posted(right_response(attempt, item))
        data |= {f"a{number}": one["a"], f"q{number}-answer_id": one["answer_id"]}
    return data


def test_page_of_all_questions_asks_each_and_shows_no_key(hers, whole):
    page = hers.get(url("attempt-questions", whole))
    for item in whole.paper:
        assert item["stem"] in text(page)
        assert item["why"] not in text(page)
    assert "no-store" in page["Cache-Control"]


def test_all_answers_are_saved_by_one_press(hers, whole):
    response = hers.post(url("attempt-questions", whole), sheet(whole))
    assert (response.status_code, response.url) == (303, url("attempt-check", whole))
    assert Answer.objects.count() == 5
    assert "Every question has an answer" in text(hers.get(response.url))


def test_same_press_twice_saves_each_once(hers, whole):
    data = sheet(whole, then="stay")
    for _ in range(2):
        assert hers.post(url("attempt-questions", whole), data).url == url("attempt-questions", whole)
    assert Answer.objects.count() == 5


def test_what_is_left_out_is_listed_to_jump_to(hers, whole):
    hers.post(url("attempt-questions", whole), sheet(whole, leave=[2, 4], then="stay"))
    page = text(hers.get(url("attempt-questions", whole)))
    assert "3 of 5" in page
    assert 'href="#q2"' in page and 'href="#q4"' in page and 'href="#q1"' not in page
    assert f"{url('attempt-questions', whole)}#q2" in text(hers.get(url("attempt-check", whole)))


def test_half_an_answer_is_named_and_nothing_else_is_lost(hers, enrolled, curriculum):
    asked = [make_question("h-q1", QUESTIONS["matching"]), make_question("h-q2", QUESTIONS["true_false"])]
    quiz = make_quiz(curriculum.module, asked, title="Half", layout="all")
    attempt = services.start_attempt(enrolled, quiz, enrolled.country, "en")
    half, other = (number_of(attempt, QUESTIONS[kind]["stem"]) for kind in ("matching", "true_false"))
    prompt, choice = next(iter(right_response(attempt, attempt.paper[half - 1]).items()))
    data = {f"a{half}-{prompt}": choice, f"a{other}": "true", "then": "check"}
    response = hers.post(url("attempt-questions", attempt), data)
    page = text(response)
    assert response.status_code == 422
    assert f'<a href="#q{half}">Question {half}</a>: Choose one for each.' in page
    assert f'value="{choice}" required checked' in page
    assert Answer.objects.get().item_id == attempt.paper[other - 1]["id"]


def test_page_of_all_questions_takes_scripts_answers_one_by_one(hers, whole):
    data = posted(right_response(whole, whole.paper[2]))
    response = hers.post(url("question-answer", whole, 3), data, headers={"x-requested-with": "fetch"})
    assert response.json()["state"] == "saved"
    assert Answer.objects.get().item_id == whole.paper[2]["id"]


def test_address_of_one_question_leads_to_its_place_on_the_page(hers, whole):
    assert hers.get(url("question-answer", whole, 3)).url == f"{url('attempt-questions', whole)}#q3"


def test_page_of_all_questions_after_handing_in_says_so(hers, whole):
    services.hand_in(whole)
    assert hers.get(url("attempt-questions", whole)).url == url("attempt-result", whole)
    late = hers.post(url("attempt-questions", whole), sheet(whole), follow=True)
    assert "This quiz is handed in already." in text(late)
    assert not Answer.objects.exists()


def test_page_of_all_questions_needs_few_queries(hers, whole, django_assert_max_num_queries):
    hers.get(url("attempt-questions", whole))
    with django_assert_max_num_queries(8):
        hers.get(url("attempt-questions", whole))


# Time -----------------------------------------------------------------------------------------------------------------


def test_time_limit_is_said_before_and_counted_after_the_start(hers, enrolled, curriculum, quiz):
    type(quiz).objects.filter(pk=quiz.pk).update(minutes_allowed=20)
    assert "You have 20 minutes." in text(hers.get(quiz.url))
    attempt = services.start_attempt(enrolled, type(quiz).objects.get(pk=quiz.pk), enrolled.country, "en")
    for name in ("question-answer", "attempt-check"):
        assert "(20 minutes left)" in text(hers.get(url(name, attempt)))


def test_over_time_leads_to_the_check_and_from_there_to_the_result(hers, attempt):
    ended = timezone.now() - timedelta(minutes=1)
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=ended, grace_minutes=5)
    assert hers.get(url("question-answer", attempt)).url == url("attempt-check", attempt)
    assert "The time is over" in text(hers.get(url("attempt-check", attempt)))
    within = posted(right_response(attempt, attempt.paper[0]))
    assert hers.post(url("question-answer", attempt), within).status_code == 303
    assert hers.post(url("attempt-hand-in", attempt)).url == url("attempt-result", attempt)
    assert Attempt.objects.get().score == 1


def test_answer_beyond_the_grace_leads_to_the_result_and_says_so(hers, attempt):
    ended = timezone.now() - timedelta(minutes=10)
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=ended, grace_minutes=5)
    late = hers.post(url("question-answer", attempt), posted(right_response(attempt, attempt.paper[0])), follow=True)
    assert "The time is over. An answer that came later does not count." in text(late)
    assert late.redirect_chain[-1][0] == url("attempt-result", attempt)
    assert not Answer.objects.exists()


# What it is for -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        ("pre_test", "Just to see what you know already. Nothing to pass. You see no answers."),
        ("post_test", "Nothing to pass. You see how you did before the lessons, and how you do now."),
        ("practice", "For practice. It counts for nothing: try, look, try again."),
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
