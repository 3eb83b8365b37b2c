"""A cohort of Kenya with its trainer, who is named in it; and the client, signed in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.learning.models import Cohort
from lms.people.models import User
from tests.reports.rows import make_cohort, make_learner


@pytest.fixture
def as_(client):
    """The client, signed in as a person."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def cohort(site, curriculum):
    """It began thirty days ago."""
    cohort = make_cohort(site, curriculum)
    cohort.starts_on = timezone.localdate() - timedelta(days=30)
    cohort.save()
    return cohort


@pytest.fixture
def join(site, curriculum, cohort):
    """join("Amina", days_ago=10): a learner of the cohort, enrolled and signed in for the first time so long ago."""

    def join(name, *, days_ago=0, signed_in=True, cohort=cohort, **fields):
        person = make_learner(name, site, curriculum, cohort=cohort, **fields)
        moment = timezone.now() - timedelta(days=days_ago)
        person.enrolments.update(opened_at=moment)
        User.objects.filter(pk=person.pk).update(first_signed_in_at=moment if signed_in else None)
        person.refresh_from_db()
        return person

    return join


@pytest.fixture
def lesotho_cohort(other_site, curriculum):
    return Cohort.objects.create(
        name="Maseru 2026",
        country=other_site.country,
        programme_key=curriculum.programme.translation_key,
        starts_on=timezone.localdate(),
    )
