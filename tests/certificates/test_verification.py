from datetime import timedelta

import pytest
from django.utils import timezone

from certificates import codes, limits, services, verification
from certificates.models import Certificate
from certificates.verification import State
from tests.factories.certificates import finish, issued, review_everything

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
    services.revoke_certificate(certificate, by=hr, reason="issued_in_error")
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
    with django_assert_num_queries(1):
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
