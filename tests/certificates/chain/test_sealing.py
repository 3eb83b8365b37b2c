import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from certificates.chain import checking, sealing
from certificates.models import CertificateEvent, CertificateSeal
from tests.factories.certificates import finish, issued


@pytest.fixture
def certificate(learner, curriculum):
    return issued(learner, curriculum)


def test_each_event_is_sealed_once_in_order(certificate):
    assert (sealing.seal(), sealing.seal()) == (2, 0)
    seal = CertificateSeal.objects.get()
    assert [pk for pk, _digest in seal.covers] == list(certificate.events.values_list("pk", flat=True))
    assert set(CertificateEvent.objects.values_list("seal", flat=True)) == {1}


def test_links_follow_each_other(certificate, other_learner, curriculum):
    sealing.seal()
    finish(other_learner, curriculum)
    sealing.seal()
    first, second = CertificateSeal.objects.all()
    assert (second.number, second.previous_hash) == (2, first.hash)
    assert checking.check_newest() == []


def test_many_events_take_several_links(certificate, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 1)
    assert sealing.seal() == 2
    assert CertificateSeal.objects.count() == 2


def test_chain_does_not_fork(certificate):
    sealing.seal()
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateSeal.objects.create(number=2, previous_hash="", hash="other")


def test_who_comes_second_seals_nothing(certificate, monkeypatch):
    """Another process wrote the same link meanwhile."""
    sealing.seal()
    CertificateEvent.objects.filter(seal=1).update(seal=None)
    monkeypatch.setattr(CertificateSeal.objects, "order_by", lambda *fields: CertificateSeal.objects.none())
    assert sealing.seal() == 0
    assert CertificateSeal.objects.count() == 1


def test_tick_seals(certificate):
    call_command("tick")
    assert not CertificateEvent.objects.filter(seal=None).exists()
    assert checking.check().faults == []


def test_tick_tells_what_is_wrong(certificate, caplog):
    sealing.seal()
    CertificateEvent.objects.filter(kind="drawn").update(facts={})
    sealing.seal()
    CertificateSeal.objects.create(number=2, previous_hash=CertificateSeal.objects.get().hash, hash="f" * 64)
    call_command("tick")
    assert "register of certificates: Seal 2 was changed" in caplog.text
