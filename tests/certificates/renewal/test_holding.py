"""«My certificates»: what a holder reads there, and does."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from certificates import services
from certificates.award import titles
from certificates.models import Certificate, CertificatePayload, TitleChoice
from certificates.renewal.services import open_renewal
from lms.learning.services import complete_unit
from tests.factories.certificates import finish

from .conftest import ends_in, stamped

MINE = reverse("certificates:mine")


def url(name: str, certificate) -> str:
    return reverse(f"certificates:{name}", args=[certificate.pk])


@pytest.fixture
def page(client, learner):
    client.force_login(learner)
    return lambda: client.get(MINE).content.decode()


@pytest.mark.parametrize(
    "days, said, button",
    [(200, "Valid until", False), (20, "Valid until", True), (-20, "You can still renew it until", True)],
)
def test_page_offers_to_renew_in_the_window(page, learner, certified, days, said, button):
    certificate = certified(learner, days)
    assert said in page() and (url("renew", certificate) in page()) == button


def test_renew_opens_once_and_leads_home(client, page, learner, certified, refresher):
    certificate = certified(learner, 20)
    home = client.get(reverse("wagtail_serve", args=[""])).content.decode()
    assert "Renew your certificate, until" in home
    for _press in range(2):
        assert client.post(url("renew", certificate)).url == reverse("wagtail_serve", args=[""])
    assert learner.enrolments.get(cycle=2).refresher_key == refresher.translation_key
    assert "Renewal in progress" in page() and url("renew", certificate) not in page()
    assert "Renew your certificate" not in client.get(reverse("wagtail_serve", args=[""])).content.decode()


def test_renewed_one_is_folded(page, client, learner, curriculum, certified, refresher):
    old = certified(learner, 20)
    renewal = open_renewal(old, by=learner)
    for unit in (refresher.lesson, curriculum.practical):
        complete_unit(learner, unit)
    newer = Certificate.objects.get(enrolment=renewal)
    assert "older certificate" not in page(), "until the new one is drawn the old one is shown"
    Certificate.objects.filter(pk=stamped(newer).pk).update(specimen=False)
    folded = page().split("1 older certificate")[1]
    assert old.printed_code in folded and "Renewed" in folded and newer.printed_code not in folded


@pytest.mark.parametrize("days", [91, -61])
def test_renew_outside_of_the_window_says_why(client, page, learner, certified, days):
    certificate = certified(learner, days)
    assert client.post(url("renew", certificate)).url == MINE
    assert "It can be renewed from" in page() and learner.enrolments.count() == 1


def test_withdrawn_is_not_renewed(client, page, learner, certified):
    certificate = certified(learner, 20, revoked_at=services.timezone.now(), revoked_reason="conduct")
    client.post(url("renew", certificate))
    assert "cannot be renewed here" in page() and learner.enrolments.count() == 1


def test_title_is_chosen_for_the_next_ones(client, page, learner, curriculum):
    choose = reverse("certificates:title")
    client.post(choose, {"own_title": "yes"})
    assert TitleChoice.objects.get(person=learner).own_title
    assert finish(learner, curriculum).title == "Primary Health Care"
    client.post(choose, {"own_title": "no"})
    client.post(choose, {"own_title": "maybe"})
    assert "Choose one of the two titles." in page()
    assert not TitleChoice.objects.get(person=learner).own_title


def test_other_title_is_a_new_certificate(client, page, learner, certified):
    old = certified(learner, 200)
    assert "Primary Health Care" in page(), "the other title is offered"
    for _press in range(2):
        client.post(url("print-title", old), {"own_title": "yes"})
    newer = Certificate.objects.get(supersedes=old)
    assert (newer.title, newer.valid_until, newer.holder) == ("Primary Health Care", _until(old), learner)
    assert Certificate.objects.count() == 2 and "There is nothing to change." in page()


def test_title_that_cannot_be_set_leaves_her_the_one_she_has(client, page, learner, certified, curriculum):
    curriculum.programme.title = "Primary 中 Health"
    curriculum.programme.save_revision().publish()
    old = certified(learner, 200)
    client.post(url("print-title", old), {"own_title": "yes"})
    assert "The fonts lack “中”" in page() and Certificate.objects.standing().get() == old


def test_titles_are_not_changed_all_day(client, page, learner, certified):
    certificate, own = certified(learner, 200), True
    for _time in range(titles.MOST_A_DAY):
        certificate, own = stamped(titles.print_title(certificate, own, by=learner)), not own
    client.post(url("print-title", certificate), {"own_title": "yes" if own else "no"})
    assert "Not more today." in page()
    assert Certificate.objects.count() == 1 + titles.MOST_A_DAY


def test_card_is_there_once_it_is_drawn(client, page, learner, certified):
    certificate = certified(learner, 200)
    assert url("card", certificate) not in page() and client.get(url("card", certificate)).status_code == 404
    payload = CertificatePayload.objects.get(pk=certificate.pk)
    payload.card.save("", ContentFile(b"%PDF-1.7 card"))
    ends_in(certificate, 200, card_sha256=hashlib.sha256(b"%PDF-1.7 card").hexdigest())
    assert url("card", certificate) in page()
    answer = client.get(url("card", certificate))
    assert answer.content == b"%PDF-1.7 card" and f"card-{certificate.code[:4]}.pdf" in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["renew", "print-title", "card"])
@pytest.mark.parametrize("who", ["other_learner", "hr", "administrator"])
def test_hers_only(client, learner, certified, name, who, request):
    certificate = certified(learner, 20, card_sha256="0" * 64)
    client.force_login(request.getfixturevalue(who))
    ask = client.get if name == "card" else client.post
    assert ask(url(name, certificate)).status_code == 404
    assert Certificate.objects.count() == 1 and learner.enrolments.count() == 1


@pytest.mark.parametrize("name", ["renew", "print-title"])
def test_changes_are_posted(client, page, learner, certified, name):
    certificate = certified(learner, 20)
    assert client.get(url(name, certificate)).status_code == 405
    client.logout()
    assert client.post(url(name, certificate)).url.startswith(reverse("people:sign-in"))


def test_hr_prints_the_other_title_for_her(client, learner, hr, certified):
    certificate = certified(learner, 200)
    there = reverse("staff_certificates:title", args=[certificate.pk])
    client.force_login(hr)
    assert "Primary Health Care" in client.get(there).content.decode()
    assert "prints this title already" in client.post(there, {"own_title": "no"}).content.decode()
    assert client.post(there, {"own_title": "yes"}).status_code == 302
    assert Certificate.objects.get(supersedes=certificate).title == "Primary Health Care"
    assert "withdrawn or replaced before" in client.post(there, {"own_title": "yes"}).content.decode()


def _until(certificate: Certificate):
    """As the snapshot says it: the dates of the row were moved for the test."""
    return services.snapshots.day(certificate.payload.snapshot["valid_until"])
