"""The shelf by health area and client group: for staff all modules, for a learner those of her path."""

import pytest
from django.http import QueryDict

from curriculum import shelf
from lms.learning.services import enrol
from tests.factories.content import card, make_lesson, make_module, make_programme, row

KINDS = [("hiv", ["women", "children"]), ("hiv", ["all"]), ("tb", ["all"]), ("malaria", ["men"])]


def numbers(choices) -> dict[str, int]:
    return {str(choice.label): choice.number for choice in choices}


def test_choices_are_those_that_occur_and_say_how_many():
    found = shelf.sort(QueryDict(), KINDS)
    assert numbers(found.areas) == {"All areas": 4, "HIV": 2, "Tuberculosis": 1, "Malaria": 1}
    assert numbers(found.groups) == {"All people": 4, "Women": 3, "Children": 3, "Men": 3}
    assert not found.chosen


def test_a_choice_counts_beside_the_other_part():
    found = shelf.sort(QueryDict("area=hiv&group=men"), KINDS)
    assert numbers(found.areas) == {"All areas": 3, "HIV": 1, "Tuberculosis": 1, "Malaria": 1}
    assert numbers(found.groups) == {"All people": 2, "Women": 2, "Children": 2, "Men": 1}
    assert found.number == 1
    assert [choice.address for choice in found.areas if choice.is_chosen] == ["?area=hiv&group=men"]
    assert [choice.address for choice in found.groups][0] == "?area=hiv"


@pytest.mark.parametrize("asked", ["area=x", "group=<b>", "area=", "area=hiv&area=%00"])
def test_what_does_not_exist_is_not_asked_for(asked):
    assert not shelf.chosen(QueryDict(asked))


@pytest.fixture
def malaria(curriculum):
    module = make_module(curriculum.shelf, "Malaria", health_area="malaria", client_groups=["children"])
    make_lesson(module, "Nets", [card("text", text="<p>Net.</p>")])
    return module


def test_staff_sort_all_modules(client, trainer, curriculum, malaria):
    client.force_login(trainer)
    everything = client.get(curriculum.shelf.url).content.decode()
    assert "Tuberculosis</a>" in everything and "Malaria</a>" in everything and "Screen for TB" in everything
    found = client.get(f"{curriculum.shelf.url}?area=malaria").content.decode()
    assert "<b>1 module</b>" in found and "Malaria</a>" in found
    assert "Tuberculosis</a>" not in found and "Screen for TB" not in found


def test_a_learner_sorts_her_own_path(client, learner, curriculum, malaria):
    make_module(curriculum.shelf, "Sugar", health_area="ncd")
    enrol(learner, make_programme(curriculum.home, [row(curriculum.module), row(malaria)], code="two"))
    client.force_login(learner)
    page = client.get(curriculum.shelf.url).content.decode()
    assert "Your certificate" in page and "Malaria <span>1</span>" in page and "Noncommunicable" not in page
    found = client.get(f"{curriculum.shelf.url}?group=children").content.decode()
    assert "<b>2 modules</b>" in found and "Your certificate" not in found
    assert "<b>Malaria</b>" in client.get(f"{curriculum.shelf.url}?area=malaria").content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_shelf_has_a_fixed_number_of_queries(client, trainer, curriculum, django_assert_num_queries, more):
    for number in range(more):
        make_module(curriculum.shelf, f"Module {number}", health_area="hiv")
    client.force_login(trainer)
    client.get(curriculum.shelf.url)
    with django_assert_num_queries(10):
        client.get(f"{curriculum.shelf.url}?area=hiv")
