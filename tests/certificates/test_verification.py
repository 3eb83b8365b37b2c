from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from certificates import limits, services, verification
from certificates.models import Certificate, CertificateEvent, CheckCount
from certificates.proof import codes
from certificates.verification import State
from lms.learning.models import Enrolment
from tests.factories.certificates import finish, issued, review_everything
from tests.factories.register import registered

TODAY = timezone.localdate


def test_valid_today(learner, curriculum):
    certificate = issued(learner, curriculum)
    answer = verification.check(codes.printed(certificate.code).lower())
    assert (answer.state, answer.certificate, answer.since) == (State.VALID, certificate, TODAY())


def test_valid_on_its_last_day_and_expired_after_it(learner, curriculum):
    certificate = issued(learner, curriculum)
    last = certificate.valid_until
    assert verification.check(certificate.code, on=last).state == State.VALID
    assert verification.check(certificate.code, on=last + timedelta(days=1)).state == State.EXPIRED


@pytest.mark.parametrize("country, state", [("GH", State.VALID), ("KE", State.EXPIRED)])
def test_last_day_ends_by_the_clock_of_the_country(learner, country, state):
    """At 21:30 in Accra it is 00:30 in Nairobi, where the site's clock hangs."""
    last = date(2026, 11, 30)
    certificate = registered(learner, country_code=country, awarded_on=last, valid_until=last)
    with time_machine.travel(datetime(2026, 11, 30, 21, 30, tzinfo=UTC), tick=False):
        assert verification.check(certificate.code).state == verification.judged(certificate).state == state
        certificate.revoked_at = certificate.superseded_at = timezone.now()
    days = {"GH": last, "KE": last + timedelta(days=1)}
    assert verification.judged(certificate).since == days[country]
    certificate.revoked_at = None
    assert verification.judged(certificate).since == days[country]


def test_typing_error_is_told_from_unknown(db):
    code = codes.new()
    assert verification.check(code).state == State.UNKNOWN
    assert verification.check(code[:-1]).state == State.TYPING_ERROR


def test_not_yet_drawn_is_unknown(learner, curriculum):
    assert verification.check(finish(learner, curriculum).code).state == State.UNKNOWN


def test_states_are_asked_in_their_order(learner, curriculum, hr):
    """Each later fact is still true when an earlier one hides it."""
    certificate = issued(learner, curriculum)
    later = certificate.valid_until + timedelta(days=1)
    assert verification.check(certificate.code, on=later).state == State.EXPIRED
    services.correct_name(certificate, by=hr, given_names="Amina", family_name="Were")
    assert verification.check(certificate.code, on=later).state == State.SUPERSEDED
    Certificate.objects.filter(pk=certificate.pk).update(
        revoked_at=timezone.now(), revoked_reason=CertificateEvent.Reason.ISSUED_IN_ERROR
    )
    answer = verification.check(certificate.code, on=later)
    assert (answer.state, answer.reason, answer.since) == (State.REVOKED, "Issued in error", TODAY())
    assert [state.name for state in State] == ["TYPING_ERROR", "UNKNOWN", "REVOKED", "SUPERSEDED", "EXPIRED", "VALID"]


def test_revoked_before_it_was_drawn_is_unknown(learner, curriculum, hr):
    certificate = finish(learner, curriculum)
    services.revoke_certificate(certificate, by=hr, reason="issued_in_error")
    assert verification.check(certificate.code).state == State.UNKNOWN


@pytest.mark.parametrize("reviewed, specimen", [(True, False), (False, True)])
def test_specimen_is_said_in_every_state(learner, curriculum, hr, reviewer, reviewed, specimen):
    if reviewed:
        review_everything(curriculum, reviewer)
    certificate = issued(learner, curriculum)
    assert verification.check(certificate.code).specimen is specimen
    assert verification.check(certificate.code, on=certificate.valid_until + timedelta(days=9)).specimen is specimen
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    assert verification.check(certificate.code).specimen is specimen


@pytest.mark.parametrize("state", ["unknown", "undrawn"])
def test_unknown_and_undrawn_ask_the_same_questions(learner, curriculum, django_assert_num_queries, state):
    code = codes.new() if state == "unknown" else finish(learner, curriculum).code
    with django_assert_num_queries(2):  # the second counts that it was unknown
        verification.check(code)


def test_family_name_matches_without_marks(learner, curriculum):
    certificate = issued(learner, curriculum)
    assert verification.name_matches(certificate, "ótieno")
    assert verification.name_matches(certificate, "Amina Otieno")
    assert not verification.name_matches(certificate, "Amina")


def test_sixth_name_within_the_hour_is_refused_for_this_code_only(learner, other_learner, curriculum):
    certificate, other = issued(learner, curriculum), issued(other_learner, curriculum)
    for guess in ("A", "B", "C", "D", "E"):
        assert not verification.name_matches(certificate, guess)
    with pytest.raises(limits.TooManyNames):
        verification.name_matches(certificate, "Otieno")
    assert verification.name_matches(other, "Wanjiru")


def test_name_may_be_tried_again_after_an_hour(learner, curriculum, time_machine_at):
    certificate = issued(learner, curriculum)
    for guess in ("A", "B", "C", "D", "E"):
        verification.name_matches(certificate, guess)
    with time_machine_at(days=1 / 20):
        assert verification.name_matches(certificate, "Otieno")


def test_erased_payload_matches_nothing(learner, curriculum):
    certificate = issued(learner, curriculum)
    certificate.payload.delete()
    assert not verification.name_matches(Certificate.objects.get(pk=certificate.pk), "Otieno")
    assert verification.check(certificate.code).state == State.VALID


def test_unknown_codes_alarm_once_a_day_without_saying_which(db, caplog, monkeypatch):
    monkeypatch.setattr(limits, "ENOUGH", 20)
    for number in range(19):
        limits.count_check(f"10.0.0.{number}")
        verification.check(codes.new())
    assert not limits.checks_on(0).is_alarming and not caplog.records
    for number in range(3):
        limits.count_check(f"10.0.1.{number}")
        verification.check(codes.new())
    assert limits.checks_on(0) == limits.Day(checks=22, unknown=22)
    assert limits.checks_on(0).is_alarming and not limits.checks_on(1).is_alarming
    assert [record.message for record in caplog.records] == [
        "more than one in a hundred of the codes checked today are unknown"
    ]


@pytest.mark.parametrize("checks, unknown, alarms", [(299, 299, False), (300, 3, False), (300, 4, True), (0, 0, False)])
def test_one_in_a_hundred_is_borne(checks, unknown, alarms):
    assert limits.Day(checks, unknown).is_alarming is alarms


def test_counts_hold_no_address_and_no_code_and_are_forgotten(db, time_machine_at):
    code = codes.new()
    limits.count_check("10.0.0.1")
    limits.count_name(code)
    kept = str(list(CheckCount.objects.values()))
    assert CheckCount.objects.count() == 3 and "10.0.0.1" not in kept and code not in kept
    limits.forget()
    assert CheckCount.objects.count() == 3
    with time_machine_at(3):
        limits.forget()
    assert not CheckCount.objects.exists()


def test_expired_in_grace_says_that_a_renewal_is_in_progress(learner, curriculum, django_assert_max_num_queries):
    certificate = issued(learner, curriculum)
    soon = certificate.valid_until + timedelta(days=20)
    assert not verification.check(certificate.code, on=soon).renewing
    Enrolment.objects.create(
        person=learner,
        programme_key=certificate.programme_key,
        programme_code=certificate.programme_code,
        programme_version=1,
        country=learner.country,
        cycle=2,
    )
    with django_assert_max_num_queries(3):
        assert verification.check(certificate.code, on=soon).renewing
    assert not verification.check(certificate.code, on=certificate.valid_until).renewing
    assert not verification.check(certificate.code, on=soon + timedelta(days=60)).renewing
