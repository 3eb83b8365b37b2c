"""Quizzes on a real phone: each answer is kept, sent once and told about, whatever becomes of signal, tabs and time."""

import re

import pytest

from assessments import services
from assessments.models import Answer, Attempt

from ..factories.assessments import QUESTIONS, right_response
from .conftest import PHONE, session_of
from .fingers import choose, first, give, hand_in, part_of, saved

pytestmark = pytest.mark.django_db(transaction=True)
LAYOUTS = ["one", "all"]


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
    page.set_viewport_size({"width": 360, "height": 3000})  # axe measures what the dock leaves of a row
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
    part.get_by_text("Saved on the server").wait_for()


def test_box_that_is_unticked_without_a_signal_stays_so(open_page, learner, begin):
    """The server still has it ticked when the page comes anew."""
    attempt = begin([QUESTIONS["multiple"]], layout="all")
    page, away = open_page(learner), []
    page.route(
        "**/quiz/**", lambda route: route.abort() if away and route.request.method == "POST" else route.continue_()
    )
    page.goto(first(attempt))
    part = part_of(page, attempt, 1)
    part.get_by_label("Fever").check()
    part.get_by_label("Cough").check()
    saved(page, attempt)
    away.append(True)
    part.get_by_label("Cough").uncheck()
    part.get_by_text("It is sent when the signal is back.").wait_for()
    page.reload()
    assert part.get_by_label("Fever").is_checked() and not part.get_by_label("Cough").is_checked()
    away.clear()
    saved(page, attempt)
    assert [len(one.response) for one in Answer.objects.order_by("saved_at")][-1] == 1
    assert not part.get_by_label("Cough").is_checked()


def test_newer_choice_is_not_said_to_be_saved_when_an_older_one_is(open_page, learner, begin):
    attempt = begin([QUESTIONS["multiple"]], layout="all")
    page = open_page(learner)
    page.goto(first(attempt))
    part, held = part_of(page, attempt, 1), []
    page.route("**/quiz/**", lambda route: held.append(route))
    with page.expect_request("**/quiz/**"):
        part.get_by_label("Fever").check()
    part.get_by_label("Cough").check()
    with page.expect_request("**/quiz/**"):
        held[0].continue_()
    assert part.get_by_text("Kept on this phone").is_visible()
    held[1].continue_()
    part.get_by_text("Saved on the server").wait_for()
    assert len(Answer.objects.last().response) == 2


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
    page.context.clear_cookies(name=session_of(learner, live_server.url)["name"])
    choose(page, attempt)
    page.wait_for_url(re.compile("/sign-in/"))
    assert not Answer.objects.exists()
    page.context.add_cookies([session_of(learner, live_server.url)])
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
