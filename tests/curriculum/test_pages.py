"""What the curriculum's own templates show to those who read without being enrolled, and in a preview."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from tests.factories.content import translate


@pytest.fixture
def staff(client, trainer):
    client.force_login(trainer)
    return client


def test_lesson_page_shows_number_objective_and_cards(staff, curriculum):
    content = staff.get(curriculum.lessons[1].url).content.decode()
    assert "Lesson 2 of 2 · 15 minutes" in content
    assert curriculum.lessons[1].objective in content
    assert '<section class="lesson-card" id="card-1">' in content
    assert "Draft, not clinically reviewed" in content


def test_alias_says_that_it_is_not_translated_yet(staff, curriculum):
    translate(curriculum, "sw")
    alias = curriculum.lessons[0].get_translations().get(locale__language_code="sw")
    words = "Not translated yet: you read the English page"
    with override("sw"):
        assert gettext(words) in staff.get(alias.url).content.decode()
    assert words not in staff.get(curriculum.lessons[0].url).content.decode()


def test_lists_have_no_ticks_for_staff(staff, curriculum):
    module = staff.get(curriculum.module.url).content.decode()
    assert all(page.url in module for page in [*curriculum.lessons, curriculum.quiz])
    assert "Done" not in module
    assert curriculum.module.url in staff.get(curriculum.shelf.url).content.decode()
    programme = staff.get(curriculum.programme.url).content.decode()
    assert curriculum.module.url in programme
    assert curriculum.practical.url in programme


@pytest.mark.parametrize("part", ["module", "lesson", "programme"])
def test_preview_in_the_editor_works(client, administrator, curriculum, part):
    page = curriculum.lessons[0] if part == "lesson" else getattr(curriculum, part)
    client.force_login(administrator)
    response = page.make_preview_request()
    assert response.status_code == 200
    assert page.title in response.content.decode()


def test_preview_of_a_lesson_shows_all_countries_and_no_learners_dock(curriculum):
    content = curriculum.lessons[0].make_preview_request().content.decode()
    assert "In Kenya" in content
    assert "Go to the chest clinic" in content
    assert "data-lesson" not in content


def test_no_page_has_an_inline_style_or_script(staff, curriculum):
    for page in (curriculum.shelf, curriculum.module, curriculum.lessons[0], curriculum.programme):
        content = staff.get(page.url).content.decode()
        assert "style=" not in content
        assert "<script>" not in content


def test_lesson_page_comes_without_a_session_nowhere(client, curriculum):
    assert client.get(curriculum.lessons[0].url)["Location"].startswith(reverse("people:sign-in"))
