import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lms.people.models import Role
from tests.factories.people import make_person, post

from .intakes import make_intake, sheet


@pytest.fixture
def as_(client):
    """The client, signed in as a person."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def site_trainer(site):
    person = make_person("Halima", "Noor")
    post(person, Role.TRAINER, site)
    return person


@pytest.fixture
def form(curriculum, site):
    """What the form of a new intake sends, with a file of these bytes."""

    def filled(data=b"Given names,Family name\nGrace,Otieno\n", name="recruits.csv", **changes):
        return {
            "country": site.country_id,
            "cohort_name": "Kisumu 2026",
            "programme_key": str(curriculum.programme.translation_key),
            "site": site.pk,
            "starts_on": "2026-12-01",
            "file": SimpleUploadedFile(name, data),
        } | changes

    return filled


@pytest.fixture
def intake(curriculum, site, hr):
    return make_intake(curriculum, site, hr, sheet("Grace,Otieno,,0712345678", "Amina,Juma"))
