"""Asking people to learn again what has changed: whom, once, to its end, and leaving certificates to HR."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale

from curriculum.facts.changes import lessons_on
from curriculum.models import Change
from lms.learning import retraining, services
from lms.learning.models import Completion
from lms.learning.services import complete_unit, enrol
from lms.people.models import Role
from tests.factories.certificates import finish
from tests.factories.people import make_person, post

LATER = timedelta(minutes=11)


@pytest.fixture
def lessons(curriculum):
    call_command("rebuild_references_index", verbosity=0)
    return curriculum.lessons


@pytest.fixture
def change(curriculum, lessons, trainer):
    """The first fact of the small curriculum says something else: both lessons cite it."""
    return Change.objects.create(fact=curriculum.facts[0], kind="retrain", reason="WHO 2026", made_by=trainer)


@pytest.fixture
def learned(learner, other_learner, curriculum, lessons):
    """Two people under way: one has done both lessons, one the first."""
    for person in (learner, other_learner):
        enrol(person, curriculum.programme)
        complete_unit(person, lessons[0])
    complete_unit(learner, lessons[1])


def look(change):
    return retraining.reckon(retraining.lessons_of(change))


def ask(change, by):
    return retraining.ask_again(change, by=by, expected=look(change).digest)


def tasks():
    return DBTaskResult.objects.filter(task_path=retraining.run_retraining.module_path)


def flagged() -> int:
    return Completion.objects.exclude(flagged_at=None).count()


def test_preview_counts_people_places_and_lessons(change, learned, site):
    found = look(change)
    assert (found.people, found.places, found.lessons, found.completions, found.finished) == (2, 1, 2, 3, 0)
    assert found.by_country == (("Kenya", 2),)


def test_asking_flags_what_they_completed_and_opens_it_again(change, learned, learner, reviewer):
    applied = ask(change, reviewer)
    assert (applied.people_asked, applied.applied_by, applied.finished_at) == (2, reviewer, None)
    assert flagged() == 0
    assert tasks().get().args_kwargs["args"] == [str(change.pk)]
    assert retraining.run_retraining.call(str(change.pk)) == 3
    row = learner.completions.first()
    assert (row.flagged_by, row.flag_reason) == (reviewer, "To learn again, it has changed: WHO 2026")
    assert learner.enrolments.get().done_count == 0
    change.refresh_from_db()
    assert change.finished_at


def test_only_what_rests_on_the_fact_is_asked_again(curriculum, learned, learner, reviewer, trainer):
    other = Change.objects.create(fact=curriculum.facts[1], kind="retrain", reason="x", made_by=trainer)
    retraining.go_on(ask(other, reviewer))
    assert learner.enrolments.get().done_count == 1


def test_a_second_confirmation_asks_nobody_twice(change, learned, reviewer):
    expected = look(change).digest
    first = retraining.ask_again(change, by=reviewer, expected=expected)
    assert retraining.ask_again(change, by=reviewer, expected=expected) == first
    assert tasks().count() == 1
    assert [retraining.go_on(first), retraining.go_on(first)] == [3, 0]


def test_what_was_previewed_must_still_hold(change, learned, other_learner, lessons, reviewer):
    expected = look(change).digest
    complete_unit(other_learner, lessons[1])
    with pytest.raises(retraining.PreviewChanged):
        retraining.ask_again(change, by=reviewer, expected=expected)
    change.refresh_from_db()
    assert (change.applied_at, tasks().count()) == (None, 0)


def test_nobody_to_ask(change, reviewer):
    with pytest.raises(retraining.NobodyToAsk):
        ask(change, reviewer)


def test_a_kill_in_the_middle_is_gone_on_with(change, learned, learner, reviewer, monkeypatch):
    applied = ask(change, reviewer)
    flag, done = services.flag_completion, []

    def killed(completion, **how):
        if done:
            raise KeyboardInterrupt
        done.append(flag(completion, **how))

    monkeypatch.setattr(retraining, "flag_completion", killed)
    with pytest.raises(KeyboardInterrupt):
        retraining.go_on(applied)
    assert flagged() == 1
    monkeypatch.undo()
    assert retraining.go_on(applied) == 2
    assert flagged() == 3


def test_who_has_learned_it_since_is_not_asked_again(change, learned, learner, lessons, reviewer):
    applied = ask(change, reviewer)
    retraining.go_on(applied)
    complete_unit(learner, lessons[0])
    Change.objects.update(finished_at=None)
    applied.refresh_from_db()
    assert retraining.go_on(applied) == 0
    assert learner.enrolments.get().done_count == 1


def test_batches_reach_everybody(change, learned, reviewer, monkeypatch):
    monkeypatch.setattr(retraining, "BATCH", 2)
    assert retraining.go_on(ask(change, reviewer)) == 3


def test_tick_goes_on_with_what_was_killed_and_with_nothing_else(change, learned, reviewer):
    ask(change, reviewer)
    tasks().delete()
    retraining.resume_retrainings()
    assert tasks().count() == 0
    Change.objects.update(applied_at=timezone.now() - LATER)
    retraining.resume_retrainings()
    retraining.resume_retrainings()
    assert tasks().count() == 1
    retraining.run_retraining.call(str(change.pk))
    tasks().delete()
    retraining.resume_retrainings()
    assert tasks().count() == 0


def test_a_run_that_fails_is_not_tried_again_every_minute(change, learned, reviewer):
    ask(change, reviewer)
    Change.objects.update(applied_at=timezone.now() - LATER)
    tasks().update(status="FAILED")
    retraining.resume_retrainings()
    assert tasks().count() == 1
    tasks().update(enqueued_at=timezone.now() - LATER)
    retraining.resume_retrainings()
    assert tasks().count() == 2


def test_a_run_that_still_flags_is_left_to_itself(change, learned, learner, reviewer):
    ask(change, reviewer)
    tasks().delete()
    Change.objects.update(applied_at=timezone.now() - LATER)
    services.flag_completion(learner.completions.first(), by=reviewer, reason="x")
    retraining.resume_retrainings()
    assert tasks().count() == 0


def test_a_finished_programme_keeps_its_certificate(change, learner, curriculum, reviewer):
    certificate = finish(learner, curriculum)
    assert look(change).finished == 1
    retraining.go_on(ask(change, reviewer))
    assert learner.completions.exclude(flagged_at=None).count() == 2
    certificate.refresh_from_db()
    assert certificate.revoked_at is None
    assert learner.enrolments.get().completed_at


def test_what_is_out_of_date_is_not_asked_again_unless_a_programme_still_counts_it(change, learned, learner, reviewer):
    Completion.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert look(change).people == 2
    learner.enrolments.update(closed_at=timezone.now())
    assert look(change).people == 1


def test_who_finished_within_a_year_is_asked_though_her_first_lessons_ran_out(change, learner, curriculum, reviewer):
    certificate = finish(learner, curriculum)
    Completion.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert (look(change).people, look(change).finished) == (1, 1)
    assert retraining.go_on(ask(change, reviewer)) == 2
    certificate.refresh_from_db()
    assert (certificate.revoked_at, learner.enrolments.get().closed_at) == (None, None)
    Completion.objects.update(flagged_at=None)
    learner.enrolments.update(completed_at=timezone.now() - timedelta(days=366))
    assert look(change).people == 0


def test_a_lesson_that_is_taken_down_is_not_asked_for(change, learned, lessons):
    lessons[1].unpublish()
    assert (look(change).lessons, look(change).completions) == (1, 2)


def test_an_edit_of_a_lesson_is_asked_once(learned, learner, lessons, reviewer):
    found, change_id = retraining.reckon([lessons[1].translation_key]), uuid4()
    how = {"reason": "Card 3 was wrong", "by": reviewer, "expected": found.digest}
    first = retraining.retrain_page(change_id, lessons[1], **how)
    assert retraining.retrain_page(change_id, lessons[1], **how) == first
    assert retraining.go_on(first) == 1
    assert learner.enrolments.get().done_count == 1
    assert (first.page_key, first.revision_id) == (lessons[1].translation_key, lessons[1].live_revision_id)


def test_an_edit_of_a_module_asks_for_all_its_lessons(learned, curriculum, reviewer):
    found = retraining.reckon(lessons_on(curriculum.module))
    assert (found.lessons, found.completions) == (2, 3)


def test_a_lesson_that_is_live_in_one_language_only_is_asked_for(learned, curriculum, lessons, reviewer):
    swahili = lessons[1].copy_for_translation(Locale.objects.get(language_code="sw"), copy_parents=True)
    swahili.save_revision().publish()
    lessons[1].unpublish()
    for page in (swahili, swahili.get_parent().specific, curriculum.module):
        assert lessons[1].translation_key in lessons_on(page)
    found = retraining.reckon(lessons_on(swahili))
    asked = retraining.retrain_page(uuid4(), swahili, reason="x", by=reviewer, expected=found.digest)
    assert asked.people_asked == 1


def test_the_id_of_another_change_asks_nobody(change, learned, lessons, reviewer):
    Change.objects.update(kind="minor")
    with pytest.raises(retraining.PreviewChanged):
        retraining.retrain_page(change.pk, lessons[0], reason="x", by=reviewer, expected=look(change).digest)
    change.refresh_from_db()
    assert (change.applied_at, tasks().count()) == (None, 0)


def test_nothing_is_written_where_nobody_is_asked(lessons, reviewer):
    found = retraining.reckon([lessons[1].translation_key])
    with pytest.raises(retraining.NobodyToAsk):
        retraining.retrain_page(uuid4(), lessons[1], reason="x", by=reviewer, expected=found.digest)
    assert not Change.objects.exists()


def test_preview_costs_the_same_for_every_person(change, learned, curriculum, site):
    few, many = CaptureQueriesContext(connection), CaptureQueriesContext(connection)
    look(change)
    with few:
        look(change)
    for number in range(3):
        person = make_person("Neema", f"Otieno {number}")
        post(person, Role.LEARNER, site)
        enrol(person, curriculum.programme)
        complete_unit(person, curriculum.lessons[0])
    with many:
        assert look(change).people == 5
    assert len(many) == len(few)
