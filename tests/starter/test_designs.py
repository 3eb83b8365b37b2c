import pytest
from wagtail.images import get_image_model
from wagtail.models import Collection

from certificates.models import CertificateDesign
from certificates.paper import assets, pictures
from lms.starter.demo import read_demo
from lms.starter.designs import demo_design, load_designs

pytestmark = pytest.mark.django_db


def test_both_shipped_designs_are_live_for_all_countries():
    load_designs()
    found = CertificateDesign.objects.order_by("name")
    assert [(design.name, design.base, design.country, design.live) for design in found] == [
        ("Hem", "hem", None, True),
        ("Loom", "loom", None, True),
    ]


def test_what_people_made_of_them_stays():
    load_designs()
    CertificateDesign.objects.filter(base="hem").update(name="Ours", main_colour="#8a1538")
    CertificateDesign.objects.filter(base="loom").delete()
    load_designs()
    assert [design.name for design in CertificateDesign.objects.all()] == ["Ours"]


def test_demo_shows_a_logo_and_two_signatures():
    design = demo_design(read_demo()["design"])
    assert demo_design(read_demo()["design"]) == design
    chosen = [block.value["picture"] for block in design.logos]
    chosen += [block.value["signature"] for block in design.signatories]
    assert len(chosen) == 3 and design.live
    assert {image.collection for image in chosen} == {Collection.objects.get(name="Certificates")}
    assert get_image_model().objects.count() == 3


def test_demo_s_pictures_are_small_on_paper():
    design = demo_design(read_demo()["design"])
    for block in design.signatories:
        data, _kind = assets.data(assets.keep(block.value["signature"]))
        assert len(data) < 15_000
        assert pictures.for_paper(data).width == 360
