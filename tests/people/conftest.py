import pytest

from lms.people.models import Role
from tests.factories.people import make_person, post


@pytest.fixture
def as_hr(client, hr):
    client.force_login(hr)
    return client


@pytest.fixture
def as_trainer(client, trainer):
    client.force_login(trainer)
    return client


@pytest.fixture
def lead(site):
    person = make_person("Lydia", "Wafula")
    post(person, Role.LEAD)
    return person
