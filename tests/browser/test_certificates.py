"""What a verifier's phone does with a scanned square, and whether everybody can read the answer."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from certificates import services
from certificates.proof import codes
from lms.people.groups import synchronise_groups
from tests.factories.certificates import issued, review_everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certificate(learner, curriculum, reviewer):
    review_everything(curriculum, reviewer)
    return issued(learner, curriculum)


def test_scanned_square_is_answered_and_leaves_the_address_bar(page, certificate):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/V#1.{certificate.code}")
    page.wait_for_selector(".panel.valid")
    assert page.url.endswith("/verify/")
    assert not any(certificate.code in url for url in [page.url, *asked])
    assert page.context.cookies() == []
    page.go_back()
    assert certificate.code not in page.url


def test_name_is_compared(page, certificate):
    page.goto("/verify/")
    page.fill("#code", certificate.printed_code.lower())
    page.click("button.go")
    page.fill("#family-name", "otieno")
    page.click("button.go")
    expect(page.locator(".match")).to_have_text("Name matches")


def test_scanned_page_without_a_code_shows_the_form(page, curriculum):
    page.goto("/V#2.SOMETHING")
    assert page.is_visible("#code")
    assert page.url.endswith("/V")


def test_without_a_script_the_code_is_typed(open_page, certificate):
    page = open_page(java_script_enabled=False)
    page.goto(f"/V#1.{certificate.code}")
    assert page.locator("button:visible").count() == 1
    page.fill("#code", certificate.code)
    page.click("button.go:visible")
    page.wait_for_selector(".panel.valid")


def test_answers_are_accessible(page, axe, certificate, hr):
    page.goto("/verify/")
    axe(page)
    for state, code in (("not_found", codes.new()), ("typing_error", "7K2M"), ("valid", certificate.code)):
        _ask(page, code, state)
        axe(page)
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    _ask(page, certificate.code, "withdrawn")
    axe(page)


def test_holders_list_is_accessible(open_page, axe, learner, certificate):
    page = open_page(learner)
    page.goto(reverse("certificates:mine"))
    axe(page)


def test_every_button_of_a_certificate_is_on_hrs_phone(open_page, certificate, hr):
    """Wagtail's header shows what fits beside the title."""
    synchronise_groups(hr)
    page = open_page(hr)
    page.goto(reverse("staff_certificates:show", args=[certificate.pk]))
    button = page.get_by_role("link", name="Withdraw").bounding_box()
    assert button["x"] + button["width"] <= 360
    page.touchscreen.tap(button["x"] + 20, button["y"] + button["height"] / 2)
    page.wait_for_selector("#id_reason")


def _ask(page, code: str, state: str) -> None:
    page.goto("/verify/")
    page.fill("#code", code)
    page.click("button.go")
    page.wait_for_selector(f".panel.{state}")
