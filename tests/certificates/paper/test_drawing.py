import io
import json
import re
import subprocess
import sys
import time
from importlib import import_module

import pytest
from django.utils import translation
from pikepdf import Pdf, PdfImage
from PIL import Image
from pypdf import PdfReader

from certificates import designs
from certificates.award import snapshots
from certificates.designs.look import Look
from certificates.models import CertificateDesign
from certificates.paper import card, drawing, press, qr, wording
from tests.factories.certificates import CODE, make_snapshot

from ..on_paper import CREDENTIAL, ETHIOPIC, LONG_NAME, drawn, picture, scanned, words_of

LOOM = {"design": {"base": "loom"}}
LOOKS = [
    Look(base, orientation, border)
    for base in CertificateDesign.Base.values
    for orientation in CertificateDesign.Orientation.values
    for border in CertificateDesign.Border.values
]


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    """The ordinary certificate, as a file."""
    path = tmp_path_factory.mktemp("drawn") / "certificate.pdf"
    path.write_bytes(drawing.draw(make_snapshot()))
    return path


def test_page_says_what_the_snapshot_says(pdf):
    words = words_of(pdf)
    for said in (
        "Thandiwe Phiri",
        "Integrated Primary Health Care",
        "14 November 2026",
        "30 November 2027",
        "Dr Mutale Zulu",
    ):
        assert said in words
    assert "7K2M-QX94-PB3T-W" in words
    assert "COMMUNITY HEALTH TRAINING · ZAMBIA" in words
    assert "learn.example.org/v" in words
    assert "SPECIMEN" not in words


@pytest.mark.parametrize(
    "language, day, written",
    [
        ("en", "2026-11-14", "14 November 2026"),
        ("pt", "2026-11-14", "14 de novembro de 2026"),
        ("fr", "2026-12-01", "1er décembre 2026"),
        ("fr", "2026-08-11", "11 août 2026"),
        ("sw", "2026-11-14", "14 Novemba 2026"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language, day, written):
    with translation.override(language):
        assert wording.day(snapshots.day(day)) == written


@pytest.mark.parametrize("language, heading", [("en", "Certificate"), ("pt", "Certificado"), ("sw", "Cheti")])
def test_words_are_in_the_language_of_the_snapshot_or_its_design(language, heading):
    with translation.override(language):
        assert wording.words(make_snapshot(language=language))["heading"] == heading
        own = make_snapshot(language=language, design={"words": {"heading": "Diploma", "formula": ""}})
        assert wording.words(own)["heading"] == "Diploma"
        assert wording.words(own)["formula"] == wording.words(make_snapshot())["formula"] != ""


def test_ordinary_certificate_is_one_light_page(pdf):
    assert len(PdfReader(pdf).pages) == 1
    assert pdf.stat().st_size <= 60_000


def test_same_snapshot_gives_same_bytes(pdf):
    assert drawing.draw(make_snapshot()) == pdf.read_bytes()


def test_same_snapshot_gives_same_bytes_in_another_process_later(pdf, tmp_path, pictured):
    """With pictures and a credential, after others were drawn here, and on a card."""
    people, logos = pictured
    snapshot = make_snapshot(design=logos, name=ETHIOPIC, **people)
    program = (
        "import sys, json, base64, django; django.setup()\n"
        "from certificates.paper import assets, card, drawing; from tests.certificates import on_paper as here\n"
        "assets.data = {'1': here.picture(), '2': here.picture('JPEG')}.__getitem__\n"
        "snapshot = json.load(sys.stdin)\n"
        "sys.stdout.buffer.write(card.draw(snapshot, here.CREDENTIAL) + drawing.draw(snapshot, here.CREDENTIAL))"
    )
    time.sleep(1.1)
    given = json.dumps(snapshot).encode()
    again = subprocess.run([sys.executable, "-c", program], input=given, capture_output=True, check=True)
    assert again.stdout == card.draw(snapshot, CREDENTIAL) + drawing.draw(snapshot, CREDENTIAL)


@pytest.mark.parametrize("changes", [{"name": "Thandiwe Phirj"}, {"valid_until": "2027-12-31"}, {"specimen": True}])
def test_another_snapshot_gives_other_bytes(pdf, changes):
    assert drawing.draw(make_snapshot(**changes)) != pdf.read_bytes()


def test_address_is_upper_case_with_the_code_in_the_fragment():
    assert qr.address(make_snapshot(), "") == f"HTTPS://LEARN.EXAMPLE.ORG/V#1.{CODE}"
    assert qr.address(make_snapshot(check_at="http://localhost:8000/"), "") == f"HTTP://LOCALHOST:8000/V#1.{CODE}"
    assert qr.address(make_snapshot(), "2KCE") == "HTTPS://LEARN.EXAMPLE.ORG/V#2.2KCE"


def test_specimen_is_said_across_the_page(tmp_path):
    words = words_of(drawn(tmp_path, specimen=True))
    assert "SPECIMEN" in words
    assert "Specimen – not a certificate" in words


def test_long_name_stands_whole(tmp_path):
    assert LONG_NAME in words_of(drawn(tmp_path, name=LONG_NAME))


def test_many_competencies_are_listed_on_a_second_page(tmp_path):
    path = drawn(tmp_path, competencies=9)
    pages = PdfReader(path).pages
    assert len(pages) == 2
    assert "9 observed competencies are listed on page 2." in pages[0].extract_text()
    assert pages[1].extract_text().count("Screens for TB") == 3


@pytest.mark.parametrize("design", [{}, LOOM], ids=["hem", "loom"])
def test_nothing_leaves_the_page_at_its_edges(tmp_path, design):
    """The fullest first page: nothing but white outside the frame."""
    full = {"name": LONG_NAME, "competencies": 8, "specimen": True} | design
    page = scanned(drawn(tmp_path, **full), tmp_path, 100).convert("L")
    margin = round(6.5 / 25.4 * 100)
    page.paste(255, [margin, margin, page.width - margin, page.height - margin])
    assert page.getextrema() == (255, 255)


def test_public_part_is_attached(pdf):
    attached = PdfReader(pdf).attachments
    assert list(attached) == ["certificate.json"]
    content = json.loads(attached["certificate.json"][0])
    assert content["code"] == CODE
    assert content["name"] == "Thandiwe Phiri"
    assert not {"holder", "quizzes", "site"} & set(content)
    assert set(content["design"]) == {"base", "orientation", "sha256"}
    secret = ("T100001", "Faith Achieng", "Mentor Mothers: HIV and more")
    assert [said for said in secret if said in json.dumps(content)] == []
    catalog = PdfReader(pdf).trailer["/Root"]
    assert {entry.get_object()["/AFRelationship"] for entry in catalog["/AF"]} == {"/Alternative"}


def test_file_names_its_language_and_title(pdf):
    reader = PdfReader(pdf)
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata.title == "Certificate 7K2M-QX94-PB3T-W"


def test_name_with_a_letter_the_fonts_lack_is_refused():
    with pytest.raises(drawing.CannotDraw, match=r"The fonts lack “خ” \(ARABIC LETTER KHAH\)"):
        drawing.draw(make_snapshot(name="خ Phiri"))


def test_words_of_a_design_are_looked_at_as_well():
    with pytest.raises(drawing.CannotDraw, match="CYRILLIC"):
        drawing.draw(make_snapshot(design={"words": {"heading": "Сертификат"}}))


def test_name_is_escaped(tmp_path):
    assert "O<b>a & Sons" in words_of(drawn(tmp_path, name="O<b>a & Sons"))


def test_missing_system_library_is_said_in_a_sentence(monkeypatch):
    def absent(name, *args):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return import_module(name, *args)

    monkeypatch.setattr(press, "import_module", absent)
    with pytest.raises(drawing.MissingLibrary, match="Install libpango-1.0-0"):
        drawing.draw(make_snapshot())


def test_site_starts_without_the_drawing_library():
    program = (
        "import sys, django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns\n"
        "import certificates.services, certificates.wagtail_hooks\n"
        "sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_drawing_fetches_from_this_package_only():
    fetcher = import_module("certificates.paper.fetching").PageFetcher({"asset:1": (b"", "image/png")})
    fatal = import_module("weasyprint.urls").FatalURLFetchingError
    for url in ("https://example.org/font.ttf", "file:///etc/passwd", "face:../codes.py", "asset:2"):
        with pytest.raises(fatal):
            fetcher.fetch(url)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.base}-{look.orientation}-{look.border}")
def test_ornaments_are_light(look):
    _, ornaments = designs.dressed(look)
    ornament, _ = ornaments["design:ornament"]
    assert len(ornament) < 30_000
    assert not re.search(rb"\d\.\d{3}", ornament)


def test_every_base_of_a_design_is_there():
    assert set(CertificateDesign.Base.values) == set(designs.DESIGNS)


def test_loom_is_light_and_always_the_same():
    loom = drawing.draw(make_snapshot(**LOOM))
    assert len(loom) <= 60_000
    assert drawing.draw(make_snapshot(**LOOM)) == loom


def test_competencies_overleaf_stand_one_a_line(tmp_path):
    snapshot = make_snapshot(competencies=9, design={"base": "hem", "orientation": "landscape"})
    (tmp_path / "two.pdf").write_bytes(drawing.draw(snapshot))
    _front, overleaf = PdfReader(tmp_path / "two.pdf").pages
    lines = [line.strip() for line in overleaf.extract_text().splitlines()]
    assert [line for line in lines if line in snapshots.statements(snapshot)] == snapshots.statements(snapshot)


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_picture_is_printed_pixel_by_pixel(tmp_path, monkeypatch, mode):
    """With a table of tones as it is kept today, or without one as it was kept before."""
    kept, file = Image.open(io.BytesIO(picture()[0])).convert(mode), io.BytesIO()
    kept.save(file, "PNG")
    monkeypatch.setattr(drawing.assets, "data", lambda sha256: (file.getvalue(), "image/png"))
    snapshot = make_snapshot(design={"logos": [{"sha256": mode, "says": "Ministry of Health"}]})
    with Pdf.open(io.BytesIO(drawing.draw(snapshot))) as pdf:
        (printed,) = (PdfImage(one) for one in pdf.pages[0].get_images().values())
        assert printed.indexed == (mode == "P")
        assert printed.as_pil_image().convert("RGB").tobytes() == kept.convert("RGB").tobytes()
