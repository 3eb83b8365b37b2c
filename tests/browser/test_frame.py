"""What every page shares: found without trouble by everybody, nothing wider than the phone."""

import pytest
from wagtail.models import Page

from lms.learning.services import enrol

from .conftest import LAPTOP

pytestmark = pytest.mark.django_db(transaction=True)
DESK = LAPTOP | {"is_mobile": False, "has_touch": False, "device_scale_factor": 1}
WAYS = {
    "phone": {},
    "laptop": DESK,
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", ["/en/sign-in/", "/en/no-such-page/"])
def test_page_without_sign_in_is_accessible(open_page, axe, curriculum, path, way):
    page = open_page(None, **WAYS[way])
    page.goto(path)
    axe(page)


@pytest.mark.parametrize("path", ["/en/sign-in/", "/en/no-such-page/"])
@pytest.mark.parametrize("width", [320, 360])
def test_page_is_never_wider_than_the_phone(open_page, curriculum, path, width):
    page = open_page(None, viewport={"width": width, "height": 640})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [240, 360])
def test_long_name_of_the_place_above_leaves_hide_whole(open_page, learner, curriculum, width):
    enrol(learner, curriculum.programme)
    Page.objects.filter(pk=curriculum.module.pk).update(title="High blood pressure, diabetes and cervical cancer")
    page = open_page(learner, viewport={"width": width, "height": 640})
    page.goto(curriculum.lessons[0].url)
    back, hide = page.locator(".bar a").first.bounding_box(), page.locator("[data-hide]").bounding_box()
    assert back["height"] == hide["height"] == 48
    assert back["x"] + back["width"] <= hide["x"]
    assert hide["x"] + hide["width"] <= width
