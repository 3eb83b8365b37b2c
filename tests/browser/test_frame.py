"""What every page shares: found without trouble by everybody, nothing wider than the phone."""

import pytest

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
