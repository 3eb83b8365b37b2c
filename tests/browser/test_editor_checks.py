"""The checks beside the cards, and the preview of a learner who is half-way, in a real browser."""

import pytest
from django.urls import reverse

from tests.factories.content import card, make_lesson

from .conftest import LAPTOP

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lesson(curriculum):
    cards = [card("ask", question="Who?"), *(card("text", text=f"<p>{n} {'word ' * 55}</p>") for n in range(4))]
    return make_lesson(curriculum.module, "Long", [*cards, card("summary", text="<p>Ask her.</p>")])


@pytest.fixture
def editor(open_page, trainer, lesson):
    page = open_page(trainer, **LAPTOP, is_mobile=False, has_touch=False)
    page.goto(reverse("wagtailadmin_pages:edit", args=[lesson.pk]) + "#checks")
    return page


def test_each_remark_stands_at_its_card_and_the_panel_leads_there(editor, lesson):
    note = editor.locator(f"#block-{lesson.cards[5].id}-section .checks-note")
    assert "No fact is cited." in note.inner_text()
    assert "help-critical" in note.get_attribute("class")
    editor.locator("[data-checks]").get_by_role("link", name="Card 6 “Summary”").click()
    editor.wait_for_function("document.activeElement !== document.body || location.hash.startsWith('#block-')")
    assert note.is_visible()


SHOWN = "[...document.querySelectorAll('iframe')].some((frame) => frame.contentDocument?.querySelector('.lesson-card'))"
HALF_WAY = """[...document.querySelectorAll('iframe')].some((frame) => frame.contentWindow.scrollY > 0
  && frame.contentDocument.querySelectorAll('.top .stitches i.done').length === 3)"""


def test_a_preview_half_way_begins_at_her_card(editor):
    editor.locator('[data-side-panel-toggle="preview"]').click()
    editor.wait_for_function(SHOWN)
    editor.locator("#id_preview_mode").select_option("KE~half")
    editor.wait_for_function(HALF_WAY)
