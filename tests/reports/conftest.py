"""Somebody signed in, and four people of Kenya in four states."""

import pytest
from django.utils import timezone

from lms.learning.services import complete_unit

from .rows import make_certificate, make_cohort, make_learner


@pytest.fixture
def as_(client):
    """The client, signed in as a person."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def people(site, curriculum):
    """Four people of Kenya in four states."""
    cohort = make_cohort(site, curriculum)
    certified, ending, begun, withdrawn = (
        make_learner(name, site, curriculum, cohort=cohort) for name in ("Amina", "Beatrice", "Cecilia", "Dorcas")
    )
    make_certificate(certified)
    make_certificate(ending, days_left=30, specimen=True)
    make_certificate(withdrawn, revoked_at=timezone.now())
    complete_unit(begun, curriculum.lessons[0])
    return certified, ending, begun, withdrawn
