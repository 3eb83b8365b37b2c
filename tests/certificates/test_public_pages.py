import gzip
import re

import pytest
from django.test import Client

from certificates import services
from certificates.models import Certificate, CertificatePolicy
from certificates.proof import codes
from tests.factories.certificates import finish, issued, review_everything

URL = "/verify/"


def checked(code: str, **more):
    return Client().post(URL, {"code": code, **more})


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def certificate(learner, curriculum, reviewer):
    review_everything(curriculum, reviewer)
    return issued(learner, curriculum)


@pytest.mark.parametrize("url", [URL, "/V", "/v"])
def test_page_asks_for_the_code(db, url):
    response = Client().get(url)
    assert response.status_code == 200
    assert 'name="code"' in response.content.decode()


def test_only_the_scanned_page_has_a_script_of_its_own(db):
    assert "js/scan.js" in Client().get("/V").content.decode()
    assert "js/scan.js" not in Client().get(URL).content.decode()


def test_valid_certificate_is_shown_with_its_facts(certificate):
    said = text_of(checked(codes.printed(certificate.code)))
    assert "Valid today, " in said
    for fact in (certificate.title, "version 1", certificate.level, "Kenya"):
        assert fact in said
    assert "SPECIMEN" not in said and "specimen" not in said


def test_expired_certificate_says_since_when(certificate):
    Certificate.objects.update(awarded_on="2024-01-02", valid_until="2025-01-31")
    assert "Expired since 1 February 2025" in text_of(checked(certificate.code))


def test_revoked_certificate_says_day_and_reason(certificate, hr):
    services.revoke_certificate(certificate, by=hr, reason="conduct", note="Not for the public")
    said = text_of(checked(certificate.code))
    assert "Withdrawn on" in said and "Conduct" in said and "Do not accept this paper." in said
    assert "Not for the public" not in said


def test_replaced_certificate_says_so(certificate, hr):
    services.correct_name(certificate, by=hr, given_names="Amina", family_name="Were")
    assert "Replaced ask for the newer one" in text_of(checked(certificate.code))


def test_specimen_is_never_called_valid(learner, curriculum):
    said = text_of(checked(issued(learner, curriculum).code))
    assert "Specimen not a certificate" in said and "Do not accept this paper." in said
    assert "Valid today" not in said


def test_revoked_specimen_says_both(learner, curriculum, hr):
    certificate = issued(learner, curriculum)
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    said = text_of(checked(certificate.code))
    assert "Withdrawn on" in said and "This is a specimen." in said


def test_typing_error_gives_back_what_was_typed(db):
    response = checked("7K2M-QX94-<b>")
    assert "Check what you typed" in text_of(response)
    assert 'value="7K2M-QX94-&lt;b&gt;"' in response.content.decode()


def test_unknown_undrawn_unconfirmed_and_blocked_answer_byte_for_byte_alike(
    learner, other_learner, lesotho_learner, curriculum
):
    undrawn = finish(learner, curriculum)
    other_learner.given_names = "ኣበበ"
    other_learner.save()
    blocked = finish(other_learner, curriculum)
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, needs_confirmation=True)
    unconfirmed = finish(lesotho_learner, curriculum)
    answers = [checked(code) for code in (codes.new(), undrawn.code, blocked.code, unconfirmed.code)]
    assert "Not found" in text_of(answers[0])
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    named = [checked(code, family_name="Otieno") for code in (codes.new(), undrawn.code)]
    assert named[0].content == named[1].content == answers[0].content


def test_page_never_shows_a_name(certificate, learner):
    pages = [
        checked(certificate.code),
        checked(certificate.code, family_name="Otieno"),
        checked(certificate.code, family_name="X"),
    ]
    for page in pages:
        words = page.content.decode() + str(page.headers)
        for told in (learner.given_names, learner.family_name, learner.staff_number, str(learner.pk)):
            assert told not in words


def test_family_name_matches_or_does_not(certificate):
    assert "Name matches" in text_of(checked(certificate.code, family_name="OTIENO"))
    assert "Name does not match" in text_of(checked(certificate.code, family_name="Wanjiru"))


def test_sixth_name_is_refused_in_words(certificate, still):
    for _ in range(5):
        checked(certificate.code, family_name="Wanjiru")
    said = text_of(checked(certificate.code, family_name="Otieno"))
    assert "Five names were tried" in said and "Name matches" not in said
    assert "Valid today" in said


def test_thirty_first_check_within_a_minute_is_refused_in_words(db, still, time_machine_at):
    for _ in range(30):
        assert checked("no code").status_code == 200
    refused = checked("no code")
    assert refused.status_code == 429
    assert "Wait one minute" in text_of(refused)
    assert Client(REMOTE_ADDR="10.0.0.9").post(URL, {"code": "no code"}).status_code == 200
    with time_machine_at(days=61 / 86400):
        assert checked("no code").status_code == 200


@pytest.mark.parametrize("ask", [
    lambda client: client.get(URL),
    lambda client: client.get("/V"),
    lambda client: client.post(URL, {"code": codes.new()}),
    lambda client: client.post(URL, {"code": ""}),
])  # fmt: skip
def test_nothing_is_left_behind(learner, ask):
    """No cookie, no session, nothing kept or indexed; signed in or not."""
    client = Client(enforce_csrf_checks=True)
    response = ask(client)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    client.force_login(learner)
    assert learner.given_names not in ask(client).content.decode()


@pytest.mark.parametrize("url", ["/V", "/v"])
def test_scanned_page_takes_nothing(db, url):
    assert Client().post(url, {"code": codes.new()}).status_code == 405


def test_code_in_the_address_is_not_read(certificate):
    assert "Valid today" not in text_of(Client().get(URL, {"code": certificate.code}))


def test_wrong_method_is_refused(db):
    assert Client().delete(URL).status_code == 405


def test_answer_is_light(certificate):
    answer = gzip.compress(checked(certificate.code, family_name="Otieno").content)
    assert len(answer) < 3_000
