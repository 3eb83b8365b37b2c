from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.models import Certificate, CertificatePolicy
from tests.factories.certificates import finish, review_everything
from tests.factories.content import make_programme, row
from tests.factories.learning import make_second_module


@pytest.fixture
def refresher(curriculum):
    """The refresher that the policy of the small programme names; its lesson hangs on it."""
    module, lesson = make_second_module(curriculum, "What is new")
    page = make_programme(curriculum.home, [row(module)], title="Refresher", code="refresh", is_refresher=True)
    CertificatePolicy.objects.create(
        programme_key=curriculum.programme.translation_key, refresher_key=page.translation_key
    )
    page.lesson = lesson
    return page


@pytest.fixture
def certified(curriculum, reviewer, refresher):
    """Of a person: a real certificate that ends in so many days."""

    def make(person, days: int, **fields) -> Certificate:
        review_everything(curriculum, reviewer)
        return ends_in(stamped(finish(person, curriculum)), days, **fields)

    return make


def stamped(certificate: Certificate) -> Certificate:
    """As if it had been drawn: nothing here reads the file."""
    Certificate.objects.filter(pk=certificate.pk).update(drawn_at=timezone.now(), pdf_sha256="0" * 64)
    return Certificate.objects.get(pk=certificate.pk)


def ends_in(certificate: Certificate, days: int, **fields) -> Certificate:
    """As if it had been awarded a year before that."""
    end = timezone.localdate() + timedelta(days=days)
    dates = {"valid_until": end, "awarded_on": end - timedelta(days=365)}
    Certificate.objects.filter(pk=certificate.pk).update(**(dates | fields))
    return Certificate.objects.select_related("payload", "holder").get(pk=certificate.pk)
