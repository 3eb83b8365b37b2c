"""An event that somebody put in with an old date is found after it was sealed too; an honest late one is not."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.log_actions import log

from certificates import services
from certificates.chain import checking, sealing
from certificates.models import Certificate, CertificateEvent
from lms.core.audit import sealing as log_sealing
from tests.factories.certificates import finish, issued


@contextmanager
def days_ago(days: int):
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        yield


@pytest.fixture
def certificate(learner, curriculum) -> Certificate:
    """Issued and sealed sixty days ago."""
    with days_ago(60):
        certificate = issued(learner, curriculum)
        sealing.seal()
    return certificate


def put_in(certificate: Certificate) -> str:
    """By hand, as of thirty days ago, with the row's own time. Returns the fault that names it."""
    then = timezone.now() - timedelta(days=30)
    made = CertificateEvent.objects.create(certificate=certificate, kind="revoked", reason="conduct", at=then)
    Certificate.objects.filter(pk=certificate.pk).update(revoked_at=then, revoked_reason="conduct")
    sealing.seal()
    about = f"Event {made.pk} of {certificate}, revoked"
    return f"{about}: was put in later than it says, or a clock was wrong (seal {{}})."


def test_register_that_went_on_meanwhile_gives_it_away(certificate, other_learner, curriculum):
    with days_ago(10):
        finish(other_learner, curriculum)
        sealing.seal()
    assert checking.check().faults == [] == checking.check_newest()
    fault = put_in(certificate)
    assert checking.check().faults == [fault.format(3)] == checking.check_newest()


def test_audit_log_that_went_on_meanwhile_gives_it_away(certificate, learner, hr):
    with days_ago(10):
        log(learner, "reports.view_person", user=hr)
        log_sealing.seal()
    log(learner, "reports.view_person", user=hr)
    log_sealing.seal()
    fault = put_in(certificate)
    assert checking.check().faults == [fault.format(2)]


def test_tick_that_stood_still_is_no_fault(certificate, hr, learner, other_learner, curriculum, monkeypatch):
    """What happened on several days is sealed on one, in several links."""
    monkeypatch.setattr(sealing, "BATCH", 1)
    with days_ago(20):
        services.revoke_certificate(certificate, by=hr, reason="conduct")
    with days_ago(10):
        finish(other_learner, curriculum)
        log(learner, "reports.view_person", user=hr)
    log_sealing.seal()
    sealing.seal()
    assert checking.check().faults == []


def test_first_seals_of_a_register_are_no_fault(learner, curriculum, hr, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 1)
    with days_ago(20):
        issued(learner, curriculum)
    with days_ago(10):
        log(learner, "reports.view_person", user=hr)
        log_sealing.seal()
    sealing.seal()
    assert checking.check().faults == []


def test_clock_that_ran_ahead_is_no_fault(certificate, hr, learner, other_learner, curriculum):
    """It jumped before the withdrawal was sealed; set right, the tick went on."""
    with days_ago(30):
        services.revoke_certificate(certificate, by=hr, reason="conduct")
    log(learner, "reports.view_person", user=hr)
    log_sealing.seal()
    sealing.seal()
    with days_ago(20):
        log(learner, "reports.view_person", user=hr)
        log_sealing.seal()
        finish(other_learner, curriculum)
        sealing.seal()
    assert checking.check().faults == []
