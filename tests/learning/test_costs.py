"""A page costs the same few queries however much a learner has to do. The limit is eight."""

import pytest
from django.core.cache import caches

from lms.learning.services import complete_unit, enrol, keep_place
from tests.bench.counting import counted_queries
from tests.factories.content import translate
from tests.factories.learning import make_chain
from tests.factories.people import make_person

LIMIT = 8


@pytest.fixture
def learners(client, curriculum):
    """Two people: one with one programme, one with three and some of it done."""
    one, three = make_person("Neema", "Barasa"), make_person("Rehema", "Chepkoech")
    enrol(one, curriculum.programme)
    enrol(three, curriculum.programme)
    for number in (1, 2):
        enrol(three, make_chain(curriculum, slug=f"chain-{number}")[0])
    complete_unit(three, curriculum.lessons[1])
    keep_place(three, curriculum.lessons[0], card="x", position=2, of=4)
    return one, three


@pytest.mark.parametrize("what", ["home", "programme", "module", "lesson"])
def test_page_costs_the_same_for_one_and_three_programmes(client, learners, curriculum, what):
    page = curriculum.lessons[0] if what == "lesson" else getattr(curriculum, what)
    found = []
    for person in learners:
        client.force_login(person)
        client.get(page.url)
        with counted_queries() as count:
            assert client.get(page.url).status_code == 200
        found.append(len(count.own))
        assert len(count.own) <= LIMIT, count.own
    assert found[0] == found[1]


def test_alias_of_a_lesson_costs_no_more(client, learners, curriculum):
    translate(curriculum, "sw")
    alias = curriculum.lessons[0].get_translations().get(locale__language_code="sw")
    client.force_login(learners[0])
    client.get(alias.url)
    with counted_queries() as count:
        client.get(alias.url)
    assert len(count.own) <= LIMIT, count.own


def test_lesson_nobody_has_read_yet_is_rendered_once(client, learners, curriculum):
    client.force_login(learners[0])
    url = curriculum.lessons[0].url
    client.get(url)
    caches["bodies"].clear()
    with counted_queries() as first:
        client.get(url)
    with counted_queries() as second:
        client.get(url)
    assert len(second.own) < len(first.own)
