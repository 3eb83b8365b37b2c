import pytest
from django.urls import reverse

from certificates import services
from certificates.award import issuing
from certificates.models import Certificate, CertificatePayload, CertificatePolicy
from certificates.paper import drawing
from certificates.staff.to_do import WaitingPanel
from lms.learning.services import flag_completion
from lms.people.groups import synchronise_groups
from tests.factories.certificates import finish, issued, review_everything

TO_DO = reverse("staff_certificates:to-do")
pytestmark = pytest.mark.usefixtures("plain_drawing")


def the(name: str) -> str:
    return reverse("staff_certificates:to-do-list", args=[name])


def change(name: str) -> str:
    return reverse("staff_certificates:to-do-change", args=[name])


def signed_in(client, person):
    synchronise_groups(person)
    client.force_login(person)
    return client


@pytest.fixture
def office(client, hr):
    """HR of Kenya, signed in."""
    return signed_in(client, hr)


@pytest.fixture
def confirming(curriculum):
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, needs_confirmation=True)


def text(client, address: str) -> str:
    return client.get(address).content.decode()


def test_ticked_certificates_are_confirmed_together(
    office, confirming, learner, other_learner, lesotho_learner, curriculum
):
    ours, left, theirs = (finish(person, curriculum) for person in (learner, other_learner, lesotho_learner))
    page = text(office, TO_DO)
    assert str(ours.pk) in page and str(theirs.pk) not in page
    response = office.post(change("awards"), {"certificate": [ours.pk, theirs.pk]}, follow=True)
    assert "1 certificate confirmed." in response.content.decode()
    assert set(Certificate.objects.filter(confirmed_at__isnull=False)) == {ours}
    response = office.post(change("awards"), {"all": "1"}, follow=True)
    assert (
        "1 certificate confirmed." in response.content.decode() and "Nothing to confirm." in response.content.decode()
    )
    assert set(Certificate.objects.filter(confirmed_at__isnull=False)) == {ours, left}


def test_confirming_nothing_or_nonsense_changes_nothing(office, confirming, learner, curriculum):
    finish(learner, curriculum)
    assert office.post(change("awards")).status_code == 302
    assert office.post(change("awards"), {"certificate": "x"}).status_code == 302
    assert office.get(change("awards")).status_code == 405
    assert office.post(change("withdrawals"), {"all": "1"}).status_code == 404
    assert office.get(the("nonsense")).status_code == 404
    assert not Certificate.objects.filter(confirmed_at__isnull=False)


def test_blocked_certificates_are_told_to_hr_and_tried_again(office, learner, curriculum, hr, other_country_hr):
    learner.given_names = "שרה"
    learner.save()
    certificate = finish(learner, curriculum)
    page = text(office, the("blocked"))
    assert "The fonts lack “ש”" in page and reverse("staff_certificates:show", args=[certificate.pk]) in page
    assert "1 certificate could not be drawn." in text(office, reverse("wagtailadmin_home"))
    assert not any(WaitingPanel(other_country_hr).counts.values())
    response = office.post(change("blocked"), {"certificate": certificate.pk}, follow=True)
    assert "1 certificate is being drawn again." in response.content.decode()
    assert WaitingPanel(hr).counts["blocked"] == 0
    assert "Nothing waits for you." in text(office, reverse("wagtailadmin_home"))


def test_tries_are_told(office, learner, curriculum, monkeypatch):
    certificate = finish(learner, curriculum)
    assert "Waits for its turn." in text(office, the("undrawn"))
    with monkeypatch.context() as patched:
        patched.setattr(drawing, "draw", lambda *said: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issuing.draw_and_store(certificate.pk)
    page = text(office, the("undrawn"))
    assert "Try 1 of 5. Something unforeseen: ZeroDivisionError. Next at" in page


def test_withdrawal_waits_for_somebody_else(client, learner, curriculum, hr, second_hr):
    services.revoke_certificate(issued(learner, curriculum), by=hr, reason="conduct")
    assert (WaitingPanel(hr).counts["withdrawals"], WaitingPanel(second_hr).counts["withdrawals"]) == (0, 1)
    page = text(signed_in(client, second_hr), TO_DO)
    assert "Esther Kamau, Conduct" in page


def test_reviewed_specimens_are_issued_anew_together(office, learner, other_learner, curriculum, reviewer):
    first, second = issued(learner, curriculum), issued(other_learner, curriculum)
    assert "No specimen can be issued anew." in text(office, the("specimens"))
    review_everything(curriculum, reviewer)
    response = office.post(change("specimens"), {"certificate": [first.pk, second.pk]}, follow=True)
    assert "2 specimens replaced." in response.content.decode()
    assert set(Certificate.objects.filter(specimen=False).values_list("supersedes", flat=True)) == {first.pk, second.pk}


def test_result_taken_back_says_why(office, learner, curriculum, trainer, hr):
    issued(learner, curriculum)
    flag_completion(learner.completions.get(kind="quiz"), by=trainer, reason="Question 3 was wrong")
    assert "Question 3 was wrong" in text(office, TO_DO)
    assert WaitingPanel(hr).counts["results"] == 1


def test_lists_are_for_those_who_keep_records(client, trainer):
    assert signed_in(client, trainer).get(the("awards")).status_code == 302
    client.logout()
    assert client.get(the("awards")).status_code == 302


def test_list_costs_the_same_for_three(
    office, learner, other_learner, observer, curriculum, django_assert_max_num_queries
):
    def listed():
        CertificatePayload.objects.update(blocked_reason="No signatory")
        text(office, the("blocked"))

    finish(learner, curriculum)
    listed()
    with django_assert_max_num_queries(40) as one:
        listed()
    finish(other_learner, curriculum)
    finish(observer, curriculum)
    with django_assert_max_num_queries(40) as three:
        listed()
    assert len(one) == len(three)


def test_panel_is_not_shown_when_nothing_waits(office):
    assert "could not be drawn" not in text(office, reverse("wagtailadmin_home"))
