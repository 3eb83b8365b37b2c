import pytest
from django.urls import reverse

from certificates import services
from certificates.chain import sealing
from certificates.models import Certificate, CertificatePayload
from certificates.paper import wallet
from lms.learning.services import flag_completion
from lms.people.groups import synchronise_groups
from lms.people.models import User
from tests.factories.certificates import issued, review_everything
from tests.factories.register import registered

pytestmark = pytest.mark.usefixtures("plain_drawing")


def at(name: str, certificate) -> str:
    return reverse(f"staff_certificates:{name}", args=[certificate.pk])


@pytest.fixture
def office(client, hr):
    """HR of Kenya, signed in."""
    synchronise_groups(hr)
    client.force_login(hr)
    return client


def test_one_certificate_shows_what_it_says_and_its_history(office, learner, curriculum):
    certificate = issued(learner, curriculum)
    sealing.seal()
    page = office.get(at("show", certificate)).content.decode()
    for said in (
        "Awarded",
        "Drawn, signed and stored",
        "Amina Otieno",
        "Asks about TB at every contact",
        "9 / 10",
        "80 %",
    ):
        assert said in page
    assert certificate.kid in page and "for trying out only" in page and "<td>1</td>" in page


def test_files_are_offered_once_they_are_stored(office, learner, curriculum):
    certificate = issued(learner, curriculum)
    page = office.get(at("show", certificate)).content.decode()
    assert at("download", certificate) in page and at("card", certificate) not in page
    wallet.draw_and_store(certificate.pk)
    assert at("card", certificate) in office.get(at("show", certificate)).content.decode()


def test_certificates_before_and_after_are_linked(office, learner, curriculum, hr):
    old = issued(learner, curriculum)
    newer = services.correct_name(old, by=hr, given_names="Amina", family_name="Were")
    assert at("show", newer) in office.get(at("show", old)).content.decode()
    assert at("show", old) in office.get(at("show", newer)).content.decode()


def test_specimen_with_a_voided_result_says_what_comes_first(office, learner, curriculum, trainer, reviewer):
    certificate = issued(learner, curriculum)
    flag_completion(learner.completions.get(kind="quiz"), by=trainer, reason="Helped by another")
    review_everything(curriculum, reviewer)
    page = office.post(at("issue-anew", certificate), follow=True).content.decode()
    assert "first let it stand, or withdraw it." in page and at("keep", certificate) in page


@pytest.mark.parametrize(
    ("name", "asked"),
    [("correct-name", {"given_names": "Amina", "family_name": "Ot中eno"}), ("title", {"own_title": "yes"})],
)
def test_form_says_why_the_new_one_could_not_be_drawn(office, learner, curriculum, name, asked):
    curriculum.programme.title = "Primary 中 Health"
    curriculum.programme.save_revision().publish()
    certificate = issued(learner, curriculum)
    assert "The fonts lack “中”" in office.post(at(name, certificate), asked).content.decode()
    assert Certificate.objects.standing().get() == certificate


def test_certificate_of_another_country_is_not_told_of(client, office, learner, curriculum, lesotho, other_country_hr):
    """She moved to Lesotho and renewed there: its office sees both, Kenya's sees its own."""
    old = issued(learner, curriculum)
    User.objects.filter(pk=learner.pk).update(country=lesotho)
    learner.refresh_from_db()
    newer = registered(learner, renews=old)
    assert newer.printed_code not in office.get(at("show", old)).content.decode()
    synchronise_groups(other_country_hr)
    client.force_login(other_country_hr)
    assert at("show", newer) in client.get(at("show", old)).content.decode()


def test_holder_who_moved_is_not_linked(office, learner, curriculum, trainer, lesotho):
    certificate, person = issued(learner, curriculum), reverse("staff_people:show", args=[learner.pk])
    flag_completion(learner.completions.get(kind="quiz"), by=trainer, reason="Question 3 was wrong")
    assert person in office.get(at("show", certificate)).content.decode()
    User.objects.filter(pk=learner.pk).update(country=lesotho)
    learner.postings.all().delete()
    for name in ("show", "title"):
        page = office.get(at(name, certificate)).content.decode()
        assert "Amina Otieno" in page and person not in page
    assert at("show", certificate) in page


def test_erased_certificate_still_shows_its_row(office, learner, curriculum):
    certificate = issued(learner, curriculum)
    CertificatePayload.objects.get(pk=certificate.pk).delete()
    page = office.get(at("show", certificate)).content.decode()
    assert "Erased" in page and certificate.printed_code in page and at("download", certificate) not in page


def test_page_costs_the_same_with_a_longer_history(office, learner, curriculum, hr, django_assert_max_num_queries):
    certificate = issued(learner, curriculum)
    office.get(at("show", certificate))
    with django_assert_max_num_queries(40) as short:
        office.get(at("show", certificate))
    for _time in range(3):
        Certificate.objects.filter(pk=certificate.pk).update(revoked_at=None, revoked_reason="")
        services.revoke_certificate(certificate, by=hr, reason="conduct")
    Certificate.objects.filter(pk=certificate.pk).update(revoked_at=None, revoked_reason="")
    with django_assert_max_num_queries(40) as long:
        office.get(at("show", certificate))
    assert len(short) == len(long)
