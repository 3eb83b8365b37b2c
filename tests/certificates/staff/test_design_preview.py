import base64
import io
import json
import re
import subprocess

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from PIL import Image

from certificates.designs import samples
from certificates.designs.modes import modes
from certificates.designs.preview import preview
from certificates.models import Certificate, CertificateAsset, CertificateDesign
from certificates.proof import codes
from tests.factories.certificates import make_design, make_picture

ON_ADD = reverse("certificate_designs:preview_on_add")


def picture_in(page: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(re.search(r"data:image/png;base64,([^\"]+)", page)[1])))


def kept_files() -> list[str]:
    """In the store, which outlives a test's rows."""
    storage = storages["private"]
    return storage.listdir("certificate-assets")[1] if storage.exists("certificate-assets") else []


def test_preview_draws_the_unsaved_form(enter, hr, entered):
    client = enter(hr)
    sent = entered(name="Red", main_colour="#8a1538", signatories=[{"name": "Dr Zulu", "title": "Director"}])
    assert json.loads(client.post(ON_ADD, sent).content) == {"is_valid": True, "is_available": True}
    page = client.get(ON_ADD, {"mode": "pt", "in_preview_panel": "true"}).content.decode()
    image = picture_in(page)
    assert image.size == (1200, 849)
    assert (138, 21, 56) in {colour for _count, colour in image.getcolors(1_000_000)}
    assert not CertificateDesign.objects.exists()


def test_form_with_errors_is_not_drawn(enter, hr, entered):
    client = enter(hr)
    assert json.loads(client.post(ON_ADD, entered(main_colour="#ffffff")).content)["is_valid"] is False


@pytest.mark.django_db
def test_preview_keeps_nothing():
    picture = make_picture()
    design = make_design(logos=[("logo", {"picture": picture, "says": "Ministry"})])
    design.signatories = [("signatory", {"name": "Dr Zulu", "title": "Director", "signature": picture})]
    before = kept_files()
    assert preview(design, "en").pages
    assert not CertificateAsset.objects.exists() and not Certificate.objects.exists()
    assert kept_files() == before


@pytest.mark.django_db
def test_specimen_may_be_saved_as_pdf(tmp_path):
    found = preview(make_design(), "specimen")
    file = tmp_path / "sample.pdf"
    file.write_bytes(base64.b64decode(found.pdf.partition("base64,")[2]))
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert "Specimen – not a certificate" in text and codes.printed(samples.CODE) in text


@pytest.mark.django_db
def test_what_cannot_be_drawn_is_said():
    image = make_picture("Torn")
    image.file.storage.delete(image.file.name)
    found = preview(make_design(logos=[("logo", {"picture": image, "says": "Ministry"})]), "en")
    assert not found.pages
    assert "Ministry" in found.fault


def test_sample_s_code_is_no_code():
    with pytest.raises(codes.TypingError):
        codes.parse(samples.CODE)


@pytest.mark.django_db
def test_each_mode_has_its_sample():
    design = make_design()
    found = {mode: samples.snapshot(design, mode, keep=str) for mode, _words in modes()}
    assert {found[language]["language"] for language in ("en", "pt", "fr", "sw")} == {"en", "pt", "fr", "sw"}
    assert found["specimen"]["specimen"] and not found["en"]["specimen"]
    assert len(found["skills"]["competencies"]) == 14
    assert len(found["long"]["holder"]["name"]) > 40
