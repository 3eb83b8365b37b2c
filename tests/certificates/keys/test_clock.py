"""A clock that ran ahead once stops signing until an administrator has looked, and no longer."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from certificates import keys
from certificates.award import issuing, sweeping
from certificates.keys import changes, checking, clock, roots
from certificates.models import Certificate, IssuerKey
from tests.factories.certificates import finish, issued

pytestmark = pytest.mark.usefixtures("plain_drawing", "place")
YEAR = timedelta(days=365)


@pytest.fixture
def early(learner, curriculum, kenya) -> Certificate:
    """Drawn by a key of today while the clock was a year ahead."""
    keys.signing_key("KE")
    with time_machine.travel(timezone.now() + YEAR):
        return issued(learner, curriculum)


@pytest.fixture
def run(capsys):
    def run(*words) -> str:
        call_command("certificate_keys", "clock", *words)
        return capsys.readouterr().out

    return run


def in_time(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_blocked_sentence_names_the_command_that_lets_it_go_on(early, other_learner, curriculum, run):
    waiting = finish(other_learner, curriculum)
    assert not issuing.draw_and_store(waiting.pk)
    waiting.payload.refresh_from_db()
    assert waiting.payload.blocked_reason.endswith("certificate_keys clock")
    assert "certificate_keys clock --accept" in run()
    run("--accept")
    sweeping.resume()
    assert issuing.draw_and_store(waiting.pk)


def test_acceptance_is_in_the_audit_log_with_the_newest_date(early, run):
    assert "Noted in the audit log" in run("--accept")
    entry = ModelLogEntry.objects.get(action=clock.ACCEPTED)
    assert registry.action_exists(entry.action) and entry.label == early.printed_code
    assert (entry.data["newest"], entry.data["certificates"]) == (early.drawn_at.isoformat(), 1)


def test_what_is_dated_later_is_named_until_hr_has_withdrawn_it(early, run):
    run("--accept")
    assert f"To be withdrawn by HR and issued anew: {early.printed_code} (KE)" in run()
    assert any("1 certificates carry a date in the future" in said for said in checking.warnings())
    Certificate.objects.update(revoked_at=timezone.now(), revoked_reason="issued_in_error")
    assert "To be withdrawn" not in run()
    assert not any("in the future" in said for said in checking.warnings())


def test_nothing_is_accepted_where_nothing_is_ahead(learner, curriculum, run):
    issued(learner, curriculum)
    with pytest.raises(CommandError, match="No certificate is dated later"):
        run("--accept")
    assert "later date" not in run() and not ModelLogEntry.objects.filter(action=clock.ACCEPTED).exists()


def test_it_is_accepted_once(early, run):
    run("--accept")
    with pytest.raises(CommandError, match="accepted before"):
        run("--accept")


def test_clock_that_goes_back_afterwards_is_found(early, other_learner, curriculum, run):
    run("--accept")
    with in_time(-1), pytest.raises(keys.ClockWentBack):
        keys.signing_key("KE")
    with in_time(30):
        issued(other_learner, curriculum)
    with in_time(29), pytest.raises(keys.ClockWentBack):
        keys.signing_key("KE")
    with in_time(31):
        assert keys.signing_key("KE")


def test_clock_that_runs_ahead_again_is_found(early, other_learner, curriculum, run):
    run("--accept")
    with in_time(90):
        issued(other_learner, curriculum)
    with pytest.raises(keys.ClockWentBack):
        keys.signing_key("KE")
    run("--accept")
    assert keys.signing_key("KE")


def test_key_that_was_made_ahead_is_to_be_replaced(kenya, run):
    with in_time(365):
        keys.signing_key("KE")
    assert f"{IssuerKey.objects.get().kid} was made in the future. Run: certificate_keys rotate KE" in run()
    changes.rotate(kenya, roots.by_itself())
    assert keys.signing_key("KE") and "rotate" not in run()
