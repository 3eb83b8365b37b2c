import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates import keys, services
from certificates.award import filing, issuing, sweeping
from certificates.models import Certificate, CertificateEvent, CertificatePayload
from certificates.paper import drawing, wallet
from certificates.proof import credential, signing
from certificates.tasks import draw_certificate
from tests.factories.certificates import drawn, finish, issued

Kind = CertificateEvent.Kind

A4_AND_CARD = 2


def left_behind(certificate) -> Certificate:
    """Awarded a while ago; the task that should draw it was lost."""
    DBTaskResult.objects.all().delete()
    due(certificate)
    return certificate


def due(certificate) -> None:
    CertificatePayload.objects.filter(pk=certificate.pk).update(next_try_at=timezone.now())


def payload_of(certificate) -> CertificatePayload:
    return CertificatePayload.objects.get(pk=certificate.pk)


def unreachable(*said):
    raise OSError("no route to host")


def killed(*said, **how):
    raise SystemExit


def fails(*said):
    raise RuntimeError("no paper")


def test_award_enqueues_the_drawing_in_its_transaction(learner, curriculum):
    certificate = finish(learner, curriculum)
    task = DBTaskResult.objects.get(task_path="certificates.tasks.draw_certificate")
    assert task.args_kwargs["args"] == [str(certificate.pk)]


def test_task_stores_the_file_and_its_hash(learner, curriculum):
    certificate = finish(learner, curriculum)
    assert draw_certificate.call(str(certificate.pk))
    certificate = Certificate.objects.get(pk=certificate.pk)
    stored = certificate.payload.pdf.read()
    assert stored.startswith(b"%PDF-1.7")
    assert hashlib.sha256(stored).hexdigest() == certificate.pdf_sha256
    assert stored.startswith(drawing.draw(certificate.payload.snapshot, certificate.payload.credential))


def test_file_name_says_nothing(learner, curriculum):
    certificate = issued(learner, curriculum)
    name = certificate.payload.pdf.name
    assert name.startswith("certificates/") and len(name) == len("certificates/") + 36
    for telling in (certificate.code, learner.staff_number, str(learner.pk), str(certificate.pk)):
        assert telling not in name


def test_drawing_twice_stores_once(learner, curriculum):
    certificate = issued(learner, curriculum)
    assert not issuing.draw_and_store(certificate.pk)
    assert certificate.events.filter(kind=Kind.DRAWN).count() == 1
    assert len(storages["private"].listdir("certificates")[1]) == 1


def test_two_at_once_keep_one_file(learner, curriculum, monkeypatch):
    """Another worker stores while this one draws."""
    certificate, draw = finish(learner, curriculum), drawing.draw

    def slowly(*said):
        monkeypatch.setattr(drawing, "draw", draw)
        assert issuing.draw_and_store(certificate.pk)
        return draw(*said)

    monkeypatch.setattr(drawing, "draw", slowly)
    assert not issuing.draw_and_store(certificate.pk)
    assert certificate.events.filter(kind=Kind.DRAWN).count() == 1
    assert len(storages["private"].listdir("certificates")[1]) == 1


def test_sweep_draws_once_what_a_kill_left_behind(learner, curriculum):
    certificate = left_behind(finish(learner, curriculum))
    assert (sweeping.sweep(), sweeping.sweep()) == (A4_AND_CARD, 0)
    assert certificate.events.filter(kind=Kind.DRAWN).count() == 1


def test_sweep_leaves_the_task_its_two_minutes(learner, curriculum):
    finish(learner, curriculum)
    assert sweeping.sweep() == 0


def test_tick_sweeps(learner, curriculum):
    certificate = left_behind(finish(learner, curriculum))
    call_command("tick")
    certificate.refresh_from_db()
    assert certificate.drawn_at


def test_sweep_goes_on_after_one_that_fails(learner, other_learner, curriculum, monkeypatch):
    first, second = (left_behind(finish(person, curriculum)) for person in (learner, other_learner))
    draw = drawing.draw
    broken = first.payload.snapshot["code"]
    monkeypatch.setattr(drawing, "draw", lambda said, square: fails() if said["code"] == broken else draw(said, square))
    assert sweeping.sweep() == A4_AND_CARD
    second.refresh_from_db()
    assert second.drawn_at


def test_drawing_that_fails_five_times_is_blocked(learner, curriculum, monkeypatch):
    certificate = left_behind(finish(learner, curriculum))
    monkeypatch.setattr(drawing, "draw", fails)
    for _ in range(7):
        sweeping.sweep()
        due(certificate)
    payload = payload_of(certificate)
    assert payload.tries == 5
    reason = "5 tries failed. Something unforeseen: RuntimeError. Tell the administrator."
    assert payload.blocked_reason == reason
    assert certificate.events.filter(kind=Kind.BLOCKED).count() == 1


def test_failed_try_is_told_and_waits_twice_as_long_each_time(learner, curriculum, monkeypatch):
    certificate = finish(learner, curriculum)
    monkeypatch.setattr(drawing, "draw", fails)
    for wait in (2, 4, 8):
        with pytest.raises(RuntimeError):
            issuing.draw_and_store(certificate.pk)
        payload = payload_of(certificate)
        assert payload.last_failure == "Something unforeseen: RuntimeError."
        assert timedelta(minutes=wait - 1) < payload.next_try_at - timezone.now() <= timedelta(minutes=wait)
    assert payload.tries == 3


def test_store_that_does_not_answer_is_told_and_tried_again(learner, curriculum, monkeypatch):
    certificate = left_behind(finish(learner, curriculum))
    with monkeypatch.context() as patched:
        patched.setattr(filing, "put", unreachable)
        assert sweeping.sweep() == 0
    assert payload_of(certificate).last_failure == "The file store did not answer."
    due(certificate)
    assert sweeping.sweep() == A4_AND_CARD
    assert payload_of(certificate).last_failure == ""


def test_file_of_a_try_that_was_killed_is_taken_away_by_the_next(
    learner, curriculum, monkeypatch, django_capture_on_commit_callbacks
):
    """The file is there, the row does not vouch for it yet: as a kill leaves it."""
    certificate = finish(learner, curriculum)
    with monkeypatch.context() as patched:
        patched.setattr(issuing, "_stamp", fails)
        with pytest.raises(RuntimeError):
            issuing.draw_and_store(certificate.pk)
    assert len(storages["private"].listdir("certificates")[1]) == 1
    with django_capture_on_commit_callbacks(execute=True):
        drawn(certificate)
    assert storages["private"].listdir("certificates")[1] == [payload_of(certificate).pdf.name.split("/")[1]]


@pytest.mark.parametrize(("paper", "made"), [(issuing, finish), (wallet, issued)])
def test_try_that_dies_before_its_commit_takes_no_file_away(learner, curriculum, monkeypatch, paper, made):
    """The first one has stored its file and not yet said so, when the second begins and is killed."""
    certificate, stamp = made(learner, curriculum), paper._stamp

    def meanwhile(*said):
        with monkeypatch.context() as patched, pytest.raises(SystemExit):
            patched.setattr(CertificatePayload, "save", killed)
            paper._begin(certificate.pk)
        stamp(*said)

    monkeypatch.setattr(paper, "_stamp", meanwhile)
    assert paper.draw_and_store(certificate.pk)
    payload = payload_of(certificate)
    file = payload.card if paper is wallet else payload.pdf
    assert file.storage.exists(file.name)


@pytest.mark.parametrize(("paper", "made"), [(issuing, finish), (wallet, issued)])
def test_file_that_is_gone_is_not_vouched_for_and_made_again(learner, curriculum, monkeypatch, paper, made):
    certificate = made(learner, curriculum)
    with monkeypatch.context() as patched:
        patched.setattr(filing, "put", lambda file, pdf: None)
        assert not paper.draw_and_store(certificate.pk)
    assert paper.draw_and_store(certificate.pk)


def test_retry_draws_the_same_square(learner, curriculum, monkeypatch):
    certificate = finish(learner, curriculum)
    with monkeypatch.context() as patched:
        patched.setattr(signing, "sign", fails)
        with pytest.raises(RuntimeError):
            issuing.draw_and_store(certificate.pk)
    made = payload_of(certificate).credential
    monkeypatch.setattr(credential, "make", fails)
    assert made and drawn(certificate).payload.credential == made


def test_event_vouches_for_file_key_and_square(learner, curriculum):
    certificate = issued(learner, curriculum)
    facts = certificate.events.get(kind=Kind.DRAWN).facts
    assert facts["pdf_sha256"] == certificate.pdf_sha256
    assert facts["kid"] == certificate.kid == keys.signing_key("KE").kid
    assert facts["credential_sha256"] == hashlib.sha256(certificate.payload.credential.encode()).hexdigest()


def test_missing_key_blocks_and_goes_on_by_itself_once_there_is_one(learner, curriculum, settings):
    settings.MAKE_CERTIFICATE_KEYS = False
    certificate = finish(learner, curriculum)
    assert not issuing.draw_and_store(certificate.pk)
    assert payload_of(certificate).blocked_reason.startswith("Kenya has no key.")
    DBTaskResult.objects.all().delete()
    assert sweeping.resume() == 0
    settings.MAKE_CERTIFICATE_KEYS = True
    assert (sweeping.resume(), sweeping.resume()) == (1, 0)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(certificate.pk)]
    kinds = drawn(certificate).events.values_list("kind", flat=True)
    assert list(kinds) == [Kind.AWARDED, Kind.BLOCKED, Kind.UNBLOCKED, Kind.DRAWN]


def test_what_no_key_mends_does_not_go_on_by_itself(learner, curriculum):
    learner.given_names = "שרה"
    learner.save()
    finish(learner, curriculum)
    assert sweeping.resume() == 0


def test_nothing_is_due_once_it_is_withdrawn(learner, curriculum, hr):
    certificate = left_behind(finish(learner, curriculum))
    services.revoke_certificate(certificate, by=hr, reason="conduct")
    assert sweeping.sweep() == 0
    assert payload_of(certificate).next_try_at is None


def test_missing_library_blocks_with_its_sentence(learner, curriculum, monkeypatch):
    certificate = finish(learner, curriculum)

    def absent(*said):
        raise drawing.MissingLibrary("Drawing needs Pango.")

    monkeypatch.setattr(drawing, "draw", absent)
    assert not issuing.draw_and_store(certificate.pk)
    assert Certificate.objects.get(pk=certificate.pk).payload.blocked_reason == "Drawing needs Pango."


def test_changed_file_is_not_given_out(learner, curriculum):
    certificate = issued(learner, curriculum)
    storage, name = certificate.payload.pdf.storage, certificate.payload.pdf.name
    storage.delete(name)
    storage.save(name, ContentFile(b"%PDF-1.7 another"))
    with pytest.raises(issuing.DamagedFile):
        issuing.stored_pdf(certificate)


def test_only_a_drawn_certificate_has_a_hash(learner, curriculum):
    certificate = finish(learner, curriculum)
    assert certificate.pdf_sha256 == ""
    assert len(drawn(certificate).pdf_sha256) == 64
