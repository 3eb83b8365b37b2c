from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.models import Certificate
from certificates.renewal import in_progress
from certificates.renewal.policies import window_of
from certificates.renewal.windows import Phase
from curriculum.models import Review
from lms.people.models import Role
from lms.starter.certified import load_certificates
from lms.starter.demo import read_demo
from tests.factories.people import make_person, post


@pytest.fixture
def demo(curriculum, site, hr, reviewer, observer, kenya):
    """The demo's part with its staff: of its people those that are named."""
    post(make_person("Wangari", "Kimani"), Role.LEAD, country=kenya)

    def load(*numbers: str) -> dict[str, Certificate]:
        part = read_demo()["certificates"]
        people = [row for row in part["people"] if row["number"] in numbers]
        assert load_certificates(part | {"people": people, "site": site.code}) == len(numbers)
        assert load_certificates(part) == 0, "a second time changes nothing"
        found = Certificate.objects.filter(supersedes=None).select_related("holder", "payload")
        return {row.holder.staff_number: row for row in found}

    return load


def test_past_awards_carry_their_own_day(demo):
    made = demo("K750001", "K750004", "K750005", "K750009")
    today = timezone.localdate()
    assert window_of(made["K750001"]).phase(today) == Phase.NOT_YET
    assert window_of(made["K750004"]).phase(today) == Phase.GRACE
    assert window_of(made["K750005"]).phase(today) == Phase.OVER
    assert made["K750009"].confirmed_at is None and made["K750001"].confirmed_at
    assert not any(row.specimen for row in made.values())
    assert made["K750001"].payload.snapshot["competencies"][0]["date"] == made["K750001"].awarded_on.isoformat()


def test_only_pages_that_say_they_are_invented_are_reviewed(demo, curriculum):
    demo("K750001")
    pages = [review.revision.as_object() for review in Review.objects.all()]
    assert len(pages) == 3 and all("(demo)" in page.title for page in pages)
    assert not Review.objects.filter(page_key__in=[page.translation_key for page in curriculum.lessons]).exists()


def test_states_are_reached_by_the_services(demo):
    made = demo("K750003", "K750006", "K750010")
    assert made["K750003"].drawn_at and in_progress(made["K750003"])
    assert made["K750003"].valid_until - timezone.localdate() < timedelta(days=31)
    assert made["K750006"].revocation_confirmed_at
    assert made["K750010"].payload.blocked_reason
