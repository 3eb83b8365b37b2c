"""The people of the tests, a small curriculum, and a database that is migrated once."""

import os

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import storages
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from lms.core.models import Country
from lms.people.models import Role

from . import template_database
from .factories import content
from .factories.people import make_person, make_site, post

# The same examples on every machine, however slow it is.
hypothesis_settings.register_profile(
    "gate", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("gate")


@pytest.fixture(scope="session")
def django_db_setup(tmp_path_factory, django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """SQLite: a copy of the template. Elsewhere: the ordinary way."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            template_database.use_copy(tmp_path_factory.mktemp("database"))
            _keep_what_migrations_made()
            yield
            connection.close()
        else:
            config = setup_databases(0, interactive=False, serialized_aliases=["default"])
            _keep_what_migrations_made()
            yield
            teardown_databases(config, verbosity=0)


def _keep_what_migrations_made():
    """Django puts these rows back after a test that emptied the tables. Beside a browser's event loop it does so over
    another connection object, so they are kept with the class."""
    type(connections["default"])._test_serialized_contents = connection._test_serialized_contents


@pytest.fixture(autouse=True)
def rows_of_migrations(django_db_serialized_rollback):
    """Countries, locales and Wagtail's root come from migrations: put back after a test that empties the tables."""


@pytest.fixture(scope="session", autouse=True)
def folder_of_keys(tmp_path_factory):
    """Keys that certificates are signed with are made on first need: never beside somebody's own."""
    settings.CERTIFICATE_KEYS = str(tmp_path_factory.mktemp("keys"))


@pytest.fixture(autouse=True)
def nothing_left_behind():
    """Caches and the chosen language live longer than a test's rows. A model's file keeps the storage that it was born
    with: after a test that sets STORAGES, `storages["private"]` would be another one for the rest of the run."""
    private = storages["private"]
    yield
    assert storages["private"] is private, "Give the field its storage; do not set STORAGES."
    for cache in caches.all(initialized_only=True):
        cache.clear()
    translation.deactivate()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under `./run test` (LMS_NO_SKIP) nothing may be skipped: there, every part is installed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("LMS_NO_SKIP"):
        report.outcome, report.longrepr = "failed", f"skipped, where nothing may be: {report.longrepr}"
    return report


@pytest.fixture
def kenya(db):
    """Here workers may do the malaria rapid test."""
    Country.objects.filter(code="KE").update(malaria_rdt=True)
    return Country.objects.get(code="KE")


@pytest.fixture
def lesotho(db):
    """Here no task is switched on."""
    return Country.objects.get(code="LS")


@pytest.fixture
def site(kenya):
    return make_site("KE-001", name="Kisumu Clinic")


@pytest.fixture
def other_site(lesotho):
    return make_site("LS-001", "LS", name="Maseru Clinic")


@pytest.fixture
def learner(site):
    return _posted(make_person("Amina", "Otieno"), Role.LEARNER, site)


@pytest.fixture
def other_learner(site):
    return _posted(make_person("Beatrice", "Wanjiru"), Role.LEARNER, site)


@pytest.fixture
def lesotho_learner(other_site):
    return _posted(make_person("Palesa", "Mokoena", "LS"), Role.LEARNER, other_site)


@pytest.fixture
def trainer(site):
    return _posted(make_person("Charity", "Njoroge"), Role.TRAINER)


@pytest.fixture
def reviewer(site):
    return _posted(make_person("Daudi", "Mwangi"), Role.REVIEWER)


@pytest.fixture
def hr(site):
    return _posted(make_person("Esther", "Kamau"), Role.HR)


@pytest.fixture
def other_country_hr(lesotho):
    return _posted(make_person("Thabo", "Letsie", "LS"), Role.HR)


@pytest.fixture
def observer(site):
    return _posted(make_person("Faith", "Achieng"), Role.OBSERVER, site)


@pytest.fixture
def administrator(kenya):
    return _posted(make_person("Grace", "Mutua", is_superuser=True), Role.ADMINISTRATOR)


@pytest.fixture
def curriculum(db):
    """A small programme in English: see tests/factories/content.py."""
    return content.make_curriculum()


def _posted(person, role, site=None):
    post(person, role, site)
    return person
