"""Quizzes on a real phone: each answer is kept, sent once and told about, whatever becomes of signal, tabs and time."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments import services
from assessments.models import Answer, Attempt
from lms.learning.services import complete_unit, enrol

from ..factories.assessments import QUESTIONS, right_response
from ..factories.content import make_question, make_quiz
from .conftest import PHONE, _session_of
from .fingers import give

pytestmark = pytest.mark.django_db(transaction=True)
TEN = [*QUESTIONS.values(), QUESTIONS["true_false"] | {"stem": "TB can come back."}]
LAYOUTS = ["one", "all"]


@pytest.fixture
def begin(learner, curriculum):
    """begin(layout=…, …) gives the attempt that she has begun, at a quiz with every type of question."""

    def begin(questions=TEN, **rules) -> Attempt:
        asked = [make_question(f"b-q{number}", data) for number, data in enumerate(questions, 1)]
        quiz = make_quiz(curriculum.module, asked, title="Quiz: TB", **rules)
        enrol(learner, curriculum.programme)
        for unit in [*curriculum.lessons, curriculum.quiz]:
            complete_unit(learner, unit)
        return services.start_attempt(learner, quiz, learner.country, "en")

    return begin


def first(attempt: Attempt) -> str:
    """The address of the first question, or of all of them."""
    return f"/en/quiz/{attempt.pk}/" + ("questions/" if attempt.layout == "all" else "1/")


def part_of(page, attempt: Attempt, number: int):
    return page.locator(f"#q{number}" if attempt.layout == "all" else "form#answer")


def choose(page, attempt: Attempt, number: int = 1) -> None:
    """Give the right answer; on a screen of one question, press as well."""
    item = attempt.paper[number - 1]
    give(part_of(page, attempt, number), item, right_response(attempt, item))
    if attempt.layout == "one":
        page.get_by_role("button", name="Answer").click()


def saved(page, attempt: Attempt, number: int = 1) -> None:
    """Wait until the phone says that the server has it."""
    if attempt.layout == "one":
        page.wait_for_url(re.compile(rf"/(?!{number}/)(\d+|check)/$"))
    else:
        part_of(page, attempt, number).get_by_text("Saved on the server").wait_for()


def hand_in(page) -> None:
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url("**/result/")


# Saving ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_type_is_answered_and_handed_in(open_page, axe, learner, begin, layout):
    attempt = begin(layout=layout)
    page = open_page(learner)
    page.goto(first(attempt))
    for number in range(1, 11):
        if layout == "one" or number == 1:
            axe(page)
        choose(page, attempt, number)
        saved(page, attempt, number)
    if layout == "all":
        assert page.locator(".progress").inner_text().strip() == "10 of 10"
        assert page.locator("nav.left").is_hidden()
        axe(page)
        page.get_by_role("button", name="Check and hand in").click()
    page.get_by_text("Every question has an answer.").wait_for()
    axe(page)
    hand_in(page)
    assert page.get_by_role("heading", name="Passed").is_visible()
    assert Attempt.objects.get().score == 10
    assert Answer.objects.count() >= 10
    axe(page)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_answer_given_without_a_signal_is_sent_once_when_it_is_back(open_page, learner, begin, layout):
    attempt = begin(layout=layout)
    page = open_page(learner)
    page.goto(first(attempt))
    page.context.set_offline(True)
    choose(page, attempt)
    part_of(page, attempt, 1).get_by_text("It is sent when the signal is back.").wait_for()
    assert not Answer.objects.exists()
    page.context.set_offline(False)
    saved(page, attempt)
    assert Answer.objects.get().item_id == attempt.paper[0]["id"]
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tab_closed_after_an_answer_without_a_signal_loses_nothing(open_page, learner, begin, layout):
    attempt = begin(layout=layout)
    page = open_page(learner)
    page.goto(first(attempt))
    page.context.set_offline(True)
    choose(page, attempt)
    part_of(page, attempt, 1).get_by_text("It is sent when the signal is back.").wait_for()
    page.wait_for_timeout(20_000 if layout == "all" else 1_000)
    page.close()
    again = page.context.new_page()
    again.context.set_offline(False)
    again.goto(first(attempt))
    saved(again, attempt)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_answer_that_arrived_without_an_echo_is_not_saved_twice(open_page, learner, begin, layout):
    attempt = begin(layout=layout)
    page = open_page(learner)
    page.goto(first(attempt))
    lost = []

    def lose_the_echo(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    page.route("**/quiz/**", lose_the_echo)
    choose(page, attempt)
    saved(page, attempt)
    assert lost == [200]
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_reload_keeps_what_is_chosen_and_what_is_saved(open_page, learner, begin, layout):
    attempt = begin([QUESTIONS["multiple"], QUESTIONS["true_false"]], layout=layout)
    number = next(n for n, item in enumerate(attempt.paper, 1) if item["type"] == "multiple")
    page = open_page(learner)
    page.goto(first(attempt).replace("/1/", f"/{number}/"))
    part_of(page, attempt, number).get_by_label("Fever").check()
    page.reload()
    assert part_of(page, attempt, number).get_by_label("Fever").is_checked()
    choose_rest = part_of(page, attempt, number).get_by_label("Cough")
    choose_rest.check()
    if layout == "one":
        page.get_by_role("button", name="Answer").click()
    saved(page, attempt, number)
    page.goto(first(attempt).replace("/1/", f"/{number}/"))
    part = part_of(page, attempt, number)
    assert part.get_by_label("Fever").is_checked() and part.get_by_label("Cough").is_checked()
    assert part.get_by_text("Saved on the server").is_visible()


def test_double_click_saves_one_answer(open_page, learner, begin):
    attempt = begin()
    page = open_page(learner)
    page.goto(first(attempt))
    item = attempt.paper[0]
    give(page.locator("form#answer"), item, right_response(attempt, item))
    page.get_by_role("button", name="Answer").dblclick()
    saved(page, attempt)
    page.wait_for_timeout(300)
    assert Answer.objects.count() == 1


def test_back_shows_the_answer_and_takes_another(open_page, learner, begin):
    attempt = begin([QUESTIONS["true_false"], QUESTIONS["single"]])
    number = next(n for n, item in enumerate(attempt.paper, 1) if item["type"] == "true_false")
    page = open_page(learner)
    page.goto(f"/en/quiz/{attempt.pk}/{number}/")
    choose(page, attempt, number)
    saved(page, attempt, number)
    page.go_back()
    assert page.get_by_label("True", exact=True).is_checked()
    page.get_by_label("False", exact=True).check()
    page.get_by_role("button", name="Answer").click()
    saved(page, attempt, number)
    assert Answer.objects.last().response is False


@pytest.mark.parametrize("layout", LAYOUTS)
def test_two_tabs_and_the_newest_answer_counts(open_page, learner, begin, layout):
    attempt = begin([QUESTIONS["true_false"]], layout=layout)
    page = open_page(learner)
    other = page.context.new_page()
    for tab, word in ((page, "False"), (other, "True")):
        tab.goto(first(attempt))
        tab.get_by_label(word, exact=True).check()
        if layout == "one":
            tab.get_by_role("button", name="Answer").click()
        saved(tab, attempt)
    services.hand_in(attempt)
    assert Attempt.objects.get().score == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tab_left_open_after_handing_in_says_so_and_leads_to_the_result(open_page, learner, begin, layout):
    attempt = begin(layout=layout)
    page = open_page(learner)
    page.goto(first(attempt))
    services.hand_in(attempt)
    choose(page, attempt)
    page.wait_for_url("**/result/")
    assert page.get_by_text("This quiz is handed in already.").is_visible()
    assert page.evaluate("localStorage.length") == 0
    assert not Answer.objects.exists()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_signing_in_between_keeps_the_answer(open_page, learner, begin, live_server, layout):
    attempt = begin(layout=layout)
    page = open_page(learner)
    page.goto(first(attempt))
    page.context.clear_cookies(name=_session_of(learner, live_server.url)["name"])
    choose(page, attempt)
    page.wait_for_url(re.compile("/sign-in/"))
    assert not Answer.objects.exists()
    page.context.add_cookies([_session_of(learner, live_server.url)])
    page.goto(page.url.split("next=")[1])
    saved(page, attempt)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_another_phone_goes_on_at_the_first_question_without_an_answer(open_page, learner, begin, layout):
    attempt = begin(layout=layout)
    page = open_page(learner)
    page.goto(first(attempt))
    for number in (1, 2):
        choose(page, attempt, number)
        saved(page, attempt, number)
    other = open_page(learner, **PHONE)
    other.goto("/en/learn/tuberculosis/quiz-tb/")
    other.get_by_role("button", name="Continue").click()
    other.wait_for_url("**/questions/#q3" if layout == "all" else "**/3/")


# Time -----------------------------------------------------------------------------------------------------------------


def ends_in(attempt: Attempt, seconds: int) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=timezone.now() + timedelta(seconds=seconds))


def test_time_line_counts_minutes_and_says_so_at_five(open_page, axe, learner, begin):
    attempt = begin(minutes_allowed=22)
    page = open_page(learner)
    page.clock.install()
    page.goto(first(attempt))
    assert re.search(r"Until \d\d:\d\d \(22 minutes left\)", page.inner_text(".dock"))
    assert page.locator("[data-say]").inner_text() == ""
    axe(page)
    page.clock.run_for(60_000 * 17 + 1_000)
    assert "(5 minutes left)" in page.inner_text(".dock")
    assert "5 minutes left" in page.locator("[data-say]").text_content()
    page.clock.run_for(60_000 * 4)
    assert "1 minute left" in page.locator("[data-say]").text_content()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_when_the_time_is_over_what_is_chosen_is_sent_and_the_result_shown(open_page, learner, begin, layout):
    attempt = begin([QUESTIONS["true_false"]], layout=layout, minutes_allowed=10)
    page = open_page(learner)
    ends_in(attempt, 4)
    page.goto(first(attempt))
    page.get_by_label("True", exact=True).check()
    page.wait_for_url("**/result/")
    assert Attempt.objects.get().score == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_time_over_without_a_signal_counts_what_arrives_within_the_grace(open_page, learner, begin, layout):
    attempt = begin([QUESTIONS["true_false"]], layout=layout, minutes_allowed=10)
    page = open_page(learner)
    ends_in(attempt, 4)
    page.goto(first(attempt))
    page.context.set_offline(True)
    page.get_by_label("True", exact=True).check()
    page.locator(".dock [data-words]", has_text="The time is over.").wait_for()
    page.wait_for_timeout(1_000)
    assert not Answer.objects.exists()
    page.context.set_offline(False)
    page.wait_for_url("**/result/")
    assert Attempt.objects.get().score == 1


def test_page_left_open_beyond_the_grace_leads_to_the_result(open_page, learner, begin):
    attempt = begin(minutes_allowed=10)
    page = open_page(learner)
    page.goto(first(attempt))
    ends_in(attempt, -3600)
    choose(page, attempt)
    page.wait_for_url("**/result/")
    assert page.get_by_text("The time is over. An answer that came later does not count.").is_visible()
    assert Attempt.objects.get().score == 0


# Without a script -----------------------------------------------------------------------------------------------------


def test_all_on_one_page_saves_what_is_whole_and_names_what_is_not(open_page, learner, begin):
    attempt = begin(layout="all")
    page = open_page(learner, java_script_enabled=False)
    page.goto(first(attempt))
    whole = next(n for n, item in enumerate(attempt.paper, 1) if item["type"] == "single")
    half = next(n for n, item in enumerate(attempt.paper, 1) if item["type"] == "matching")
    item = attempt.paper[whole - 1]
    give(part_of(page, attempt, whole), item, right_response(attempt, item))
    part_of(page, attempt, half).locator(".chip").first.click()
    page.get_by_role("button", name="Check and hand in").click()
    assert page.get_by_role("alert").get_by_role("link", name=f"Question {half}").is_visible()
    assert part_of(page, attempt, half).locator(":checked").count() == 1
    assert part_of(page, attempt, whole).get_by_text("Saved on the server").is_visible()
    assert Answer.objects.get().item_id == item["id"]
    page.get_by_role("link", name="Go on without them").click()
    assert page.get_by_text("9 questions have no answer yet.").is_visible()


# Seen by everybody ----------------------------------------------------------------------------------------------------

WAYS = {
    "240 px": {"viewport": {"width": 240, "height": 640}},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("way", WAYS)
def test_pages_are_for_everybody(open_page, axe, learner, begin, way):
    attempt = begin(layout="all", minutes_allowed=30)
    page = open_page(learner, **WAYS[way])
    for path in ("/en/learn/tuberculosis/quiz-tb/", first(attempt), f"/en/quiz/{attempt.pk}/check/"):
        page.goto(path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], path
    services.hand_in(attempt)
    page.goto(f"/en/quiz/{attempt.pk}/result/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
