import re

import pytest
from django.urls import reverse

from certificates.models import CertificateDesign
from tests.factories.certificates import make_picture

ADD = reverse("certificate_designs:add")


@pytest.fixture
def sent(enter, hr, entered):
    """Publishes a new design and answers what the page then says."""
    client = enter(hr)

    def send(**values) -> str:
        page = client.post(ADD, entered(publish=True, **values), follow=True).content.decode()
        return re.sub(r"\s+", " ", page.replace("\\u0022", '"'))

    return send


def is_made() -> bool:
    return CertificateDesign.objects.exists()


def test_good_design_is_live(sent):
    picture = make_picture()
    sent(
        logos=[{"picture": picture.pk, "says": "Ministry of Health"}],
        signatories=[{"name": "Dr Mutale Zulu", "title": "Programme director", "signature": picture.pk}],
        wordings=[{"language": "pt", "heading": "Diploma"}],
    )
    design = CertificateDesign.objects.get()
    assert design.live
    assert [block.value["picture"] for block in design.logos] == [picture]


@pytest.mark.parametrize("colour", ["#ffb81f", "#ffffff", "#8f8f8f"])
def test_pale_main_colour_is_refused(sent, colour):
    assert "Too pale to read on paper" in sent(main_colour=colour)
    assert not is_made()


def test_colour_is_six_digits(sent):
    assert "Write a colour as # and six digits" in sent(line_colour="gold")
    assert not is_made()


def test_language_stands_once(sent):
    page = sent(wordings=[{"language": "pt", "heading": "Diploma"}, {"language": "pt", "heading": "Certidão"}])
    assert "Portuguese is here twice" in page
    assert not is_made()


def test_wording_that_does_not_fit_is_named_with_its_language(sent):
    page = sent(base="loom", wordings=[{"language": "fr", "sentence": "W" * 110}])
    assert "It does not fit on the paper in French" in page
    assert not is_made()


def test_letters_that_the_fonts_lack_are_named(sent):
    page = sent(wordings=[{"language": "en", "heading": "Certificate 证"}])
    assert "The fonts lack" in page and "CJK UNIFIED IDEOGRAPH-8BC1" in page
    assert not is_made()


@pytest.mark.parametrize("title", [{}, {"own_title": "on"}], ids=["neutral title", "own title"])
@pytest.mark.parametrize("where", ["wording", "signatory", "logo"])
def test_no_design_names_an_illness(sent, where, title):
    rows = {
        "wording": {"wordings": [{"language": "en", "heading": "HIV certificate"}]},
        "signatory": {"signatories": [{"name": "Dr Zulu", "title": "Director, PMTCT"}]},
        "logo": {"logos": [{"picture": make_picture().pk, "says": "mothers2mothers"}]},
    }[where]
    assert "tells of an illness" in sent(**rows, **title)
    assert not is_made()


def test_third_signatory_is_refused(sent):
    sent(signatories=[{"name": f"Dr {name}", "title": "Director"} for name in ("A", "B", "C")])
    assert not is_made()
