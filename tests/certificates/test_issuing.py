import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates import drawing, issuing
from certificates.models import Certificate, CertificateEvent
from certificates.tasks import draw_certificate
from tests.factories.certificates import drawn, finish, issued

Kind = CertificateEvent.Kind


def left_behind(certificate) -> Certificate:
    """Awarded a while ago; the task that should draw it was lost."""
    DBTaskResult.objects.all().delete()
    long_ago = timezone.now() - timezone.timedelta(minutes=3)
    Certificate.objects.filter(pk=certificate.pk).update(confirmed_at=long_ago)
    return certificate


def fails(snapshot):
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
    assert stored == drawing.draw(certificate.payload.snapshot)


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

    def slowly(snapshot):
        monkeypatch.setattr(drawing, "draw", draw)
        assert issuing.draw_and_store(certificate.pk)
        return draw(snapshot)

    monkeypatch.setattr(drawing, "draw", slowly)
    assert not issuing.draw_and_store(certificate.pk)
    assert certificate.events.filter(kind=Kind.DRAWN).count() == 1
    assert len(storages["private"].listdir("certificates")[1]) == 1


def test_sweep_draws_once_what_a_kill_left_behind(learner, curriculum):
    certificate = left_behind(finish(learner, curriculum))
    assert issuing.sweep() == 1
    assert issuing.sweep() == 0
    assert certificate.events.filter(kind=Kind.DRAWN).count() == 1


def test_sweep_leaves_the_task_its_two_minutes(learner, curriculum):
    finish(learner, curriculum)
    assert issuing.sweep() == 0


def test_tick_sweeps(learner, curriculum):
    certificate = left_behind(finish(learner, curriculum))
    call_command("tick")
    certificate.refresh_from_db()
    assert certificate.drawn_at


def test_sweep_goes_on_after_one_that_fails(learner, other_learner, curriculum, monkeypatch):
    first, second = (left_behind(finish(person, curriculum)) for person in (learner, other_learner))
    draw = drawing.draw
    broken = first.payload.snapshot["code"]
    monkeypatch.setattr(drawing, "draw", lambda said: fails(said) if said["code"] == broken else draw(said))
    assert issuing.sweep() == 1
    second.refresh_from_db()
    assert second.drawn_at


def test_drawing_that_fails_five_times_is_blocked(learner, curriculum, monkeypatch):
    certificate = left_behind(finish(learner, curriculum))
    monkeypatch.setattr(drawing, "draw", fails)
    for _ in range(7):
        issuing.sweep()
    payload = Certificate.objects.get(pk=certificate.pk).payload
    assert payload.tries == 5
    assert payload.blocked_reason == "Drawing failed 5 times. Tell the administrator."
    assert certificate.events.filter(kind=Kind.BLOCKED).count() == 1


def test_missing_library_blocks_with_its_sentence(learner, curriculum, monkeypatch):
    certificate = finish(learner, curriculum)

    def absent(snapshot):
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
