"""A cohort of two, with one face-to-face day a week ago."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.learning.models import Cohort, Day
from lms.learning.services import enrol


@pytest.fixture
def as_(client):
    """The client, signed in as a person."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def cohort(site, curriculum, learner, other_learner):
    """Everybody joined it thirty days ago."""
    first = timezone.localdate() - timedelta(days=30)
    key = curriculum.programme.translation_key
    cohort = Cohort.objects.create(name="Kisumu 2026", country=site.country, programme_key=key, starts_on=first)
    cohort.sites.add(site)
    for person in (learner, other_learner):
        enrol(person, curriculum.programme, cohort=cohort)
    cohort.enrolments.update(opened_at=timezone.now() - timedelta(days=30))
    return cohort


@pytest.fixture
def day(cohort, site):
    on = timezone.localdate() - timedelta(days=7)
    return Day.objects.create(cohort=cohort, on=on, topic="Talking about TB", site=site)
