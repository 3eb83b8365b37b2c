import subprocess
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from curriculum.blocks import CARDS
from curriculum.drawings import DRAWINGS
from curriculum.paper import drawn, press

STYLE = Path(press.__file__).parent / "style" / "job_aid.css"
PAGE = '<!doctype html><html lang="sw"><head><title>{title}</title></head><body><h1>One</h1>{body}</body></html>'


def pressed(body="<p>Words.</p>", title="A title", **kwargs) -> PdfReader:
    return PdfReader(BytesIO(press.press(PAGE.format(title=title, body=body), STYLE, **kwargs).pdf))


def test_pdf_says_its_language_title_and_standard():
    reader = pressed()
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == "sw"
    assert reader.metadata.title == "A title"
    assert catalog["/MarkInfo"]["/Marked"].value
    assert b"pdfuaid:part" in catalog["/Metadata"].get_object().get_data()


def test_letters_that_the_faces_lack_are_said():
    assert press.settable("Ŋ ñ → ★ ≥ ኣ\u200d") == "Ŋ ñ → ★ ≥ [ethiopic syllable glottal a]".replace(
        "glottal a]", "glottal aa]"
    )


@pytest.mark.parametrize("address", ["https://example.org/a.png", "file:///etc/passwd", "face:../press.py"])
def test_page_fetches_nothing_from_elsewhere(address):
    refused = import_module("weasyprint.urls").FatalURLFetchingError
    with pytest.raises(refused, match="may not fetch"):
        pressed(f'<p><img src="{address}" alt="x"></p>')


def test_pages_are_told_as_they_are_laid_out():
    seen = []
    pressed('<p>One</p><p style="break-before: page">Two</p>', on_page=seen.append)
    assert seen[:2] == [1, 2]


def test_site_starts_without_the_drawing_library():
    program = (
        "import sys, django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns\n"
        "import curriculum.paper.views, assessments.handbook.services\n"
        "sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_missing_system_library_is_said_in_a_sentence(monkeypatch):
    def absent(name, *args):
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(press, "import_module", absent)
    with pytest.raises(press.MissingLibrary, match="libpango-1.0-0"):
        press.press("<p>x</p>", STYLE)


def test_every_kind_of_card_has_a_look_on_paper(settings):
    folder = settings.ROOT / "templates" / "curriculum" / "paper" / "cards"
    assert {path.stem for path in folder.glob("*.html")} == {kind for kind, _block in CARDS}


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_carries_its_colours_and_what_it_shows(name):
    source = drawn.drawing(name, "What it shows")
    assert source.startswith('<svg class="drawing" role="img" viewBox="')
    assert "<title>What it shows</title><style>" in source
    used = {part for css in source.split('class="')[2:] for part in css.partition('"')[0].split()}
    assert used - {"line"} <= set(drawn.COLOURS)
