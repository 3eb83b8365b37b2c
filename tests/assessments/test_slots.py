"""The practicals of a module on its page, for those who are enrolled."""

import pytest

from lms.learning.services import complete_unit, enrol
from tests.bench.counting import counted_queries
from tests.factories.content import make_module, make_practical, make_programme, row
from tests.factories.people import make_person

HEADING = "<h2>Observed at work</h2>"
STEPS = [{"text": "Greets her"}]


@pytest.fixture
def reading(client, enrolled):
    client.force_login(enrolled)
    return client


def test_module_lists_and_counts_its_practical(reading, curriculum):
    page = reading.get(curriculum.module.url).content.decode()
    assert "1 practical</span>" in page
    assert page.index(HEADING) < page.index(f'href="{curriculum.practical.url}"')


def test_practical_that_is_done_says_so(reading, enrolled, curriculum):
    complete_unit(enrolled, curriculum.practical)
    page = reading.get(curriculum.module.url).content.decode()
    assert "Done" in page[page.index(HEADING) :]


def test_module_without_practicals_has_no_such_heading(client, curriculum):
    elsewhere = make_practical(curriculum.shelf, make_module(curriculum.shelf, "Malaria"), STEPS, title="Malaria test")
    person = make_person("Neema", "Barasa")
    rows = [row(curriculum.module), row(elsewhere)]
    enrol(person, make_programme(curriculum.home, rows, title="Short", code="short"))
    client.force_login(person)
    page = client.get(curriculum.module.url).content.decode()
    assert HEADING not in page
    assert "1 practical" not in page


def test_who_is_not_enrolled_sees_the_units_alone(client, trainer, curriculum):
    client.force_login(trainer)
    page = client.get(curriculum.module.url).content.decode()
    assert curriculum.lessons[0].title in page
    assert HEADING not in page


def test_more_practicals_cost_no_more_queries(client, curriculum):
    extra = [make_practical(curriculum.shelf, curriculum.module, STEPS, title=f"Practical {n}") for n in (2, 3)]
    people = [make_person("Neema", "Barasa"), make_person("Rehema", "Chepkoech")]
    enrol(people[0], curriculum.programme)
    rows = [row(page) for page in (curriculum.module, curriculum.practical, *extra)]
    enrol(people[1], make_programme(curriculum.home, rows, title="Long", code="long"))
    found = []
    for person in people:
        client.force_login(person)
        client.get(curriculum.module.url)
        with counted_queries() as count:
            page = client.get(curriculum.module.url).content.decode()
        found.append(len(count.own))
    assert "3 practicals</span>" in page
    assert found[0] == found[1]
