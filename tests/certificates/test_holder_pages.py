import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from certificates import services
from certificates.award import issuing
from certificates.models import CertificatePolicy
from tests.factories.certificates import finish, issued, review_everything

MINE = reverse("certificates:mine")


def download(certificate) -> str:
    return reverse("certificates:download", args=[certificate.pk])


def test_list_shows_state_and_download(client, learner, curriculum, reviewer):
    review_everything(curriculum, reviewer)
    certificate = issued(learner, curriculum)
    client.force_login(learner)
    page = client.get(MINE).content.decode()
    assert "Valid until" in page and download(certificate) in page and certificate.printed_code in page
    assert "Specimen" not in page


def test_list_says_that_it_is_being_drawn(client, learner, curriculum):
    certificate = finish(learner, curriculum)
    client.force_login(learner)
    page = client.get(MINE).content.decode()
    assert "Being drawn. Look again in a minute." in page
    assert download(certificate) not in page and certificate.printed_code not in page


def test_list_says_what_she_waits_for(client, learner, other_learner, curriculum):
    other_learner.given_names = "李"
    other_learner.save()
    finish(other_learner, curriculum)
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, needs_confirmation=True)
    finish(learner, curriculum)
    client.force_login(learner)
    assert "Your country office looks at it first" in client.get(MINE).content.decode()
    client.force_login(other_learner)
    assert "must mend something before it is drawn" in client.get(MINE).content.decode()


def test_list_says_withdrawn_and_replaced(client, learner, curriculum, hr):
    old = issued(learner, curriculum)
    newer = services.correct_name(old, by=hr, given_names="Amina", family_name="Were")
    services.revoke_certificate(newer, by=hr, reason="conduct")
    client.force_login(learner)
    page = client.get(MINE).content.decode()
    assert "Replaced by a newer one" in page and "Withdrawn on" in page


def test_list_shows_only_her_own(client, learner, other_learner, curriculum):
    issued(other_learner, curriculum)
    client.force_login(learner)
    assert "No certificate yet" in client.get(MINE).content.decode()


def test_list_costs_the_same_for_three(client, learner, curriculum, hr, django_assert_max_num_queries):
    certificate = issued(learner, curriculum)
    client.force_login(learner)
    with django_assert_max_num_queries(10) as one:
        client.get(MINE)
    for family_name in ("B", "C"):
        certificate = services.correct_name(certificate, by=hr, given_names="Amina", family_name=family_name)
    with django_assert_max_num_queries(10) as three:
        client.get(MINE)
    assert len(one) == len(three)


def test_holder_downloads_the_stored_bytes(client, learner, curriculum):
    certificate = issued(learner, curriculum)
    client.force_login(learner)
    response = client.get(download(certificate))
    assert response.content == issuing.stored_pdf(certificate)
    assert response.headers["Content-Type"] == "application/pdf"
    name = f'attachment; filename="certificate-{certificate.code[:4]}.pdf"'
    assert response.headers["Content-Disposition"] == name
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert not ModelLogEntry.objects.filter(action="certificates.download").exists()


def test_hr_downloads_in_the_admin_and_is_logged(client, learner, curriculum, hr):
    certificate = issued(learner, curriculum)
    client.force_login(hr)
    response = client.get(reverse("staff_certificates:download", args=[certificate.pk]))
    assert response.content == issuing.stored_pdf(certificate)
    assert ModelLogEntry.objects.get(action="certificates.download").user == hr


@pytest.mark.parametrize("who", ["learner", "trainer", "observer", "other_country_hr"])
def test_admins_download_is_shut_for_others(client, learner, curriculum, who, request):
    certificate = issued(learner, curriculum)
    client.force_login(request.getfixturevalue(who))
    response = client.get(reverse("staff_certificates:download", args=[certificate.pk]))
    assert response.status_code in (302, 404) and not response.headers["Content-Type"].startswith("application")


@pytest.mark.parametrize("who", ["other_learner", "trainer", "observer", "hr", "administrator", "other_country_hr"])
def test_download_is_not_found_for_others(client, learner, curriculum, who, request):
    certificate = issued(learner, curriculum)
    client.force_login(request.getfixturevalue(who))
    assert client.get(download(certificate)).status_code == 404


def test_download_before_the_drawing_is_not_found(client, learner, curriculum):
    certificate = finish(learner, curriculum)
    client.force_login(learner)
    assert client.get(download(certificate)).status_code == 404


def test_code_is_no_address(client, learner, curriculum):
    certificate = issued(learner, curriculum)
    client.force_login(learner)
    assert client.get(f"{MINE}{certificate.code}/").status_code == 404


def test_damaged_file_is_said_in_words(client, learner, curriculum):
    certificate = issued(learner, curriculum)
    storage, name = certificate.payload.pdf.storage, certificate.payload.pdf.name
    storage.delete(name)
    storage.save(name, ContentFile(b"%PDF-1.7 another"))
    client.force_login(learner)
    response = client.get(download(certificate))
    assert response.status_code == 500
    assert "Your certificate is safe in the register" in response.content.decode()


@pytest.mark.parametrize(
    "url", [MINE, reverse("certificates:download", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12])]
)
def test_signed_out_is_sent_to_sign_in(client, db, url):
    response = client.get(url)
    assert response.status_code == 302 and response.url.startswith(reverse("people:sign-in"))


def test_wrong_method_is_refused(client, learner, curriculum):
    certificate = issued(learner, curriculum)
    client.force_login(learner)
    assert client.post(MINE).status_code == 405
    assert client.post(download(certificate)).status_code == 405
