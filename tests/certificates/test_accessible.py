"""Archives keep the files and screen readers read them: PDF/A-3a and PDF/UA-1, by veraPDF’s verdict."""

import pytest
from pypdf import PdfReader

from certificates.paper import card, pdfua

from . import verapdf
from .on_paper import ETHIOPIC, LONG_NAME, drawn


def test_file_is_pdf_a_3a_and_pdf_ua_1(tmp_path, monkeypatch, pictured):
    """The last file lacks the statement in its metadata and fails by that one rule: the verdicts are real."""
    if part := verapdf.missing():
        pytest.skip(f"veraPDF needs {part}")
    people, logos = pictured
    two_lines = "Mwanakatwe Wambui Nyambura Wanjirũ Mwangi Kamau-Mwanakatwe"
    upright, cloth = {"orientation": "portrait"}, {"base": "loom", "orientation": "portrait"}
    files = [
        drawn(tmp_path),
        drawn(tmp_path, file="loom.pdf", name=LONG_NAME, design={"base": "loom"} | logos, **people),
        drawn(tmp_path, file="upright.pdf", name=ETHIOPIC, competencies=8, language="pt", design=upright | logos),
        drawn(tmp_path, file="cloth.pdf", name=two_lines, competencies=12, specimen=True, design=cloth),
        drawn(tmp_path, file="card.pdf", drawer=card, name=f"{ETHIOPIC} Abebe", specimen=True, language="fr"),
    ]
    monkeypatch.setattr(pdfua, "declare", lambda document, pdf: None)
    *verdicts, undeclared = verapdf.broken_rules(*files, drawn(tmp_path, file="undeclared.pdf"))
    assert verdicts == [{"3a": [], "ua1": []}] * 5
    assert undeclared["3a"] == []
    assert [rule for rule in undeclared["ua1"] if "PDF/UA Identification" in rule] == undeclared["ua1"] != []


def test_pictures_are_printed_and_said_in_words(tmp_path, pictured):
    people, logos = pictured
    reader = PdfReader(drawn(tmp_path, design=logos, **people))
    said = [words_for(element) for element in figures(reader.trailer["/Root"]["/StructTreeRoot"])]
    square = "Square code to check this certificate: 7K2M-QX94-PB3T-W"
    assert said == ["Ministry of Health", "Training school", "Dr Mutale Zulu", square]
    assert len(reader.pages[0].images) == 2
    assert not any(image.indirect_reference.get_object()["/Interpolate"].value for image in reader.pages[0].images)


def figures(element):
    element = element.get_object()
    if not isinstance(element, dict):
        return
    if element.get("/S") == "/Figure":
        yield element
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        yield from figures(child)


def words_for(element) -> str:
    return element.get("/Alt", "")
