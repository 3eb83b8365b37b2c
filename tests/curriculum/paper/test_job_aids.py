from io import BytesIO

import pytest
from pypdf import PdfReader

from curriculum.models import CountryValue, ModulePage, Review
from curriculum.paper import job_aids
from lms.learning.services import enrol
from tests.factories.content import make_module

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(curriculum) -> ModulePage:
    """The curriculum's module with a job aid."""
    module, facts = curriculum.module, curriculum.facts
    module.job_aid_title = "TB: ask, refer, follow up"
    module.job_aid = [
        (one["type"], one["value"] | {"facts": facts[:1]})
        for one in (
            {"type": "text", "value": {"title": "Every time", "text": "Ask everybody.", "countries": []}},
            {"type": "note", "value": {"title": "", "text": "The chest clinic.", "countries": ["KE"]}},
            {"type": "note", "value": {"title": "", "text": "The district hospital.", "countries": ["LS"]}},
            {"type": "value", "value": {"title": "Tests", "key": "infant_tests", "countries": []}},
        )
    ]
    module.save()
    module.save_revision().publish()
    return ModulePage.objects.get(pk=module.pk)


def words(response) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(response.content)).pages)


def test_learner_reads_that_of_her_country(client, learner, curriculum, module):
    enrol(learner, curriculum.programme)
    client.force_login(learner)
    page = client.get(f"{module.url}job-aid/").content.decode()
    assert "TB: ask, refer, follow up" in page
    assert "The chest clinic." in page
    assert "The district hospital." not in page
    assert "Follow your country’s guideline" in page
    assert "Draft, not clinically reviewed" in page
    assert f'href="{module.url}job-aid-pdf/"' in page
    assert 'href="job-aid/"' in client.get(module.url).content.decode()


def test_pdf_is_one_page_of_her_country_with_its_sources(client, learner, curriculum, module):
    CountryValue.objects.create(country_id="KE", key="infant_tests", value="at 6 weeks", confirmed_on="2026-01-01")
    enrol(learner, curriculum.programme)
    client.force_login(learner)
    response = client.get(f"{module.url}job-aid-pdf/")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].endswith(f'"job-aid-{module.slug}-ke-en.pdf"')
    said = words(response)
    for part in ("TB: ask, refer, follow up", "Kenya", "The chest clinic.", "at 6 weeks", "WHO 2024, 2024"):
        assert part in said
    assert "Draft, not clinically reviewed" in said
    assert "district hospital" not in said
    assert len(PdfReader(BytesIO(response.content)).pages) == 1


def test_review_takes_the_draft_mark_away(client, trainer, reviewer, module):
    Review.objects.record(module.live_revision, reviewer, months=12)
    client.force_login(trainer)
    said = words(client.get(f"{module.url}job-aid-pdf/"))
    assert "Draft" not in said
    assert "Reviewed" in said


def test_long_one_is_set_smaller_until_it_fits(kenya, module):
    text = {"title": "Again", "text": "Ask everybody whom you meet today. " * 11, "countries": [], "facts": []}
    module.job_aid = [("text", text)] * 6
    module.save()
    assert len(PdfReader(BytesIO(job_aids.draw(module, kenya))).pages) == 1


def test_gate_is_the_modules_own(client, learner, other_learner, curriculum, module):
    for end in ("job-aid/", "job-aid-pdf/"):
        assert "sign-in" in client.get(f"{module.url}{end}")["Location"]
        client.force_login(other_learner)
        assert client.get(f"{module.url}{end}").status_code == 404
        assert client.post(f"{module.url}{end}").status_code in (404, 405)
        client.logout()


def test_module_without_one_has_no_page_for_it(client, trainer, curriculum):
    bare = make_module(curriculum.shelf, "Malaria")
    client.force_login(trainer)
    assert client.get(f"{bare.url}job-aid/").status_code == 404
    assert client.get(f"{bare.url}job-aid-pdf/").status_code == 404
    assert "Job aid" not in client.get(bare.url).content.decode()


def test_only_reading_is_allowed(client, trainer, module):
    client.force_login(trainer)
    assert client.post(f"{module.url}job-aid/").status_code == 405
