"""What a learner meets after she handed a quiz in, and in practice."""

from uuid import uuid4

import pytest
from django.urls import reverse

from assessments import services
from assessments.models import Attempt
from tests.factories.assessments import QUESTIONS, hand_in, right_response, wrong_response
from tests.factories.content import make_question, make_quiz, translate

from .conftest import ALSO_PLAIN, CRITICAL, PLAIN, THIRD_PLAIN, five_questions
from .pages import form_of, not_right, number_of, posted, start, text, url
from .test_regrades import run, turn


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
        "Practise what you missed",
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
    assert reverse("assessments:practice-today") in page


def test_result_with_nothing_due_leads_to_no_practice(hers, attempt):
    done = hand_in(attempt)
    assert "Practise what you missed" not in text(hers.get(url("attempt-result", done)))


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
    assert hers.post(address, posted(wrong_response(done, asked))).url == address
    assert "Not this time." in text(hers.get(address))
    assert hers.post(address, posted(right_response(done, asked))).url == url("attempt-result", done)
    assert "All safety questions right." in text(hers.get(url("attempt-result", done)))
    assert hers.get(address).url == url("attempt-result", done)


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_every_type_is_put_right(hers, enrolled, curriculum, kind):
    critical = make_question("r-q1", QUESTIONS[kind], facts=curriculum.facts[:1], critical=True)
    others = [make_question(f"r-q{n}", QUESTIONS["true_false"] | {"stem": f"Statement {n}."}) for n in range(2, 7)]
    quiz = make_quiz(curriculum.module, [critical, *others], title="Put right")
    attempt = start(enrolled, quiz)
    asked = next(item for item in attempt.paper if item["critical"])
    wrong, right = not_right(asked, attempt.key[asked["id"]]), right_response(attempt, asked)
    for item in attempt.paper:
        services.save_answer(attempt, item["id"], wrong if item is asked else right_response(attempt, item), uuid4())
    done = services.hand_in(attempt)
    assert done.passed_at and done.to_put_right == [asked["id"]]
    address = url("question-put-right", done, number_of(done, asked["stem"]))
    page = text(hers.get(address))
    assert "One safety question to put right" in page and "Read again: lesson 1, card 2" in page
    script = {"headers": {"x-requested-with": "fetch"}}
    assert hers.post(address, form_of(asked, wrong), **script).json() == {"state": "saved", "next": address}
    assert "Not this time." in text(hers.get(address))
    assert hers.post(address, form_of(asked, right)).url == url("attempt-result", done)
    assert Attempt.objects.get(pk=done.pk).completed_at


def test_result_of_an_older_try_leads_to_the_newest(hers, attempt, enrolled, quiz):
    first = hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    second = services.start_attempt(enrolled, quiz, enrolled.country, "en")
    assert hers.get(url("attempt-result", first)).url == url("question-answer", second)


def test_older_try_that_a_regrade_passes_leads_to_what_is_to_be_put_right(hers, attempt, enrolled, quiz, reviewer):
    """The try after it did not pass: the result to go on with is the earlier one's."""
    hand_in(attempt, wrong=[PLAIN, CRITICAL])
    later = hand_in(start(enrolled, quiz), wrong=[CRITICAL, ALSO_PLAIN, THIRD_PLAIN])
    run(turn(PLAIN), reviewer)
    page = hers.get(url("attempt-result", attempt))
    assert page.status_code == 200
    assert "still to be put right" in text(page)
    assert hers.get(url("attempt-result", later)).url == url("attempt-result", attempt)


def test_open_attempt_has_no_result_yet(hers, attempt):
    assert hers.get(url("attempt-result", attempt)).url == url("question-answer", attempt)


def test_practice_tells_after_each_question(hers, enrolled, practice):
    attempt = services.start_attempt(enrolled, practice, enrolled.country, "en")
    number = number_of(attempt, CRITICAL)
    address = url("question-answer", attempt, number)
    assert hers.post(address, posted(wrong_response(attempt, attempt.paper[number - 1]))).url == address
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


# What a result tells --------------------------------------------------------------------------------------------------


def test_right_ones_are_folded_and_missed_ones_first(hers, attempt):
    done = hand_in(attempt, wrong=[ALSO_PLAIN])
    page = text(hers.get(url("attempt-result", done)))
    assert page.count("<details") == 4
    assert page.index(ALSO_PLAIN) < page.index("<details")


def test_parts_near_misses_and_what_the_author_says_are_told_in_practice(hers, enrolled, curriculum):
    kinds = ["matching", "short_text", "single"]
    said = QUESTIONS["single"] | {
        "options": [option | {"feedback": f"You said: {option['text']}"} for option in QUESTIONS["single"]["options"]]
    }
    asked = [make_question(f"n-{kind}", (QUESTIONS | {"single": said})[kind]) for kind in kinds]
    quiz = make_quiz(curriculum.module, asked, title="Practice", purpose="practice", partial_credit=True)
    attempt = start(enrolled, quiz)
    for item in attempt.paper:
        response = right_response(attempt, item)
        if item["type"] == "matching":
            one = next(id_ for id_ in response if list(response.values()).count(response[id_]) == 1)
            response = response | {one: next(choice for choice in response.values() if choice != response[one])}
        if item["type"] == "short_text":
            response = "Tuberculosus"
        services.save_answer(attempt, item["id"], response, uuid4())
    services.hand_in(attempt)
    page = text(hers.get(url("attempt-result", attempt)))
    assert "Right in part: 2 of 3 parts" in page
    assert "Very near: look at how it is written." in page
    assert "You said: Through the air" in page


@pytest.mark.parametrize(("missed", "message"), [([PLAIN, ALSO_PLAIN], "On the way."), ([PLAIN], "Nearly all.")])
def test_message_of_the_highest_band_that_the_score_reaches(hers, enrolled, curriculum, missed, message):
    bands = [(0, "A start."), (80, "Nearly all."), (60, "On the way.")]
    rows = [{"type": "band", "value": {"from_percent": percent, "message": words}} for percent, words in bands]
    quiz = make_quiz(curriculum.module, five_questions(curriculum, "b"), title="Bands", purpose="practice", bands=rows)
    done = hand_in(start(enrolled, quiz), wrong=missed)
    page = text(hers.get(url("attempt-result", done)))
    assert message in page
    assert sum(words in page for _percent, words in bands) == 1


def test_earlier_tries_are_listed_with_their_scores(hers, enrolled, attempt, quiz):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    second = hand_in(start(enrolled, quiz))
    page = text(hers.get(url("attempt-result", second)))
    assert "Earlier tries" in page and "<b>3 of 5</b>" in page


def test_result_handed_in_by_the_clock_says_so(hers, attempt):
    done = hand_in(attempt)
    Attempt.objects.filter(pk=done.pk).update(by_clock=True)
    assert "The time was over at" in text(hers.get(url("attempt-result", done)))
