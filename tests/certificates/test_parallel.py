"""Two at once, over connections of their own: each change is made and told once, on SQLite and on PostgreSQL."""

import hashlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.storage import storages
from django.db import connections

from certificates import services
from certificates.award import issuing, revoking
from certificates.chain import checking, sealing
from certificates.models import Certificate, CertificateEvent, CertificatePolicy
from tests.factories.certificates import finish, issued

Kind = CertificateEvent.Kind
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("plain_drawing")]


def at_once(*verbs) -> list:
    """What each answers, or the refusal that it raises."""
    start = Barrier(len(verbs))

    def run(verb):
        start.wait()
        try:
            return verb()
        except (services.NotStanding, services.NothingToChange, revoking.NotRevoked, revoking.Replaced) as refusal:
            return type(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def told(certificate) -> Counter:
    return Counter(certificate.events.values_list("kind", flat=True))


def stored() -> set[str]:
    storage = storages["private"]
    return set(storage.listdir("certificates")[1]) if storage.exists("certificates") else set()


def test_awarded_confirmed_and_drawn_at_once_once(learner, curriculum, hr):
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, needs_confirmation=True)
    certificate = finish(learner, curriculum)
    at_once(*[lambda: services.award_certificate(certificate.enrolment)] * 2)
    at_once(*[lambda: services.confirm_certificate(certificate, by=hr)] * 2)
    assert Certificate.objects.count() == 1
    others = stored()
    drawn = at_once(*[lambda: issuing.draw_and_store(certificate.pk)] * 3)
    assert sum(drawn) == 1
    assert told(certificate) == {Kind.AWARDED: 1, Kind.CONFIRMED: 1, Kind.DRAWN: 1}
    certificate = Certificate.objects.get()
    assert hashlib.sha256(issuing.stored_pdf(certificate)).hexdigest() == certificate.pdf_sha256
    assert len(stored() - others) == 1


def test_withdrawn_confirmed_and_given_back_at_once(learner, curriculum, hr, second_hr):
    certificate = issued(learner, curriculum)
    at_once(*[lambda: services.revoke_certificate(certificate, by=hr, reason="conduct")] * 2)
    assert told(certificate)[Kind.REVOKED] == 1
    answers = at_once(*[lambda: revoking.reinstate_certificate(certificate, by=second_hr)] * 2)
    assert answers.count(revoking.NotRevoked) == 1
    assert told(certificate)[Kind.REINSTATED] == 1


def test_corrected_at_once_and_withdrawn_meanwhile(learner, curriculum, hr):
    certificate = issued(learner, curriculum)

    def correct():
        return services.correct_name(certificate, by=hr, given_names="Amina", family_name="Were")

    answers = at_once(correct, correct, lambda: services.revoke_certificate(certificate, by=hr, reason="conduct"))
    made = Certificate.objects.filter(supersedes=certificate).count()
    assert made == 2 - answers.count(services.NotStanding)
    assert told(certificate)[Kind.SUPERSEDED] == made
    assert made + told(certificate)[Kind.REVOKED] == 1


def test_sealed_at_once_does_not_fork(learner, other_learner, curriculum):
    issued(learner, curriculum)
    issued(other_learner, curriculum)
    assert sum(at_once(*[sealing.seal] * 3)) == 4
    assert checking.check().faults == []
