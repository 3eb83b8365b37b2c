import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from certificates import services, verification
from certificates.award import issuing, revoking, sweeping
from certificates.models import Certificate, CertificateEvent, CertificatePayload
from lms.learning.services import flag_completion
from tests.factories.certificates import drawn, finish, issued

Kind = CertificateEvent.Kind
pytestmark = pytest.mark.usefixtures("plain_drawing")


@pytest.fixture
def withdrawn(learner, curriculum, hr):
    return services.revoke_certificate(issued(learner, curriculum), by=hr, reason="conduct", note="See file 12")


def kinds(certificate) -> list[str]:
    return list(certificate.events.values_list("kind", flat=True))


def test_revoking_holds_at_once_and_only_once(learner, curriculum, hr, administrator):
    certificate = issued(learner, curriculum)
    first = services.revoke_certificate(certificate, by=hr, reason="issued_in_error", note="Wrong person")
    again = services.revoke_certificate(certificate, by=administrator, reason="conduct")
    assert first.revoked_at == again.revoked_at
    event = certificate.events.get(kind=Kind.REVOKED)
    assert (event.by, event.reason, event.note) == (hr, "issued_in_error", "Wrong person")
    assert first.revoked_reason == event.reason
    assert verification.check(certificate.code).reason == "Issued in error"
    assert ModelLogEntry.objects.get(action="certificates.revoked").user == hr


def test_revoking_needs_a_known_reason(learner, curriculum, hr):
    certificate = finish(learner, curriculum)
    with pytest.raises(ValueError):
        services.revoke_certificate(certificate, by=hr, reason="mood")
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


def test_revoked_before_it_was_drawn_is_never_drawn(learner, curriculum, hr):
    certificate = finish(learner, curriculum)
    services.revoke_certificate(certificate, by=hr, reason="issued_in_error")
    assert not issuing.draw_and_store(certificate.pk)


def test_revoked_certificate_is_not_awarded_again(learner, curriculum, hr):
    certificate = finish(learner, curriculum)
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    assert services.award_certificate(certificate.enrolment) == certificate


def test_second_person_confirms_a_withdrawal_once(withdrawn, second_hr):
    first = revoking.uphold_revocation(withdrawn, by=second_hr, note="Read it")
    again = revoking.uphold_revocation(withdrawn, by=second_hr)
    assert first.revocation_confirmed_at == again.revocation_confirmed_at
    assert kinds(withdrawn)[-2:] == [Kind.REVOKED, Kind.UPHELD]
    event = withdrawn.events.get(kind=Kind.UPHELD)
    assert (event.by, event.note, event.at) == (second_hr, "Read it", first.revocation_confirmed_at)
    assert ModelLogEntry.objects.get(action="certificates.upheld").user == second_hr


def test_second_person_gives_it_back(withdrawn, second_hr):
    certificate = revoking.reinstate_certificate(withdrawn, by=second_hr)
    assert certificate.revoked_at is None and certificate.revocation_confirmed_at is None
    assert (certificate.revoked_reason, verification.check(certificate.code).reason) == ("", "")
    assert kinds(withdrawn)[-2:] == [Kind.REVOKED, Kind.REINSTATED]
    with pytest.raises(revoking.NotRevoked):
        revoking.reinstate_certificate(withdrawn, by=second_hr)


def test_what_was_given_back_and_withdrawn_again_says_the_later_reason(withdrawn, hr, second_hr):
    revoking.reinstate_certificate(withdrawn, by=second_hr)
    services.revoke_certificate(withdrawn, by=second_hr, reason="left")
    assert verification.check(withdrawn.code).reason == "No longer in the programme"
    with pytest.raises(revoking.SamePerson):
        revoking.uphold_revocation(withdrawn, by=second_hr)
    assert revoking.uphold_revocation(withdrawn, by=hr)


@pytest.mark.parametrize("answer", [revoking.uphold_revocation, revoking.reinstate_certificate])
def test_neither_who_withdrew_nor_the_holder_answers(withdrawn, hr, learner, answer):
    for person in (hr, learner):
        with pytest.raises(revoking.SamePerson):
            answer(withdrawn, by=person)
    assert kinds(withdrawn)[-1] == Kind.REVOKED


def test_confirmed_withdrawal_is_not_given_back(withdrawn, second_hr):
    revoking.uphold_revocation(withdrawn, by=second_hr)
    with pytest.raises(revoking.AlreadyUpheld):
        revoking.reinstate_certificate(withdrawn, by=second_hr)


def test_certificate_that_is_not_withdrawn_has_nothing_to_confirm(learner, curriculum, second_hr):
    with pytest.raises(revoking.NotRevoked):
        revoking.uphold_revocation(finish(learner, curriculum), by=second_hr)


def test_given_back_before_it_was_drawn_is_drawn(learner, curriculum, hr, second_hr):
    certificate = finish(learner, curriculum)
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    DBTaskResult.objects.all().delete()
    revoking.reinstate_certificate(certificate, by=second_hr)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(certificate.pk)]
    assert drawn(certificate).pdf_sha256


@pytest.mark.parametrize(("make", "lacking"), [(finish, 2), (issued, 1)])
def test_given_back_is_drawn_by_the_sweep_that_had_put_it_aside(
    learner, curriculum, hr, second_hr, time_machine_at, make, lacking
):
    """The certificate and its card, or the card alone; no task is left."""
    certificate = make(learner, curriculum)
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    CertificatePayload.objects.update(next_try_at=timezone.now())
    assert sweeping.sweep() == 0
    revoking.reinstate_certificate(certificate, by=second_hr)
    with time_machine_at(days=1):
        assert (sweeping.sweep(), sweeping.sweep()) == (lacking, 0)
    assert CertificatePayload.objects.get().next_try_at is None


def test_blocked_one_that_is_given_back_waits_for_what_blocks_it(learner, curriculum, hr, second_hr):
    learner.given_names = "שרה"
    learner.save()
    certificate = finish(learner, curriculum)
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    revoking.reinstate_certificate(certificate, by=second_hr)
    assert CertificatePayload.objects.get().next_try_at is None


def test_only_a_withdrawn_certificate_is_confirmed_as_withdrawn(learner, curriculum):
    certificate = issued(learner, curriculum)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(revocation_confirmed_at=certificate.drawn_at)


def test_erased_certificate_is_still_withdrawn_and_answered(learner, curriculum, hr, second_hr):
    certificate = issued(learner, curriculum)
    certificate.payload.delete()
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    assert revoking.uphold_revocation(certificate, by=second_hr).revocation_confirmed_at


def test_certificate_is_let_stand_once_until_another_result_is_taken_back(learner, curriculum, trainer, hr):
    certificate = issued(learner, curriculum)
    assert not revoking.keep_certificate(certificate, by=hr)
    flag_completion(learner.completions.get(kind="quiz"), by=trainer, reason="Regraded")
    assert revoking.keep_certificate(certificate, by=hr, note="Still above the mark")
    assert not revoking.keep_certificate(certificate, by=hr)
    flag_completion(learner.completions.get(kind="practical"), by=trainer, reason="Voided")
    assert revoking.keep_certificate(certificate, by=hr)
