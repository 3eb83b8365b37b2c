"""All questions on one page, and the time limit, as a learner's browser meets them with a script and without."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments import services
from assessments.models import Answer, Attempt
from tests.factories.assessments import QUESTIONS, right_response
from tests.factories.content import make_question, make_quiz

from .pages import number_of, posted, text, url


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
