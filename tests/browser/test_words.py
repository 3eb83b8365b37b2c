"""A word is explained where she taps it, by finger and by keyboard, with scripts and without."""

import pytest
from wagtail.models import Locale

from curriculum.models import GlossaryTerm
from lms.learning.services import enrol

from ..factories.content import card, make_lesson

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lesson(learner, curriculum):
    GlossaryTerm.objects.create(
        code="viral-load",
        term="viral load",
        explanation="How much HIV is in the blood.",
        locale=Locale.objects.get(language_code="en"),
    )
    cards = [
        card("text", title="Viral load", text="<p>Her viral load falls.</p>"),
        card("remember", message="Ask at every contact.", signs=[], closing=""),
        card("summary", text="<ul><li>Viral load again.</li></ul>"),
    ]
    page = make_lesson(curriculum.module, "Results", cards)
    enrol(learner, curriculum.programme)
    return page


def word(page):
    return page.get_by_role("button", name="viral load")


@pytest.mark.parametrize("script", [True, False])
def test_a_tap_explains_and_a_tap_elsewhere_closes(open_page, learner, lesson, script):
    page = open_page(learner, java_script_enabled=script)
    page.goto(lesson.url)
    told = page.get_by_text("How much HIV is in the blood.")
    assert word(page).count() == 1 and told.is_hidden()
    word(page).tap()
    told.wait_for(state="visible")
    page.get_by_role("heading", name="Viral load").tap()
    told.wait_for(state="hidden")


def test_keyboard_opens_and_closes_it_and_stays_at_the_word(open_page, axe, learner, lesson):
    page = open_page(learner)
    page.goto(lesson.url)
    told = page.get_by_text("How much HIV is in the blood.")
    axe(page)
    word(page).focus()
    page.keyboard.press("Enter")
    told.wait_for(state="visible")
    axe(page)
    box, width = told.bounding_box(), page.viewport_size["width"]
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    told.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "viral load"


def test_an_old_browser_reads_the_explanation_in_brackets(open_page, learner, lesson):
    """Chrome before 114 knows no popover: neither the attribute nor the selector."""
    page = open_page(learner)
    page.route("**/lesson.css", lambda route: route.fulfill(body=_old(route.fetch().text()), content_type="text/css"))
    page.goto(lesson.url)
    page.evaluate("document.querySelectorAll('[popover]').forEach(part => part.removeAttribute('popover'))")
    told = page.locator(".meaning")
    assert told.is_visible()
    assert told.evaluate("part => getComputedStyle(part).position") == "static"
    assert told.evaluate("part => getComputedStyle(part, '::before').content") == '"("'


def _old(style: str) -> str:
    return style.replace("selector(:popover-open)", "selector(:not-known)")


def test_search_and_words_are_accessible(open_page, axe, learner, lesson):
    page = open_page(learner)
    for address in (
        "/en/search/",
        "/en/search/?q=viral+load",
        "/en/search/?q=umbrella",
        "/en/words/",
        "/en/learn/?area=tb",
    ):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto("/en/search/?q=ask")
    page.locator(".found").first.tap()
    page.wait_for_url("**#card-*")
