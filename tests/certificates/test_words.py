"""To be known as one of these women can disclose an illness: nothing that strangers come to see says what they do.

What the addresses say is in test_words_public.py.
"""

import io
import json

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from certificates.bundles import printing
from certificates.models import CertificatePolicy
from certificates.paper import wallet
from lms.messaging.kinds import kinds
from tests.factories.certificates import finish, issued, make_design, review_everything

from .surfaces import DISEASE, disclosed, hidden_text, page_text, told_of

TELLING_TITLE = "Mentor Mothers: HIV and PMTCT"
PAGES = settings.ROOT / "lms/starter/content/pages"
STATIC = settings.ROOT / "static"


@pytest.fixture
def certificate(learner, curriculum, reviewer):
    """Of a programme whose own title tells everything, with its card."""
    curriculum.programme.title = TELLING_TITLE
    curriculum.programme.save_revision().publish()
    review_everything(curriculum, reviewer)
    certificate = issued(learner, curriculum)
    assert wallet.draw_and_store(certificate.pk)
    certificate.refresh_from_db()
    return certificate


@pytest.fixture
def files(certificate) -> dict[str, bytes]:
    """The certificate and its card, and both as they are printed with others."""
    stored = {name: getattr(certificate.payload, name).read() for name in ("pdf", "card")}
    for name, write in (("pdf", printing.write_pages), ("card", printing.write_cards)):
        spool = io.BytesIO()
        write([(certificate, stored[name])], spool)
        stored[f"{name} to print"] = spool.getvalue()
    return stored


def test_scan_finds_such_words():
    assert disclosed(f"{TELLING_TITLE} on ART") == ["Mentor", "Mothers", "HIV", "PMTCT", "ART"]
    assert disclosed("Certificate: start, particular, smother") == []


def test_paper_does_not_disclose(files):
    texts = {name: page_text(pdf) for name, pdf in files.items()}
    assert all("ommunity health, level 1" in text for text in texts.values())
    assert {name: disclosed(text) for name, text in texts.items() if disclosed(text)} == {}


def test_what_files_carry_beside_their_pages_does_not_disclose(files, learner):
    hidden = {name: hidden_text(pdf) for name, pdf in files.items()}
    assert "CN=" in hidden["pdf"], "whose key signed it was not read"
    assert {name: disclosed(text) for name, text in hidden.items() if disclosed(text)} == {}
    for text in hidden.values():
        assert learner.staff_number not in text and str(learner.pk) not in text


def test_paper_names_its_holder_and_nothing_else_of_her(files, learner):
    for name, pdf in files.items():
        assert set(told_of(page_text(pdf), [learner])) <= {learner.family_name, learner.given_names}, name


def test_attachment_keeps_the_other_title_to_itself(files):
    attached = json.loads(PdfReader(io.BytesIO(files["pdf"])).attachments["certificate.json"][0])
    assert attached["programme"]["title"] == "Community health, level 1"
    assert TELLING_TITLE not in json.dumps(attached)


def test_file_name_does_not_disclose(client, certificate, learner):
    client.force_login(learner)
    headers = str(client.get(reverse("certificates:download", args=[certificate.pk])).headers)
    assert disclosed(headers) == [] and told_of(headers, [learner]) == []


def test_own_title_is_printed_only_where_the_policy_says_so(other_learner, curriculum, certificate):
    assert certificate.title == "Community health, level 1"
    key = curriculum.programme.translation_key
    CertificatePolicy.objects.create(programme_key=key, design=make_design(own_title=True))
    assert finish(other_learner, curriculum).title == TELLING_TITLE


@pytest.mark.parametrize("language", ["en", "pt", "fr", "sw"])
def test_messages_do_not_disclose(language):
    with translation.override(language):
        said = {kind.name: " ".join(kind.words()).format(**kind.sample()) for kind in kinds().values()}
    assert {"certificate_ends", "certificate_ended"} <= said.keys()
    assert {name: disclosed(words) for name, words in said.items() if disclosed(words)} == {}


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.stem)
def test_pages_that_need_no_sign_in_do_not_disclose(path):
    assert DISEASE.findall(path.read_text().replace("job aids", "")) == []


def test_scripts_styles_and_pictures_do_not_disclose():
    files = [path for path in STATIC.rglob("*") if path.suffix in (".js", ".css", ".svg") and path.is_file()]
    ours = [path for path in files if "vendor" not in path.parts]
    assert len(ours) > 10
    assert {path.name: found for path in ours if (found := DISEASE.findall(path.read_text()))} == {}
