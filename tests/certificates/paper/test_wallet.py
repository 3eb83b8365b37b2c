import hashlib

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates import keys, services
from certificates.award import filing, sweeping
from certificates.models import Certificate, CertificateEvent, CertificatePayload
from certificates.paper import card, wallet
from certificates.tasks import draw_card, draw_certificate
from tests.factories.certificates import finish, issued

Kind = CertificateEvent.Kind


def fails(*said):
    raise RuntimeError("no paper")


def fresh(certificate) -> Certificate:
    return Certificate.objects.select_related("payload").get(pk=certificate.pk)


def due(certificate) -> None:
    CertificatePayload.objects.filter(pk=certificate.pk).update(next_try_at=timezone.now())


def test_card_is_a_task_of_its_own_after_the_certificate(learner, curriculum):
    certificate = finish(learner, curriculum)
    DBTaskResult.objects.all().delete()
    draw_certificate.call(str(certificate.pk))
    assert DBTaskResult.objects.get().task_path == "certificates.tasks.draw_card"
    assert draw_card.call(str(certificate.pk))


def test_card_is_signed_stored_and_vouched_for_once(learner, curriculum):
    certificate = issued(learner, curriculum)
    assert (wallet.draw_and_store(certificate.pk), wallet.draw_and_store(certificate.pk)) == (True, False)
    certificate = fresh(certificate)
    stored = wallet.stored_card(certificate)
    unsigned = card.draw(certificate.payload.snapshot, certificate.payload.credential)
    assert stored.startswith(unsigned) and b"/ETSI.CAdES.detached" in stored[len(unsigned) :]
    event = certificate.events.get(kind=Kind.CARD_DRAWN)
    assert event.facts == {"card_sha256": hashlib.sha256(stored).hexdigest(), "kid": certificate.kid}
    assert certificate.payload.next_try_at is None


def test_card_waits_for_its_certificate(learner, curriculum):
    assert not wallet.draw_and_store(finish(learner, curriculum).pk)


def test_withdrawn_certificate_gets_no_card(learner, curriculum, hr):
    certificate = issued(learner, curriculum)
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    assert not wallet.draw_and_store(certificate.pk)


def test_sweep_draws_the_card_that_a_kill_left_out(learner, curriculum):
    certificate = issued(learner, curriculum)
    due(certificate)
    assert (sweeping.sweep(), sweeping.sweep()) == (1, 0)
    assert fresh(certificate).card_sha256


def test_card_that_fails_five_times_holds_up_nothing_and_can_be_tried_again(learner, curriculum, hr, monkeypatch):
    certificate = issued(learner, curriculum)
    with monkeypatch.context() as patched:
        patched.setattr(card, "draw", fails)
        for _ in range(7):
            due(certificate)
            sweeping.sweep()
    payload = fresh(certificate).payload
    assert (payload.card_tries, payload.next_try_at, payload.blocked_reason) == (5, None, "")
    assert payload.last_failure == "Something unforeseen: RuntimeError."
    assert services.try_again(certificate, by=hr)
    due(certificate)
    assert sweeping.sweep() == 1


@pytest.mark.parametrize("away", [keys.NoKey("Kenya has no key."), keys.ClockWentBack("The clock."), OSError()])
def test_card_goes_on_when_key_clock_or_store_are_back(learner, curriculum, monkeypatch, time_machine_at, away):
    certificate = issued(learner, curriculum)

    def raises(*said):
        raise away

    with monkeypatch.context() as patched:
        patched.setattr(filing, "put", raises)
        for _ in range(7):
            due(certificate)
            assert sweeping.sweep() == 0
    payload = fresh(certificate).payload
    assert payload.card_tries == 0 and payload.last_failure
    with time_machine_at(days=1):
        assert sweeping.sweep() == 1


def test_file_of_a_killed_try_is_taken_away(learner, curriculum, monkeypatch, django_capture_on_commit_callbacks):
    certificate = issued(learner, curriculum)
    with monkeypatch.context() as patched:
        patched.setattr(wallet, "_stamp", fails)
        with pytest.raises(RuntimeError):
            wallet.draw_and_store(certificate.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert wallet.draw_and_store(certificate.pk)
    assert len(storages["private"].listdir("certificates")[1]) == 2
