"""What a phone makes of a scanned square: with a net, and without one."""

import json
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from django.utils import timezone

from certificates import services
from certificates.models import Certificate, IssuerKey
from tests.factories.certificates import issued, review_everything

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = json.loads((Path(__file__).parent.parent / "certificates" / "names.json").read_text())
REDUCE = """async (names) => {
  const { normalised } = await import("/static/js/credential.js");
  return names.map(normalised);
}"""


@pytest.fixture
def certificate(learner, curriculum, reviewer):
    review_everything(curriculum, reviewer)
    return issued(learner, curriculum)


@pytest.fixture
def page(page):
    """However slow the machine is, the page does not lose its patience with the net."""
    page.add_init_script("AbortController.prototype.abort = () => {}")
    return page


@pytest.fixture
def phone(page):
    """A phone that was here before: it has kept the page."""
    page.goto("/V")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    until(page, "caches.keys().then((names) => names.some((name) => name.startsWith('scan-')))")
    return page


def until(page, question: str) -> None:
    """Ask the page until it says yes. (To wait_for_function a promise is a yes.)"""
    for _try in range(600):
        if page.evaluate(question):
            return
        page.wait_for_timeout(100)
    raise AssertionError(question)


def address(certificate: Certificate) -> str:
    return f"/V#2.{certificate.payload.credential}"


def scan(page, fragment: str, state: str) -> str:
    """A new visit, as the phone's camera begins it. What the page says."""
    page.goto("about:blank")
    page.goto(fragment)
    page.wait_for_selector(f".panel.{state}")
    return page.inner_text("main")


def offline(page) -> None:
    page.context.set_offline(True)


def test_valid_with_a_net_as_the_register_says(page, certificate):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    said = scan(page, address(certificate), "valid")
    assert certificate.title in said and "Kenya" in said and "Checked just now" in said
    assert page.url.endswith("/V")
    told = " ".join(asked)
    assert certificate.code not in told and certificate.payload.credential not in told
    assert page.context.cookies() == []


def test_valid_without_a_net_at_the_second_visit(phone, certificate):
    scan(phone, address(certificate), "valid")
    until(phone, "caches.open('certificate-check').then((store) => store.match('/status/titles')).then(Boolean)")
    offline(phone)
    said = scan(phone, address(certificate), "valid")
    assert "Kenya" in said and "version 1" in said and certificate.title in said
    assert "could not be checked" not in said


def test_square_on_the_drawn_paper_is_read_at_150_dpi_and_checked_without_a_net(phone, certificate):
    scan(phone, address(certificate), "valid")
    with certificate.payload.pdf.open() as pdf:
        sheet = pypdfium2.PdfDocument(pdf.read())[0].render(scale=150 / 72).to_pil()
    (square,) = zxingcpp.read_barcodes(sheet)
    assert square.text.endswith(f"/V#2.{certificate.payload.credential}")
    offline(phone)
    scan(phone, square.text.partition(square.text.split("/V")[0])[2], "valid")


def test_changed_square_is_told_without_a_net(phone, certificate):
    scan(phone, address(certificate), "valid")
    offline(phone)
    text = certificate.payload.credential
    for place in (70, 120, 200):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        said = scan(phone, f"/V#2.{changed}", "changed")
        assert "Changed after issue" in said and "Do not accept this paper." in said
    assert not phone.is_visible("#family-name")


def test_square_of_another_key_is_not_ours(page, certificate):
    IssuerKey.objects.all().update(kid="f" * 16)
    assert "Not signed by a key of ours" in scan(page, address(certificate), "not_found")


def test_withdrawn_by_the_list_when_the_register_does_not_answer(page, certificate, hr):
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    page.route("**/verify/", lambda route: route.abort())
    said = scan(page, address(certificate), "withdrawn")
    assert "Withdrawn" in said and "Do not accept this paper." in said and "Conduct" not in said


def test_withdrawn_by_the_register_says_why(page, certificate, hr):
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    assert "Conduct" in scan(page, address(certificate), "withdrawn")


def test_replaced_by_the_list(page, certificate, hr):
    services.correct_name(certificate, by=hr, given_names="Amina", family_name="Were")
    page.route("**/verify/", lambda route: route.abort())
    assert "ask for the newer one" in scan(page, address(certificate), "replaced")


def test_withdrawn_is_still_known_without_a_net(phone, certificate, hr):
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    scan(phone, address(certificate), "withdrawn")
    offline(phone)
    scan(phone, address(certificate), "withdrawn")


@pytest.mark.parametrize("days, warns", [(3, False), (8, True)])
def test_kept_list_says_its_day_and_an_old_one_warns(phone, certificate, days, warns):
    scan(phone, address(certificate), "valid")
    offline(phone)
    phone.clock.set_fixed_time(timezone.now() + timedelta(days=days))
    said = scan(phone, address(certificate), "valid")
    listed = timezone.localtime()
    assert f"Checked offline, list of {listed.day} {listed:%B %Y}" in said
    assert ("older than a week" in said) is warns


def test_no_list_is_said(phone, certificate):
    phone.route("**/verify/", lambda route: route.abort())
    phone.route("**/status/KE/**", lambda route: route.abort())
    said = scan(phone, address(certificate), "valid")
    assert "Whether it was withdrawn could not be checked." in said


def test_expired_by_the_phones_own_clock(phone, certificate):
    scan(phone, address(certificate), "valid")
    offline(phone)
    phone.clock.set_fixed_time(timezone.now() + timedelta(days=400))
    assert "since" in scan(phone, address(certificate), "expired")


def test_specimen_is_never_valid(phone, learner, curriculum):
    certificate = issued(learner, curriculum)
    scan(phone, address(certificate), "specimen")
    offline(phone)
    said = scan(phone, address(certificate), "specimen")
    assert "not a certificate" in said and "Do not accept this paper." in said


def test_name_is_compared_on_the_phone(phone, certificate):
    scan(phone, address(certificate), "valid")
    offline(phone)
    scan(phone, address(certificate), "valid")
    for typed, shown in (("ótieno", "Name matches"), ("Wanjiru", "Name does not match")):
        phone.fill("#family-name", typed)
        phone.click("[data-name] button.go")
        phone.wait_for_selector(f"text={shown}")


def test_new_key_is_not_guessed_about_without_a_net(phone, certificate):
    """The phone was here, but never saw a key."""
    offline(phone)
    assert "Check again with a connection" in scan(phone, address(certificate), "unchecked")


def test_compromised_key_leaves_the_word_to_the_register(page, certificate):
    IssuerKey.objects.update(compromised_at=timezone.now())
    page.goto(address(certificate))
    page.wait_for_url("**/verify/")
    assert page.is_visible(".panel.valid")


def test_another_square_on_the_open_page_is_checked_too(page, certificate):
    scan(page, address(certificate), "valid")
    page.evaluate("location.hash = '#2.NOTHING'")
    page.wait_for_selector(".panel.changed")
    assert page.url.endswith("/V")


def test_slow_answer_about_an_earlier_square_does_not_vouch_for_a_later_one(page, certificate):
    waiting = []
    page.route("**/verify/", lambda route: waiting.append(route))
    page.goto("about:blank")
    with page.expect_request("**/verify/"):
        page.goto(address(certificate))
    page.evaluate("location.hash = '#2.NOTHING'")
    page.wait_for_selector(".panel.changed")
    with page.expect_response("**/verify/") as answer:
        waiting[0].continue_()
    assert answer.value.json()["state"] == "valid"
    page.wait_for_timeout(300)
    assert page.is_visible(".panel.changed") and not page.is_visible(".panel.valid, #family-name")


def test_every_name_is_reduced_as_the_server_does_it(page):
    page.goto("/V")
    assert page.evaluate(REDUCE, [name for name, _ in NAMES]) == [letters for _, letters in NAMES]


def test_answers_are_accessible(page, axe, certificate):
    page.goto("/V")
    axe(page)
    scan(page, address(certificate), "valid")
    axe(page)
    scan(page, "/V#2.NOTHING", "changed")
    axe(page)
