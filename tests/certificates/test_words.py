"""To be known as one of these women can disclose an illness: no surface that strangers see says what they do."""

import json
import re
import subprocess

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from certificates import services
from certificates.models import CertificatePolicy
from tests.factories.certificates import finish, issued, make_design, review_everything

DISCLOSING = re.compile(
    r"\b(hiv|aids|sida|vih|mother(s|2mothers)?|m2m|mentor(s)?|patient(s)?|client(s)?|art|arv|arvs|pmtct|positive|status|"
    r"expert|viral|antiretroviral|mãe(s)?|mère(s)?|mama)\b",
    re.I,
)
TELLING_TITLE = "Mentor Mothers: HIV and PMTCT"


def disclosed(text: str) -> list[str]:
    return [match[0] for match in DISCLOSING.finditer(text)]


@pytest.fixture
def certificate(learner, curriculum, reviewer):
    """Of a programme whose own title tells everything."""
    curriculum.programme.title = TELLING_TITLE
    curriculum.programme.save_revision().publish()
    review_everything(curriculum, reviewer)
    return issued(learner, curriculum)


@pytest.fixture
def pdf(certificate, tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate.payload.pdf.read())
    return path


def test_scan_finds_such_words():
    assert disclosed(f"{TELLING_TITLE} on ART") == ["Mentor", "Mothers", "HIV", "PMTCT", "ART"]
    assert disclosed("Certificate: start, particular, smother") == []


def test_public_pages_do_not_disclose(certificate, hr):
    client = Client()
    pages = [client.get("/verify/"), client.get("/V"), client.post("/verify/", {"code": "x"})]
    pages += [client.post("/verify/", {"code": certificate.code, "family_name": name}) for name in ("Otieno", "X")]
    services.revoke_certificate(certificate, by=hr, reason="result_not_valid")
    pages.append(client.post("/verify/", {"code": certificate.code}))
    for page in pages:
        assert disclosed(re.sub(r'role="status"', "", page.content.decode()) + str(page.headers)) == []


def test_page_on_paper_does_not_disclose(pdf):
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "Community health, level 1" in text
    assert disclosed(text) == []


def test_file_s_metadata_do_not_disclose(pdf):
    reader = PdfReader(pdf)
    told = [str(reader.metadata), reader.xmp_metadata.stream.get_data().decode()]
    told += [name + data[0].decode() for name, data in reader.attachments.items()]
    assert disclosed(" ".join(told)) == []


def test_attachment_keeps_the_other_title_to_itself(pdf):
    attached = json.loads(PdfReader(pdf).attachments["certificate.json"][0])
    assert attached["programme"]["title"] == "Community health, level 1"
    assert TELLING_TITLE not in json.dumps(attached)


def test_file_name_does_not_disclose(client, certificate, learner):
    client.force_login(learner)
    headers = client.get(reverse("certificates:download", args=[certificate.pk])).headers
    assert disclosed(str(headers)) == []


def test_own_title_is_printed_only_where_the_policy_says_so(other_learner, curriculum, certificate):
    assert certificate.title == "Community health, level 1"
    key = curriculum.programme.translation_key
    CertificatePolicy.objects.create(programme_key=key, design=make_design(own_title=True))
    assert finish(other_learner, curriculum).title == TELLING_TITLE
