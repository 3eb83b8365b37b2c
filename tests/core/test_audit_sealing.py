"""What is changed, taken out, put in or cut off is found and named."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from lms.core.audit import checking, sealing
from lms.core.models import Seal, SealedEntry
from lms.core.wagtail_hooks import seal_audit_log


@pytest.fixture
def entries(learner, hr, monkeypatch):
    """Five looks at a person and one at a page, sealed two by two."""
    monkeypatch.setattr(sealing, "BATCH", 2)
    for number in range(5):
        log(learner, "reports.view_person", user=hr, title=learner.staff_number, data={"number": number})
    log(Page.objects.get(depth=1), "wagtail.edit", user=hr)
    assert sealing.seal() == 6
    return list(ModelLogEntry.objects.order_by("pk"))


def long_ago(entry) -> None:
    type(entry).objects.filter(pk=entry.pk).update(timestamp=timezone.now() - timedelta(minutes=11))


def run(**options) -> tuple[str, str, int]:
    out, err = StringIO(), StringIO()
    try:
        call_command("audit_check", stdout=out, stderr=err, **options)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), end.code
    return out.getvalue(), err.getvalue(), 0


def test_every_entry_is_sealed_once(entries):
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert SealedEntry.objects.count() == 6
    assert sealing.seal() == 0
    assert checking.check().faults == []


def test_a_changed_entry_is_named(entries):
    ModelLogEntry.objects.filter(pk=entries[2].pk).update(label="X000000")
    assert checking.check().faults == [f"Entry model {entries[2].pk} was changed (seal 2)."]


@pytest.mark.parametrize("change", [{"user": None}, {"data": {}}, {"action": "wagtail.edit"}, {"object_id": "1"}])
def test_every_field_that_says_something_counts(entries, change):
    ModelLogEntry.objects.filter(pk=entries[0].pk).update(**change)
    assert len(checking.check().faults) == 1


def test_a_missing_entry_is_named(entries):
    entries[4].delete()
    PageLogEntry.objects.all().delete()
    assert [fault.split(" is ")[1] for fault in checking.check().faults] == ["missing (seal 3)."] * 2


def test_a_missing_seal_is_named(entries):
    SealedEntry.objects.filter(seal=2).delete()
    Seal.objects.filter(number=2).delete()
    assert any("Seal 3 does not follow" in fault for fault in checking.check().faults)


def test_a_rewritten_seal_is_named(entries):
    ModelLogEntry.objects.filter(pk=entries[0].pk).update(label="X000000")
    row = SealedEntry.objects.get(log="model", entry=entries[0].pk)
    row.digest = sealing.entries.digests("model", [entries[0].pk])[row.entry]
    row.save()
    assert checking.check().faults == ["Seal 1 was changed: its hash is not that of what it covers."]


def test_an_entry_put_in_with_an_old_date_is_found(entries, learner, hr):
    late = log(learner, "reports.view_person", user=hr, timestamp=timezone.now() - timedelta(days=30))
    sealing.seal()
    assert checking.check().faults == [f"Entry model {late.pk} is older than 10 minutes and in no seal."]


def test_what_is_just_written_may_wait_for_its_seal(entries, learner, hr):
    fresh = log(learner, "reports.view_person", user=hr)
    assert checking.check().faults == []
    long_ago(fresh)
    assert len(checking.check().faults) == 1


def test_the_end_cut_off_is_seen_only_against_a_head_from_elsewhere(entries):
    head = Seal.objects.get(number=3)
    ModelLogEntry.objects.filter(pk=entries[4].pk).delete()
    PageLogEntry.objects.all().delete()
    SealedEntry.objects.filter(seal=3).delete()
    head.delete()
    assert run()[2] == 0
    _out, err, code = run(expect=f"3:{head.hash}")
    assert code == 1 and "cut off" in err


def test_a_head_of_before_still_holds(entries, learner, hr):
    head = run()[0].split("Head: ")[1].strip()
    log(learner, "reports.view_person", user=hr)
    sealing.seal()
    assert run(expect=head)[2] == 0


def test_the_command_says_what_is_wrong(entries):
    entries[0].delete()
    out, err, code = run()
    assert code == 1 and "6 entries in 3 seals, 1 wrong." in out and "is missing" in err


def test_a_head_that_is_none_is_refused(db):
    with pytest.raises(CommandError):
        call_command("audit_check", expect="nonsense")


def test_an_empty_log_is_in_order(db):
    assert run()[:1] == ("0 entries in 0 seals, 0 wrong.\nHead: none yet\n",)


def test_of_two_at_once_one_stops(entries, learner, hr, monkeypatch):
    """The second read the chain's end before the first wrote: the constraints let it write nothing."""
    log(learner, "reports.view_person", user=hr)
    second = Seal.objects.get(number=2)
    monkeypatch.setattr(Seal.objects, "order_by", lambda field: Seal.objects.filter(number=second.number))
    assert sealing.seal() == 0
    with pytest.raises(IntegrityError):
        Seal.objects.create(number=9, previous_hash=second.hash, hash="f" * 64)


def test_a_killed_run_leaves_nothing_unsealed(learner, hr, monkeypatch):
    """Days of entries in both logs, of which only the first batch was sealed."""
    monkeypatch.setattr(sealing, "BATCH", 2)
    for days in (5, 4, 1):
        log(learner, "reports.view_person", user=hr, timestamp=timezone.now() - timedelta(days=days))
    log(Page.objects.get(depth=1), "wagtail.edit", user=hr, timestamp=timezone.now() - timedelta(days=3))
    batches = sealing._batches(None)
    assert sealing._seal(next(batches))
    assert sealing.seal() == 2
    assert checking.check().faults == []


def test_what_is_written_after_a_clock_ran_ahead_is_sealed(learner, hr):
    log(learner, "reports.view_person", user=hr, timestamp=timezone.now() + timedelta(days=365))
    sealing.seal()
    log(learner, "reports.view_person", user=hr)
    assert sealing.seal() == 1


def test_a_seal_with_another_time_is_named(entries):
    Seal.objects.filter(number=2).update(sealed_at=timezone.now() - timedelta(days=30))
    assert checking.check().faults == ["Seal 2 was changed: its hash is not that of what it covers."]


def test_the_tick_seals_and_says_what_broke(entries, learner, hr, caplog):
    log(learner, "reports.view_person", user=hr)
    ModelLogEntry.objects.filter(pk=entries[4].pk).update(label="X000000")
    seal_audit_log()
    assert Seal.objects.count() == 4
    assert f"Entry model {entries[4].pk} was changed" in caplog.text
