"""Pages and translations that go live by the clock, and what stands behind them until then."""

from datetime import timedelta

import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from curriculum.models import LessonPage, MachineTexts, Review
from curriculum.queries import standing
from curriculum.translation import services

from .conftest import target

SOON, LATER = timedelta(hours=1), timedelta(hours=2)


def approve(client, reviewer, page):
    client.force_login(reviewer)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])
    client.post(url, {"comment": ""})


def tick(after: timedelta):
    with time_machine.travel(timezone.now() + after, tick=False):
        call_command("tick", verbosity=0)


def test_a_page_goes_live_and_leaves_by_the_clock_with_its_review(client, trainer, reviewer, curriculum):
    lesson = curriculum.lessons[0]
    before = lesson.live_revision_id
    lesson.title = "A better title"
    lesson.go_live_at, lesson.expire_at = timezone.now() + SOON, timezone.now() + LATER
    lesson.save_revision(user=trainer)
    lesson.get_workflow().start(lesson, trainer)
    approve(client, reviewer, lesson)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert lesson.live_revision_id == before
    assert Review.objects.get().revision_id == lesson.latest_revision_id
    assert standing(lesson).reviewed_on is None  # what learners read until then, nobody reviewed
    tick(SOON + timedelta(minutes=1))
    lesson.refresh_from_db()
    assert lesson.title == "A better title"
    assert standing(lesson).reviewed_on
    tick(LATER + timedelta(minutes=1))
    lesson.refresh_from_db()
    assert not lesson.live


def test_a_translation_goes_live_by_the_clock(client, trainer, reviewer, by_machine):
    services.send_to_review(by_machine, by=trainer)
    page = target(by_machine)
    draft = page.latest_revision.as_object()
    draft.go_live_at, draft.alias_of_id = timezone.now() + SOON, None
    draft.save_revision(user=trainer)
    approve(client, reviewer, target(by_machine))
    page = target(by_machine)
    assert not page.title.startswith("PT ")
    tick(SOON + timedelta(minutes=1))
    page = target(by_machine)
    assert page.live and page.title.startswith("PT ")
    assert standing(page).reviewed_on
    assert MachineTexts.objects.filter(revision=page.live_revision_id).exists()
