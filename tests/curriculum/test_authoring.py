import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from curriculum.models import ModulePage
from lms.pages.models import StandardPage
from tests.factories.content import publish
from tests.factories.editor import card, lesson_form


@pytest.fixture
def lesson(curriculum):
    return curriculum.lessons[0]


def editor_of(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def names_of_types(client, parent) -> list[str]:
    answer = client.get(reverse("wagtailadmin_pages:add_subpage", args=[parent.pk]))
    return [answer.url] if answer.status_code == 302 else [name for name, *_ in answer.context["page_types"]]


def test_only_what_belongs_below_a_page_is_offered(client, trainer, curriculum):
    client.force_login(trainer)
    assert names_of_types(client, curriculum.module) == ["Lesson", "Quiz"]
    assert names_of_types(client, curriculum.shelf) == ["Module", "Practical"]
    assert names_of_types(client, curriculum.home) == ["Page", "Programme"]


@pytest.mark.parametrize("part", ["module", "quiz", "practical", "programme"])
def test_previews_begin_at_the_width_of_a_phone(curriculum, part):
    page = getattr(curriculum, part)
    assert page.default_preview_size == page.preview_sizes[0]["name"]
    assert page.preview_sizes[0]["device_width"] == 360


def test_a_note_without_countries_is_explained(client, trainer, lesson):
    client.force_login(trainer)
    form = lesson_form(lesson.title, [card("note", text="<p>Only there.</p>")], slug=lesson.slug)
    page = client.post(editor_of(lesson), form | {"action-submit": "1"}).content.decode()
    assert "Choose the countries this note is for" in page


def test_the_first_page_shows_drafts_and_the_help_of_the_role(client, trainer, reviewer, curriculum):
    for slug in ("help-trainers", "help-reviewers"):
        publish(curriculum.home, StandardPage(title=slug.replace("-", " for "), slug=slug, body="<p>Help.</p>"))
    lesson = curriculum.lessons[0]
    client.force_login(trainer)
    client.post(editor_of(lesson), lesson_form("Begun today", [card("ask", question="Who?")], slug=lesson.slug))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "My drafts" in page
    assert "Begun today" in page
    assert "help for trainers" in page
    assert "help for reviewers" not in page
    client.force_login(reviewer)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "help for reviewers" in page
    assert "My drafts" not in page


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("trainer", {"explorer", "facts", "country-values", "withdrawn", "images", "documents"}),
        ("reviewer", {"explorer", "facts", "country-values", "withdrawn"}),
        ("hr", {"images", "settings"}),
    ],
)
def test_the_menu_offers_what_the_role_needs(client, who, offered, request, curriculum):
    client.force_login(request.getfixturevalue(who))
    data = client.get(reverse("wagtailadmin_home")).context["request"]
    shown = {item.name for item in admin_menu.menu_items_for_request(data)}
    assert shown & KNOWN == offered


KNOWN = {"explorer", "facts", "country-values", "withdrawn", "images", "documents", "help", "settings", "snippets"}


def test_a_module_may_not_be_made_below_a_module(client, trainer, curriculum):
    client.force_login(trainer)
    url = reverse("wagtailadmin_pages:add", args=("curriculum", "modulepage", curriculum.module.pk))
    assert client.get(url).status_code == 302
    assert ModulePage.objects.count() == 1
