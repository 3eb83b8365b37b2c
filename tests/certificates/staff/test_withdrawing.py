import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from certificates import services
from certificates.award import revoking
from certificates.models import CertificateEvent
from lms.learning.services import flag_completion
from lms.people.groups import synchronise_groups
from lms.people.models import Role
from tests.factories.certificates import issued
from tests.factories.people import make_person, post

Kind = CertificateEvent.Kind
pytestmark = pytest.mark.usefixtures("plain_drawing")


def at(name: str, certificate) -> str:
    return reverse(f"staff_certificates:{name}", args=[certificate.pk])


def signed_in(client, person):
    synchronise_groups(person)
    client.force_login(person)
    return client


@pytest.fixture
def certificate(learner, curriculum):
    return issued(learner, curriculum)


@pytest.fixture
def withdrawn(certificate, hr):
    return services.revoke_certificate(certificate, by=hr, reason="conduct", note="See file 12")


@pytest.fixture
def third_hr(hr):
    person = make_person("Wambui", "Kariuki")
    post(person, Role.HR)
    return person


def answered(client, certificate, **data) -> str:
    return client.post(at("answer", certificate), data, follow=True).content.decode()


def test_hr_withdraws_with_reason_and_note(client, certificate, hr):
    signed_in(client, hr)
    page = client.post(at("revoke", certificate), {"reason": "conduct", "note": "See file 12"}, follow=True)
    for said in ("Withdrawn", "See file 12", "A second person has not confirmed it yet.", "somebody else confirms it"):
        assert said in page.content.decode()
    assert ModelLogEntry.objects.get(action="certificates.revoked").user == hr
    client.post(at("revoke", certificate), {"reason": "conduct"})
    assert certificate.events.filter(kind=Kind.REVOKED).count() == 1


def test_who_withdraws_second_is_told_so_and_keeps_her_words(client, withdrawn, second_hr):
    signed_in(client, second_hr)
    response = client.post(at("revoke", withdrawn), {"reason": "issued_in_error", "note": "Wrong person, file 13"})
    page = response.content.decode()
    assert "It was withdrawn before" in page and "Wrong person, file 13" in page and "is withdrawn." not in page
    assert response.context["form"]["reason"].value() == "issued_in_error"
    assert withdrawn.events.get(kind=Kind.REVOKED).note == "See file 12"


def test_who_withdraws_twice_is_told_the_same_twice(client, certificate, hr):
    signed_in(client, hr)
    for _twice in range(2):
        page = client.post(at("revoke", certificate), {"reason": "conduct", "note": "See file 12"}, follow=True)
        assert "is withdrawn." in page.content.decode()


def test_who_withdraws_what_was_replaced_keeps_her_words(client, certificate, hr):
    services.correct_name(certificate, by=hr, given_names="Amina", family_name="Were")
    page = signed_in(client, hr).post(at("revoke", certificate), {"reason": "conduct", "note": "See file 12"})
    assert "withdrawn or replaced before." in page.content.decode() and "See file 12" in page.content.decode()


def test_withdrawing_without_reason_asks_again(client, certificate, hr):
    response = signed_in(client, hr).post(at("revoke", certificate), {"note": "x"})
    assert "This field is required" in response.content.decode()
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


def test_second_person_confirms_with_a_note(client, withdrawn, second_hr):
    page = answered(signed_in(client, second_hr), withdrawn, uphold="1", note="I read the file")
    assert "is confirmed." in page and "Confirmed by a second person." in page and "I read the file" in page
    assert "she would need a new certificate" in answered(client, withdrawn)


@pytest.mark.parametrize("answer", ["uphold", "reinstate"])
def test_third_person_gets_her_note_back(client, withdrawn, second_hr, third_hr, answer):
    revoking.uphold_revocation(withdrawn, by=second_hr, note="I read the file")
    page = answered(signed_in(client, third_hr), withdrawn, note="I <b>too</b>", **{answer: "1"})
    assert "The withdrawal is confirmed" in page and "Your note was not kept: I &lt;b&gt;too&lt;/b&gt;" in page


def test_second_person_gives_it_back(client, withdrawn, second_hr):
    page = answered(signed_in(client, second_hr), withdrawn, reinstate="1")
    assert "is given back." in page and "Reinstated" in page
    assert "It is not withdrawn (any more)." in answered(client, withdrawn, uphold="1")


def test_who_withdrew_does_not_answer(client, withdrawn, hr):
    assert "somebody else confirms it" in answered(signed_in(client, hr), withdrawn, uphold="1")
    withdrawn.refresh_from_db()
    assert withdrawn.revocation_confirmed_at is None


@pytest.mark.parametrize("name", ["answer", "keep"])
def test_answers_are_posted_by_hr_of_the_country(client, withdrawn, hr, trainer, other_country_hr, name):
    assert signed_in(client, hr).get(at(name, withdrawn)).status_code == 405
    for person in (trainer, other_country_hr):
        assert signed_in(client, person).post(at(name, withdrawn)).status_code == 404
    client.logout()
    assert client.post(at(name, withdrawn)).status_code == 302


def test_certificate_is_let_stand_after_a_result_was_taken_back(client, certificate, learner, trainer, hr):
    flag_completion(learner.completions.get(kind="quiz"), by=trainer, reason="Question 3 was wrong")
    signed_in(client, hr)
    assert "Question 3 was wrong" in client.get(at("show", certificate)).content.decode()
    for was_kept in (True, False):
        page = client.post(at("keep", certificate), {"note": "Still above"}, follow=True).content.decode()
        assert "Question 3 was wrong" not in page and "Looked at: it stands" in page
        assert ("Your note was not kept: Still above" in page) is not was_kept
    assert certificate.events.filter(kind=Kind.KEPT).count() == 1
