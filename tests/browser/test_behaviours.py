"""The shared parts in a real browser, on the styleguide's pages: seen by everybody, and each script's behaviour."""

import json

import pytest

from lms.core.styleguide import PAGES

pytestmark = pytest.mark.django_db(transaction=True)
SEEN = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "more contrast": {"contrast": "more"},
}


@pytest.fixture(autouse=True)
def styleguide(settings):
    settings.STYLEGUIDE = True


@pytest.mark.parametrize("way", SEEN)
def test_components_are_accessible(open_page, axe, way):
    page = open_page(None, **SEEN[way])
    for name in PAGES:
        page.goto(f"/styleguide/{name}/")
        axe(page)


@pytest.mark.parametrize("width", [180, 240, 1280])
def test_components_are_never_wider_than_the_window(open_page, width):
    page = open_page(None, viewport={"width": width, "height": 640}, is_mobile=False)
    for name in PAGES:
        page.goto(f"/styleguide/{name}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_hide_leaves_and_back_stays_away(page, settings):
    settings.QUICK_HIDE_URL = "https://harmless.example/"
    page.context.route(
        "https://harmless.example/", lambda route: route.fulfill(body="Weather", content_type="text/html")
    )
    page.goto("/styleguide/home/")
    page.goto("/styleguide/lesson/")
    page.get_by_text("Hide").click()
    page.wait_for_url("https://harmless.example/")
    page.go_back()
    page.wait_for_url("https://harmless.example/")
    page.goto("/styleguide/lesson/")
    assert page.get_by_text("Hide").is_visible()


def test_pin_pad_types_and_rubs_out(page):
    page.goto("/styleguide/sign-in/")
    for key in ["1", "2", "3"]:
        page.get_by_role("button", name=key, exact=True).click()
    page.get_by_role("button", name="Rub out").click()
    assert page.locator("[data-pin-pad]").input_value() == "12"
    assert page.locator(".rings .full").count() == 2


def test_pin_pad_takes_no_more_than_its_length(page):
    page.goto("/styleguide/sign-in/")
    for _press in range(8):
        page.get_by_role("button", name="7", exact=True).click()
    assert page.locator("[data-pin-pad]").input_value() == "777777"


def test_lesson_next_leads_to_the_last_card_and_becomes_done(page):
    page.goto("/styleguide/lesson/")
    onward, done = page.locator("[data-next]"), page.locator("[data-done]")
    assert onward.is_visible() and done.is_hidden()
    cells = page.locator(".top .stitches i")
    assert cells.first.get_attribute("class") == "current"
    onward.click()
    page.locator(".top .stitches .done").first.wait_for()
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    done.wait_for(state="visible")
    assert onward.is_hidden()


def test_ordering_takes_a_number_and_all_later_ones_back(page):
    page.goto("/styleguide/quiz/")
    rows = page.locator("[data-ordering] button")
    rows.nth(2).click()
    rows.nth(1).click()
    assert rows.locator(".place").all_inner_texts() == ["1", "3", "2"]
    rows.nth(2).click()
    assert rows.locator(".place").all_inner_texts() == ["1", "", ""]
    assert page.locator("[name=q3-l3]").input_value() == ""


def answer_everything(page):
    page.locator("[data-ordering] button").nth(1).click()
    page.locator("[data-ordering] button").nth(2).click()
    page.locator(".chip", has_text="TB disease").nth(1).click()
    page.get_by_label("Your number").fill("4")


def test_quiz_says_what_is_missing(page):
    page.goto("/styleguide/quiz/")
    go = page.get_by_role("button", name="Answer")
    assert go.get_attribute("aria-disabled") == "true"
    go.click(force=True)
    assert page.get_by_text("Answer all parts first.").is_visible()
    answer_everything(page)
    assert go.get_attribute("aria-disabled") == "false"


def test_quiz_keeps_a_choice_when_the_page_is_opened_again(page):
    page.goto("/styleguide/quiz/")
    page.get_by_label("By sharing cups").first.check()
    assert page.get_by_text("Kept on this phone", exact=True).is_visible()
    page.reload()
    assert page.get_by_label("By sharing cups").first.is_checked()


def test_quiz_sends_one_answer_once_the_signal_is_back(page):
    posts, signal = [], []

    def answer(route):
        posts.append(route.request.post_data)
        if not signal:
            return route.abort()
        return route.fulfill(
            body=json.dumps({"state": "saved", "next": "/styleguide/home/"}), content_type="application/json"
        )

    page.goto("/styleguide/quiz/")
    page.route(
        "**/styleguide/quiz/", lambda route: answer(route) if route.request.method == "POST" else route.continue_()
    )
    answer_everything(page)
    page.get_by_role("button", name="Answer").click()
    page.get_by_text("It is sent when the signal is back.").wait_for()
    page.get_by_role("button", name="Answer").click()
    signal.append("back")
    page.wait_for_url("**/styleguide/home/")
    ids = {post.split("answer_id=")[1][:36] for post in posts}
    assert len(posts) > 1 and len(ids) == 1
    assert page.evaluate("localStorage.length") == 0


def test_quiz_says_why_an_answer_was_refused(page):
    refusal = {"state": "refused", "reason": "The paper was handed in."}
    page.goto("/styleguide/quiz/")
    page.route(
        "**/styleguide/quiz/",
        lambda route: route.fulfill(status=409, body=json.dumps(refusal), content_type="application/json"),
    )
    answer_everything(page)
    page.get_by_role("button", name="Answer").click()
    page.get_by_text("The paper was handed in.").wait_for()


def test_practical_opens_sign_off_when_nothing_is_missing(page):
    page.goto("/styleguide/practical/")
    sign_off = page.locator("[data-sign-off]")
    assert sign_off.get_attribute("aria-disabled") == "true"
    page.locator("[name=s4][value=yes]").check(force=True)
    page.get_by_label("One next step").fill("Ask about the children too")
    assert page.locator("[data-count=steps]").inner_text() == "5 of 5 steps"
    assert page.locator("[data-count=stars]").inner_text() == "2 of 2"
    assert sign_off.get_attribute("aria-disabled") == "false"
