"""What a learner meets after she handed a quiz in, and in practice."""

from assessments import services
from tests.factories.assessments import hand_in, right_response, wrong_response
from tests.factories.content import translate

from .conftest import ALSO_PLAIN, CRITICAL, PLAIN
from .pages import number_of, posted, text, url


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
    assert hers.post(address, posted(wrong_response(done, asked))).url == address
    assert "Not this time." in text(hers.get(address))
    assert hers.post(address, posted(right_response(done, asked))).url == url("attempt-result", done)
    assert "All safety questions right." in text(hers.get(url("attempt-result", done)))
    assert hers.get(address).url == url("attempt-result", done)


def test_result_of_an_older_try_leads_to_the_newest(hers, attempt, enrolled, quiz):
    first = hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    second = services.start_attempt(enrolled, quiz, enrolled.country, "en")
    assert hers.get(url("attempt-result", first)).url == url("question-answer", second)


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
