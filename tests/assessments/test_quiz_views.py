"""What a learner meets at a quiz's addresses."""

from uuid import uuid4

import pytest
from django.urls import reverse

from assessments import services
from assessments.models import Answer, Attempt
from tests.factories.assessments import QUESTIONS, answer, hand_in, right_response, wrong_response
from tests.factories.content import make_question, make_quiz, translate

from .conftest import ALSO_PLAIN, CRITICAL, PLAIN

URLS = ["question-answer", "attempt-check", "attempt-hand-in", "attempt-result", "question-put-right"]


def url(name, attempt, *args):
    needs_number = name in ("question-answer", "question-put-right")
    return reverse(f"assessments:{name}", args=[attempt.pk, *(args or ([1] if needs_number else []))])


def number_of(attempt, stem):
    return next(number for number, item in enumerate(attempt.paper, 1) if item["stem"] == stem)


def posted(attempt, number, response, answer_id=None):
    return {"a": str(response).lower() if isinstance(response, bool) else response, "answer_id": answer_id or uuid4()}


@pytest.fixture
def hers(client, enrolled):
    client.force_login(enrolled)
    return client


def text(response):
    return " ".join(response.content.decode().split())


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
        "★ safety questions must be right",
    ):
        assert words in page
    assert not Attempt.objects.exists()


def test_start_twice_leads_to_one_attempt(hers, quiz):
    first, second = hers.post(quiz.url), hers.post(quiz.url)
    attempt = Attempt.objects.get()
    assert first.status_code == 303
    assert first.url == second.url == url("question-answer", attempt, 1)


def test_start_waits_for_the_lessons(client, other_learner, curriculum, quiz):
    from lms.learning.services import enrol

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
    assert hers.post(quiz.url).status_code == 303
    assert "Talk with your trainer" in text(hers.get(url("attempt-result", last)))


def test_quiz_without_questions_for_her_country_says_so(hers, enrolled, curriculum):
    foreign = make_question("ls-q1", QUESTIONS["true_false"], countries=["LS"])
    empty = make_quiz(curriculum.module, [foreign], title="Lesotho")
    hers.logout()
    hers.force_login(enrolled)
    from lms.learning.models import Requirement

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
    response = hers.post(
        url("question-answer", attempt, 1), posted(attempt, 1, right_response(attempt, attempt.paper[0]))
    )
    assert (response.status_code, response.url) == (303, url("question-answer", attempt, 2))
    assert Answer.objects.get().item_id == attempt.paper[0]["id"]
    assert "Saved on the server" in text(hers.get(url("question-answer", attempt, 1)))


def test_last_answer_leads_to_the_check(hers, attempt):
    response = hers.post(
        url("question-answer", attempt, 5), posted(attempt, 5, right_response(attempt, attempt.paper[4]))
    )
    assert response.url == url("attempt-check", attempt)


def test_double_press_saves_once(hers, attempt):
    data = posted(attempt, 1, right_response(attempt, attempt.paper[0]))
    for _ in range(2):
        assert hers.post(url("question-answer", attempt, 1), data).status_code == 303
    assert Answer.objects.count() == 1


def test_form_from_the_browsers_memory_with_another_answer_is_kept(hers, attempt):
    number, answer_id = number_of(attempt, CRITICAL), uuid4()
    asked = attempt.paper[number - 1]
    hers.post(
        url("question-answer", attempt, number), posted(attempt, number, right_response(attempt, asked), answer_id)
    )
    hers.post(
        url("question-answer", attempt, number), posted(attempt, number, wrong_response(attempt, asked), answer_id)
    )
    assert Answer.objects.last().response == wrong_response(attempt, asked)


@pytest.mark.parametrize("data", [{}, {"a": "nonsense"}, {"a": "true", "answer_id": "not-a-uuid"}])
def test_nothing_possible_answered_asks_again(hers, attempt, data):
    response = hers.post(url("question-answer", attempt, number_of(attempt, CRITICAL)), data)
    assert response.status_code == 422
    assert "Choose one." in text(response)
    assert not Answer.objects.exists()


def test_script_is_answered_in_json(hers, attempt):
    data = posted(attempt, 1, right_response(attempt, attempt.paper[0]))
    response = hers.post(url("question-answer", attempt, 1), data, headers={"x-requested-with": "fetch"})
    assert response.json() == {"state": "saved", "next": url("question-answer", attempt, 2)}
    refused = hers.post(url("question-answer", attempt, 1), {}, headers={"x-requested-with": "fetch"})
    assert (refused.status_code, refused.json()["state"]) == (422, "refused")


def test_two_tabs_end_with_the_newest_answer(hers, attempt):
    number = number_of(attempt, PLAIN)
    for value in (False, True):
        hers.post(url("question-answer", attempt, number), posted(attempt, number, value))
    services.hand_in(attempt)
    assert Attempt.objects.get().score == 1


def test_back_after_handing_in_leads_to_the_result(hers, attempt):
    services.hand_in(attempt)
    for name in ("question-answer", "attempt-check"):
        response = hers.get(url(name, attempt))
        assert (response.status_code, response.url) == (302, url("attempt-result", attempt))
    late = posted(attempt, 1, right_response(attempt, attempt.paper[0]))
    assert hers.post(url("question-answer", attempt, 1), late).url == url("attempt-result", attempt)
    answer = hers.post(url("question-answer", attempt, 1), late, headers={"x-requested-with": "fetch"})
    assert (answer.status_code, answer.json()["next"]) == (409, url("attempt-result", attempt))
    assert not Answer.objects.exists()


def test_session_gone_in_the_middle_loses_nothing(hers, attempt, enrolled):
    hers.post(url("question-answer", attempt, 1), posted(attempt, 1, right_response(attempt, attempt.paper[0])))
    hers.logout()
    lost = hers.post(url("question-answer", attempt, 2), posted(attempt, 2, True))
    assert lost.url == f"{reverse('people:sign-in')}?next={url('question-answer', attempt, 2)}"
    hers.force_login(enrolled)
    assert hers.get(url("question-answer", attempt, 2)).status_code == 200
    assert Answer.objects.count() == 1


def test_start_page_goes_on_where_she_stopped(hers, attempt, quiz):
    hers.post(url("question-answer", attempt, 1), posted(attempt, 1, right_response(attempt, attempt.paper[0])))
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


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_every_type_is_asked_and_answered_without_a_script(hers, enrolled, curriculum, kind):
    quiz = make_quiz(curriculum.module, [make_question("x-q1", QUESTIONS[kind], case="A story.")], title=kind)
    attempt = services.start_attempt(enrolled, quiz, enrolled.country, "en")
    asked = attempt.paper[0]
    page = text(hers.get(url("question-answer", attempt)))
    assert "A story." in page
    assert "<legend" in page
    right = right_response(attempt, asked)
    data = {f"a-{id_}": value for id_, value in right.items()} if isinstance(right, dict) else posted(attempt, 1, right)
    assert hers.post(url("question-answer", attempt), data).status_code == 303
    assert "checked" in text(hers.get(url("question-answer", attempt))) or kind in ("number", "ordering")
    assert services.hand_in(attempt).score == 1


# Results --------------------------------------------------------------------------------------------------------------


def test_not_yet_says_what_to_read_but_not_the_key(hers, attempt):
    done = hand_in(attempt, wrong=[CRITICAL, ALSO_PLAIN])
    page = text(hers.get(url("attempt-result", done)))
    assert "Not yet" in page
    assert "4 right would pass." in page
    assert "1 try is left." in page
    assert "Read again: lesson 1, card 2" in page
    assert "#card-2" in page
    for secret in (
        "Through the air",
        "By sharing cups",
        "TB passes through the air.",
        "Medicine cures it.",
        "You:",
        "Right:",
    ):
        assert secret not in page


def test_read_again_counts_the_cards_of_her_country(client, lesotho_learner, curriculum, quiz):
    """The second lesson's only card; the first lesson has one card less in Lesotho, after the one that teaches."""
    attempt = services.start_attempt(lesotho_learner, quiz, lesotho_learner.country, "en")
    client.force_login(lesotho_learner)
    services.hand_in(attempt)
    page = text(client.get(url("attempt-result", attempt)))
    assert f"{curriculum.lessons[0].url}#card-2" in page


def test_read_again_is_in_the_language_she_reads(hers, attempt, curriculum):
    translate(curriculum, "fr")
    services.hand_in(attempt)
    page = text(hers.get(url("attempt-result", attempt).replace("/en/", "/fr/")))
    assert "/fr/" in page
    assert "#card-2" in page


def test_complete_shows_hers_the_right_one_and_why(hers, attempt):
    done = hand_in(attempt, wrong=[ALSO_PLAIN])
    page = text(hers.get(url("attempt-result", done)))
    for words in ("Passed", "Well done, Amina. All safety questions right.", "One to look at again", "You:", "Right:"):
        assert words in page
    assert "Medicine cures it." in page


def test_missed_star_leads_to_put_right(hers, attempt):
    done = hand_in(attempt, wrong=[CRITICAL])
    number = number_of(done, CRITICAL)
    page = text(hers.get(url("attempt-result", done)))
    assert "One ★ safety question is still to be put right." in page
    assert url("question-put-right", done, number) in page
    assert "Right:" not in page


def test_put_right_shows_the_card_and_asks_until_it_is_right(hers, attempt):
    done = hand_in(attempt, wrong=[CRITICAL])
    number = number_of(done, CRITICAL)
    asked, address = done.paper[number - 1], url("question-put-right", done, number_of(done, CRITICAL))
    page = text(hers.get(address))
    assert "TB passes through the air." in page  # the lesson's card
    assert "Read again: lesson 1, card 2" in page
    assert hers.post(address, {}).status_code == 422
    assert hers.post(address, posted(done, number, wrong_response(done, asked))).url == address
    assert "Not this time." in text(hers.get(address))
    assert hers.post(address, posted(done, number, right_response(done, asked))).url == url("attempt-result", done)
    assert "All safety questions right." in text(hers.get(url("attempt-result", done)))
    assert hers.get(address).url == url("attempt-result", done)


def test_result_of_an_older_try_leads_to_the_newest(hers, attempt, enrolled, quiz):
    first = hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    second = services.start_attempt(enrolled, quiz, enrolled.country, "en")
    assert hers.get(url("attempt-result", first)).url == url("question-answer", second)


def test_open_attempt_has_no_result_yet(hers, attempt):
    assert hers.get(url("attempt-result", attempt)).url == url("question-answer", attempt)


def test_practice_tells_after_each_question(hers, enrolled, curriculum, quiz):
    practice = make_quiz(curriculum.module, quiz.questions_for("KE"), title="Practice", purpose="practice")
    attempt = services.start_attempt(enrolled, practice, enrolled.country, "en")
    number = number_of(attempt, CRITICAL)
    address = url("question-answer", attempt, number)
    assert (
        hers.post(address, posted(attempt, number, wrong_response(attempt, attempt.paper[number - 1]))).url == address
    )
    page = text(hers.get(address))
    for words in (
        "Not this time",
        "Yours",
        "Through the air",
        "TB passes through the air.",
        "Read again",
        "Next question",
    ):
        assert words in page
    assert "<form id=" not in page


def test_question_needs_few_queries(hers, attempt, django_assert_max_num_queries):
    hers.get(url("question-answer", attempt))
    with django_assert_max_num_queries(8):
        hers.get(url("question-answer", attempt))
