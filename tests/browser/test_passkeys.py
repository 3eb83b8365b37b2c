"""Passkeys with a key that the browser plays: made, used alone, removed; and as the second step of staff."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from ..factories.people import PIN

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "river stone lamp"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_key(page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def sign_in_with_pin(page, person) -> None:
    page.goto("/en/sign-in/")
    page.get_by_label("Staff number").fill(person.staff_number)
    page.locator("button.go:visible").click()
    for digit in PIN:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/en/")


def sign_in_with_password(page, person) -> None:
    page.goto("/en/sign-in/?with=password")
    page.get_by_label("Staff number").fill(person.staff_number)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("button.go").click()


def test_learner_adds_a_passkey_and_signs_in_with_it_alone(page, learner, curriculum, axe):
    give_key(page)
    sign_in_with_pin(page, learner)
    page.goto(reverse("people:my-sign-in"))
    axe(page)
    page.get_by_role("link", name="Add a passkey").click()
    axe(page)
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/my-sign-in/")
    assert Authenticator.objects.filter(user=learner, type="webauthn").count() == 1
    assert not Authenticator.objects.filter(user=learner).exclude(type="webauthn").exists()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in/")
    axe(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/en/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in_with_pin(page, learner)  # her PIN still works, and no second step is asked of her

    page.goto(reverse("people:my-sign-in"))
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove").wait_for(state="detached")
    assert not Authenticator.objects.exists()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="This passkey is not known").wait_for()


def test_staff_take_a_passkey_as_second_step(laptop, trainer, site, settings, axe):
    settings.STAFF_SECOND_STEP = True
    trainer.set_password(PASSWORD)
    trainer.save()
    give_key(laptop)
    sign_in_with_password(laptop, trainer)
    laptop.wait_for_url("**/my-sign-in/second-step/**")
    axe(laptop)
    laptop.get_by_role("link", name="Use a passkey").click()
    laptop.get_by_role("button", name="Add a passkey").click()
    laptop.get_by_role("heading", name="Your recovery codes").wait_for()
    axe(laptop)
    assert laptop.locator(".codes li").count() == 10
    laptop.get_by_role("link", name="I have them").click()
    laptop.wait_for_url("**/cms/")

    laptop.context.clear_cookies()
    sign_in_with_password(laptop, trainer)
    laptop.wait_for_url("**/sign-in/second-step/")
    axe(laptop)
    laptop.get_by_role("button", name="Use a passkey").click()
    laptop.wait_for_url("**/cms/")
