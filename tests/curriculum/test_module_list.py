"""The list of modules in the admin: what each row says, its filters, and who may look."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.content import make_module, translate

LIST = "modules:index"


@pytest.fixture
def modules(curriculum):
    make_module(curriculum.shelf, "Malaria", health_area="malaria", client_groups=["children", "women"], cloth="leaf")
    translate(curriculum, "sw")
    return curriculum


def titles(client, **asked) -> list[str]:
    return [module.title for module in client.get(reverse(LIST), asked).context["object_list"]]


def test_a_row_says_for_whom_and_how_long(client, trainer, modules):
    client.force_login(trainer)
    page = client.get(reverse(LIST)).content.decode()
    for words in ("Tuberculosis", "Everyone", "Malaria", "Women", "Children", "Leaf", "60"):
        assert words in page
    assert [module.lessons for module in client.get(reverse(LIST)).context["object_list"]] == [2, 0]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Tuberculosis", "Malaria"]),
        ({"health_area": "malaria"}, ["Malaria"]),
        ({"client_groups": "women"}, ["Malaria"]),
        ({"client_groups": "all"}, ["Tuberculosis"]),
        ({"cloth": "leaf"}, ["Malaria"]),
        ({"ordering": "title"}, ["Malaria", "Tuberculosis"]),
        ({"ordering": "-lessons"}, ["Tuberculosis", "Malaria"]),
    ],
)
def test_modules_are_filtered_and_ordered(client, trainer, modules, asked, found):
    client.force_login(trainer)
    assert titles(client, **asked) == found


def test_list_costs_the_same_however_many_modules(client, trainer, curriculum):
    """Menu and frame of the admin cost what they cost: the list adds nothing a row."""
    client.force_login(trainer)
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(LIST))
    for number in range(3):
        make_module(curriculum.shelf, f"Module {number}")
    with CaptureQueriesContext(connection) as four:
        client.get(reverse(LIST))
    assert len(four) == len(one)


def test_list_is_for_authors(client, learner, modules):
    assert client.get(reverse(LIST)).status_code == 302
    client.force_login(learner)
    assert client.get(reverse(LIST)).status_code in (302, 403)
    assert client.post(reverse(LIST)).status_code in (302, 403, 405)
