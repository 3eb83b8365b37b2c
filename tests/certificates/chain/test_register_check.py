"""What somebody changed by hand in the database or in the store is found and named."""

import io
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from certificates import rights, services
from certificates.award import revoking
from certificates.chain import checking, register, sealing
from certificates.models import Certificate, CertificateEvent, CertificatePolicy, CertificateSeal
from lms.people.merging import merge
from tests.factories.certificates import finish, issued
from tests.factories.people import make_person

CERTIFICATE = "UPDATE certificates_certificate SET {} WHERE code = '{code}'"
EVENT = "UPDATE certificates_certificateevent SET {} WHERE kind = 'revoked'"
SEAL = "UPDATE certificates_certificateseal SET {} WHERE number = 2"

CHANGES = [
    (CERTIFICATE.format("title = 'Doctor'", code="{code}"), "{printed}: its row and its events do not agree on"),
    (CERTIFICATE.format("valid_until = '2099-12-31'", code="{code}"), "do not agree on «valid_until»."),
    (CERTIFICATE.format("specimen = false", code="{code}"), "events do not agree on «specimen»."),
    (CERTIFICATE.format("revoked_at = NULL, revoked_reason = ''", code="{code}"), "do not agree on «revoked_at»."),
    (CERTIFICATE.format("revoked_reason = 'left'", code="{code}"), "events do not agree on «revoked_reason»."),
    (CERTIFICATE.format("revocation_confirmed_at = revoked_at", code="{code}"), "agree on «revocation_confirmed_at»."),
    (CERTIFICATE.format("superseded_at = revoked_at", code="{code}"), "do not agree on «superseded_at»."),
    (CERTIFICATE.format("confirmed_at = revoked_at", code="{code}"), "do not agree on «confirmed_at»."),
    (CERTIFICATE.format("holder_id = '{other}'", code="{code}"), "{printed}: its row names another holder than"),
    (CERTIFICATE.format("pdf_sha256 = 'f'", code="{code}"), "names another file or another key than its events."),
    (CERTIFICATE.format("kid = 'f'", code="{code}"), "names another file or another key than its events."),
    (CERTIFICATE.format("card_sha256 = 'f'", code="{code}"), "names another wallet card than its events."),
    ("UPDATE certificates_certificatepayload SET snapshot = '{{}}'", "{printed}: what it says was changed."),
    ("UPDATE certificates_certificatepayload SET credential = 'A'", "{printed}: what its square says was changed."),
    ("DELETE FROM certificates_certificatepayload", "{printed}: what it says is gone, and no event tells why."),
    (EVENT.format("reason = 'left'"), "Event {event} of {printed}, revoked: was changed (seal 2)."),
    (EVENT.format("facts = '{{}}'"), "Event {event} of {printed}, revoked: was changed (seal 2)."),
    (EVENT.format("kind = 'kept'"), "Event {event} of {printed}, kept: was changed (seal 2)."),
    (EVENT.format("note = 'No'"), "Event {event} of {printed}, revoked: its note was changed."),
    (EVENT.format("note = '', note_salt = ''"), "{printed}: a note is gone, and no event tells why."),
    (EVENT.format("seal_id = 1"), "Event {event} of {printed}, revoked: was put in or moved (seal 1)."),
    (EVENT.format("by_id = '{other}'"), "Event {event} of {printed}, revoked: who did it was changed."),
    ("DELETE FROM certificates_certificateevent WHERE kind = 'revoked'", "Event {event} is missing (seal 2)."),
    (SEAL.format("covers = '[]'"), "Seal 2 was changed: its hash is not that of what it covers."),
    (SEAL.format("sealed_at = '2026-01-01 00:00Z'"), "Seal 2 was changed: its hash is not that of what it covers."),
    (SEAL.format("previous_hash = 'f'"), "Seal 2 does not follow the one before it: one is missing or was changed."),
    ("DELETE FROM certificates_certificateevent WHERE kind = 'awarded'", "{printed}: 0 events say that it was"),
]  # fmt: skip


@pytest.fixture
def withdrawn(learner, curriculum, hr) -> Certificate:
    """Issued and sealed; withdrawn and sealed."""
    certificate = issued(learner, curriculum)
    sealing.seal()
    services.revoke_certificate(certificate, by=hr, reason="conduct", note="See file 12")
    sealing.seal()
    return certificate


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def faults() -> list[str]:
    rows = [fault for _certificate, found in register.faults() for fault in found]
    return [*checking.check().faults, *rows]


def checked(**options) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("register_check", stdout=out, stderr=err, **options)
    except SystemExit as left:
        return left.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_register_that_nobody_touched_is_right(withdrawn):
    code, out, err = checked()
    last = CertificateSeal.objects.last()
    assert (code, err) == (0, "")
    assert out == f"1 certificates, 3 events in 2 seals, 0 wrong.\nHead: 2:{last.hash}\n"


def test_every_change_by_hand_is_found_and_named(withdrawn, other_learner):
    words = {"code": withdrawn.code, "printed": withdrawn.printed_code, "other": other_learner.pk.hex}
    words["event"] = CertificateEvent.objects.get(kind="revoked").pk
    if connection.vendor != "sqlite":
        words["other"] = other_learner.pk
    for sql, fault in CHANGES:
        with undone():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED" if connection.vendor != "sqlite" else "SELECT 1")
                cursor.execute(sql.format(**words))
            assert any(fault.format(**words) in found for found in faults()), sql
    assert faults() == []


def test_award_that_waits_is_confirmed_by_an_event_only(learner, curriculum, hr):
    CertificatePolicy.objects.create(programme_key=curriculum.programme.translation_key, needs_confirmation=True)
    waiting = finish(learner, curriculum)
    award = CertificateEvent.objects.get(kind="awarded")
    assert faults() == [] and award.facts["confirmed"] is False
    with undone():
        Certificate.objects.update(confirmed_at=award.at)
        assert f"{waiting}: its row and its events do not agree on «confirmed_at»." in faults()
    services.confirm_certificate(waiting, by=hr)
    assert faults() == []


def test_award_that_need_not_wait_does_not_begin_to(learner, curriculum):
    certificate = finish(learner, curriculum)
    assert faults() == []
    Certificate.objects.update(confirmed_at=None)
    assert faults() == [f"{certificate}: its row and its events do not agree on «confirmed_at»."]


def test_merged_record_leads_on_to_the_holder(withdrawn, learner, other_learner, hr):
    third = make_person("Amina", "Otieno")
    merge(other_learner, learner, take=[], why="Both cards seen", by=hr)
    merge(third, other_learner, take=[], why="Both cards seen", by=hr)
    withdrawn.refresh_from_db()
    assert withdrawn.holder == third and faults() == []


def test_check_ends_with_one_and_names_the_fault(withdrawn):
    Certificate.objects.filter(pk=withdrawn.pk).update(revoked_at=timezone.now())
    code, out, err = checked(no_files=True)
    assert code == 1 and "1 wrong." in out
    assert err == f"{withdrawn.printed_code}: its row and its events do not agree on «revoked_at».\n"


def test_file_that_is_another_or_gone_is_named(withdrawn):
    storage, name = withdrawn.payload.pdf.storage, withdrawn.payload.pdf.name
    storage.delete(name)
    assert f"{withdrawn}: the file is missing from the store." in faults()
    storage.save(name, ContentFile(b"%PDF another"))
    assert f"{withdrawn}: the file in the store is not the one that was stored." in faults()


def test_event_put_in_with_an_old_date_is_named(withdrawn):
    long_ago = timezone.now() - timedelta(days=1)
    put_in = CertificateEvent.objects.create(certificate=withdrawn, kind="kept", at=long_ago)
    assert f"Event {put_in.pk} of {withdrawn}, kept: older than 10 minutes and in no seal." in faults()


def test_chain_that_was_cut_off_is_found_by_its_old_head(withdrawn):
    head = CertificateSeal.objects.last()
    CertificateEvent.objects.filter(seal=head).update(seal=None)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM certificates_certificateseal WHERE number = 2")
    code, _out, err = checked(expect=f"{head.number}:{head.hash}")
    assert code == 1 and "Seal 2 with the hash that was written down is not there" in err


def test_head_to_expect_is_a_line_of_the_command(withdrawn):
    with pytest.raises(CommandError):
        checked(expect="nonsense")


def test_chain_holds_after_an_erasure(withdrawn, learner):
    rights.erase_person(learner)
    sealing.seal()
    event = CertificateEvent.objects.get(kind="revoked")
    assert (event.note, event.note_salt) == ("", "") and event.note_sha256
    assert faults() == []


def test_chain_holds_through_a_whole_life(withdrawn, administrator, hr, learner):
    revoking.reinstate_certificate(withdrawn, by=administrator, note="It was another")
    newer = services.correct_name(withdrawn, by=hr, given_names="Amina", family_name="Were")
    services.revoke_certificate(newer, by=hr, reason="conduct")
    revoking.uphold_revocation(newer, by=administrator)
    sealing.seal()
    assert faults() == []
