"""Setting up a country: a step is done when what it asks for is there."""

import re

import pytest

from lms.people.models import Role
from lms.reports.setup.steps import steps_of
from tests.factories.people import make_person, make_site, post


@pytest.fixture
def lead(kenya):
    person = make_person("Wangari", "Kimani")
    post(person, Role.LEAD)
    return person


def states(country) -> dict[str, bool]:
    return {step.label: step.done for step in steps_of(country)}


def test_steps_follow_what_there_is(kenya, curriculum):
    before = states(kenya)
    assert not before["Add its sites"] and not before["Post HR"] and not before["Give a help line"]
    assert before["Have a programme for it"]
    make_site("KE-200")
    post(make_person("Esther", "Kamau"), Role.HR)
    kenya.help_line = "0800 000 000"
    after = states(kenya)
    assert after["Add its sites"] and after["Post HR"] and after["Give a help line"]
    assert not after["Post a trainer"]


def test_a_closed_site_is_none(kenya):
    make_site("KE-200", closed_on="2026-01-01")
    assert not states(kenya)["Add its sites"]


def test_her_own_country_opens_at_once(client, lead):
    client.force_login(lead)
    assert b"Set up Kenya" in client.get("/cms/set-up/").content
    page = client.get("/cms/set-up/ke/").content.decode()
    assert "Set up Kenya" in page and "To do" in page
    assert client.get("/cms/set-up/ls/").status_code == 404


def test_an_administrator_chooses_a_country(client, administrator):
    client.force_login(administrator)
    assert client.get("/cms/set-up/").content.count(b"/cms/set-up/") >= 10


def test_a_trainer_does_not_set_up(client, trainer):
    client.force_login(trainer)
    assert client.get("/cms/set-up/").status_code in (302, 403)
    assert client.get("/cms/set-up/ke/").status_code == 404


def test_queries_do_not_grow_with_people(kenya, curriculum, django_assert_max_num_queries):
    for number in range(5):
        post(make_person("Faith", f"Achieng {number}"), Role.OBSERVER, make_site(f"KE-2{number}"))
    with django_assert_max_num_queries(40):
        steps_of(kenya)


def links(client, person, path="/cms/set-up/ke/") -> set[str]:
    client.force_login(person)
    found = re.findall(r'<th scope="row" class="title"><a href="([^"]+)"', client.get(path).content.decode())
    return set(found)


def test_every_door_of_the_steps_opens_for_whom_it_is_shown(client, lead, hr, administrator, curriculum):
    for person in (lead, hr, administrator):
        doors = links(client, person)
        assert doors and {client.get(door).status_code for door in doors} == {200}
