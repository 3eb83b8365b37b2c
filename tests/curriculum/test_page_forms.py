import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from curriculum.models import LessonPage, ModulePage
from curriculum.page_forms import PICTOGRAMS, SKELETON
from lms.core.templatetags.ui import icon_names
from tests.factories.content import make_module


@pytest.fixture
def add(client, trainer, curriculum):
    """The address at which a page of a kind is added below another."""
    client.force_login(trainer)
    return lambda kind, parent: reverse("wagtailadmin_pages:add", args=("curriculum", kind, parent.pk))


def module_form(form, **fields) -> dict:
    """What the browser sends of a new module where only `fields` were decided."""
    chosen = {name: form.initial[name] for name in ("client_groups", "minutes", "cloth", "icon")}
    chosen["client_groups"] = tuple(chosen["client_groups"])
    empty = {"job_aid_title": "", "job_aid": streamfield([]), "comments": inline_formset([]), "slug": "malaria"}
    return nested_form_data(chosen | empty | fields)


def test_a_new_module_is_three_decisions(client, add, curriculum):
    url = add("modulepage", curriculum.shelf)
    form = client.get(url).context["form"]
    assert form.initial["client_groups"] == ["all"]
    assert form.initial["health_area"] is None
    decided = {"title": "Malaria", "competency": "Ask about fever and act.", "health_area": "malaria"}
    client.post(url, module_form(form, **decided) | {"action-submit": "1"})
    module = ModulePage.objects.get(title="Malaria")
    assert (module.health_area, module.client_groups, module.minutes) == ("malaria", ["all"], 60)


def test_the_health_area_is_a_decision_of_hers(client, add, curriculum):
    url = add("modulepage", curriculum.shelf)
    form = client.get(url).context["form"]
    undecided = module_form(form, title="Malaria", competency="Ask about fever and act.")
    answer = client.post(url, undecided | {"action-submit": "1"})
    assert list(answer.context["form"].errors) == ["health_area"]


def test_the_cloth_is_the_least_used_of_the_six(client, add, curriculum):
    url = add("modulepage", curriculum.shelf)
    for cloth in ("madder", "leaf", "leaf", "plum", "lake"):
        make_module(curriculum.shelf, f"In {cloth}", cloth=cloth)
    assert client.get(url).context["form"].initial["cloth"] == "clay"


def test_a_translation_wears_the_cloth_once(client, add, curriculum):
    for code in ("pt", "fr", "sw"):
        curriculum.module.copy_for_translation(Locale.objects.get(language_code=code), copy_parents=True, alias=True)
    for cloth in ("madder", "madder", "leaf", "leaf", "clay", "clay", "plum", "plum", "lake", "lake"):
        make_module(curriculum.shelf, f"{cloth} {ModulePage.objects.count()}", cloth=cloth)
    form = client.get(add("modulepage", curriculum.shelf)).context["form"]
    assert form.initial["cloth"] == "indigo"


def test_pictograms_are_seen_and_all_of_them_are_drawn(client, add, curriculum):
    assert set(PICTOGRAMS) <= set(icon_names())
    page = client.get(add("modulepage", curriculum.shelf)).content.decode()
    assert page.count('name="icon"') == len(PICTOGRAMS)
    assert page.count('<svg class="icon" width="32"') == len(PICTOGRAMS)


def test_an_icon_that_was_typed_once_stays(client, add, curriculum):
    module = make_module(curriculum.shelf, "Old", icon="thermo")
    form = client.get(reverse("wagtailadmin_pages:edit", args=[module.pk])).context["form"]
    assert form.fields["icon"].choices[0][0] == "thermo"
    assert form.initial["health_area"] == "tb"


def test_a_new_lesson_has_its_cards_laid_out(client, add, curriculum):
    cards = client.get(add("lessonpage", curriculum.module)).context["form"].initial["cards"]
    assert tuple(card.block_type for card in cards) == SKELETON
    lesson = LessonPage.objects.get(title="Ask everyone")
    form = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).context["form"]
    assert len(form.initial["cards"]) == len(lesson.cards)


def test_a_module_without_lessons_offers_the_first(client, add, curriculum):
    empty = make_module(curriculum.shelf, "Malaria")
    way = f'href="{add("lessonpage", empty)}"'
    assert way in client.get(reverse("wagtailadmin_pages:edit", args=[empty.pk])).content.decode()
    full = client.get(reverse("wagtailadmin_pages:edit", args=[curriculum.module.pk])).content.decode()
    assert "Add its first lesson" not in full
