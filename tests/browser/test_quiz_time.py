"""A quiz with a time limit, without a script, and seen by everybody."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments import services
from assessments.models import Answer, Attempt

from ..factories.assessments import QUESTIONS, right_response
from .fingers import choose, first, give, part_of

pytestmark = pytest.mark.django_db(transaction=True)
LAYOUTS = ["one", "all"]


def ends_in(attempt: Attempt, seconds: int) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=timezone.now() + timedelta(seconds=seconds))


def run_out(page, attempt: Attempt) -> None:
    """Her ten minutes pass, on the server's clock and on her phone's."""
    ends_in(attempt, 0)
    page.clock.fast_forward("10:00")


def test_time_line_counts_minutes_and_says_so_at_five(open_page, axe, learner, begin):
    attempt = begin(minutes_allowed=22)
    page = open_page(learner)
    page.goto(first(attempt))
    axe(page)
    page.clock.install()
    ends_in(attempt, 60 * 22)
    page.reload()
    assert re.search(r"Until \d\d:\d\d \(22 minutes left\)", page.inner_text(".dock"))
    assert page.locator("[data-say]").inner_text() == ""
    page.clock.run_for(60_000 * 17 + 1_000)
    assert "(5 minutes left)" in page.inner_text(".dock")
    assert "5 minutes left" in page.locator("[data-say]").text_content()
    page.clock.run_for(60_000 * 4)
    assert "1 minute left" in page.locator("[data-say]").text_content()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_when_the_time_is_over_what_is_chosen_is_sent_and_the_result_shown(open_page, learner, begin, layout):
    attempt = begin([QUESTIONS["true_false"]], layout=layout, minutes_allowed=10)
    page = open_page(learner)
    page.clock.install()
    page.goto(first(attempt))
    page.get_by_label("True", exact=True).check()
    run_out(page, attempt)
    page.wait_for_url("**/result/")
    assert Attempt.objects.get().score == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_time_over_without_a_signal_counts_what_arrives_within_the_grace(open_page, learner, begin, layout):
    attempt = begin([QUESTIONS["true_false"]], layout=layout, minutes_allowed=10)
    page = open_page(learner)
    page.clock.install()
    page.goto(first(attempt))
    page.context.set_offline(True)
    page.get_by_label("True", exact=True).check()
    run_out(page, attempt)
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
    page.get_by_role("alert").get_by_role("link", name=f"Question {half}").wait_for()
    page.wait_for_load_state()
    assert part_of(page, attempt, half).locator(":checked").count() == 1
    assert part_of(page, attempt, whole).get_by_text("Saved on the server").is_visible()
    assert Answer.objects.get().item_id == item["id"]
    page.get_by_role("link", name="Go on without them").click()
    page.get_by_text("9 questions have no answer yet.").wait_for()


# Seen by everybody ----------------------------------------------------------------------------------------------------

HIGH = {"width": 360, "height": 4000}  # axe measures what the dock leaves of a row
WAYS = {
    "240 px": {"viewport": HIGH | {"width": 240}},
    "dark": {"color_scheme": "dark", "viewport": HIGH},
    "forced colours": {"forced_colors": "active", "viewport": HIGH},
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
