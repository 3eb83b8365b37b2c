import pytest
from django.utils import timezone

from lms.people.models import Role
from tests.factories.people import make_person, post


@pytest.fixture
def still(time_machine):
    """The clock stands: no window of a limit, and no step of an authenticator, ends while a slow machine counts."""
    time_machine.move_to(timezone.now(), tick=False)


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
