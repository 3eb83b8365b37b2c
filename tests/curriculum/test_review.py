"""From a trainer's first draft to a reviewed page, through the real admin."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow, WorkflowContentType, WorkflowPage

from assessments.models import Question
from curriculum.clinical_review import ensure_workflow
from curriculum.models import ClinicalReviewTask, LessonPage, Review
from curriculum.queries import standing
from tests.factories.editor import card, lesson_form


@pytest.fixture
def submitted(client, trainer, curriculum):
    """A lesson that the trainer wrote and sent to clinical review."""
    client.force_login(trainer)
    url = reverse("wagtailadmin_pages:add", args=("curriculum", "lessonpage", curriculum.module.pk))
    cards = [card("text", text="<p>Ask at every contact.</p>", facts=curriculum.facts[:1])]
    client.post(url, lesson_form("Ask everyone again", cards) | {"action-submit": "1"})
    return LessonPage.objects.get(title="Ask everyone again")


def approve(client, page, form=None):
    """Press «Approve and publish» in the editor, with the form as it stands there."""
    form = form or lesson_form(page.title, [card("text", text="<p>Ask at every contact.</p>", facts=first_facts(page))])
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form | action)


def first_facts(page):
    return list(page.get_latest_revision_as_object().cards[0].value["facts"])


def test_workflow_holds_for_every_page_and_question(db):
    task = ClinicalReviewTask.objects.get()
    assert [group.name for group in task.groups.all()] == ["Clinical reviewers"]
    assert WorkflowPage.objects.get().page == Page.get_first_root_node()
    assert Question.get_default_workflow().name == "Clinical review"
    assert Workflow.objects.active().count() == 1


def test_workflow_is_made_once_and_then_left_alone(db):
    Workflow.objects.active().update(name="Our review")
    WorkflowContentType.objects.all().delete()
    ensure_workflow()
    assert list(Workflow.objects.active().values_list("name", flat=True)) == ["Our review"]
    assert not WorkflowContentType.objects.exists()


def test_a_trainer_submits_and_cannot_publish(client, trainer, submitted):
    assert not submitted.live
    assert submitted.current_workflow_task.name == "Clinical review"
    client.force_login(trainer)
    form = lesson_form(submitted.title, [card("text", text="<p>Ask.</p>")])
    client.post(reverse("wagtailadmin_pages:edit", args=[submitted.pk]), form | {"action-publish": "1"})
    approve(client, submitted)
    submitted.refresh_from_db()
    assert not submitted.live
    assert not Review.objects.exists()


def test_a_trainer_cannot_publish_a_draft_nobody_holds(client, trainer, curriculum):
    client.force_login(trainer)
    url = reverse("wagtailadmin_pages:add", args=("curriculum", "lessonpage", curriculum.module.pk))
    client.post(url, lesson_form("Masks", [card("text", text="<p>Wear one.</p>")]) | {"action-publish": "1"})
    lesson = LessonPage.objects.get(title="Masks")
    assert (lesson.live, lesson.current_workflow_state) == (False, None)
    assert (
        'name="action-publish"' not in client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    )


@pytest.mark.parametrize("who", ["hr", "other_country_hr"])
def test_pages_are_not_for_hr(client, who, submitted, request):
    client.force_login(request.getfixturevalue(who))
    approve(client, submitted)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[submitted.pk])).status_code == 302
    assert not Review.objects.exists()


def test_an_approval_publishes_and_dates_the_review(client, reviewer, submitted):
    client.force_login(reviewer)
    approve(client, submitted)
    submitted.refresh_from_db()
    review = Review.objects.get()
    assert submitted.live
    assert submitted.live_revision == submitted.latest_revision == review.revision
    assert (review.reviewed_by, review.page_key, review.locale) == (
        reviewer,
        submitted.translation_key,
        submitted.locale,
    )
    assert review.due_on - timezone.localdate() == timedelta(days=365)
    assert standing(submitted).reviewed_on == timezone.localdate()


def test_an_approval_covers_the_reviewers_own_edits(client, reviewer, submitted):
    client.force_login(reviewer)
    before = submitted.get_latest_revision()
    approve(client, submitted, lesson_form(submitted.title, [card("text", text="<p>Ask everyone, always.</p>")]))
    submitted.refresh_from_db()
    assert "Ask everyone, always." in str(submitted.cards)
    assert submitted.live_revision != before
    assert Review.objects.get().revision == submitted.live_revision


def test_an_approval_from_the_first_page_counts_too(client, reviewer, submitted):
    client.force_login(reviewer)
    assert submitted.title in client.get(reverse("wagtailadmin_home")).content.decode()
    state, revision = submitted.current_workflow_task_state, submitted.get_latest_revision()
    url = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk])
    client.post(url, {"comment": "Dose checked."})
    submitted.refresh_from_db()
    assert submitted.live_revision == revision
    assert Review.objects.get(revision=revision).comment == "Dose checked."
    client.post(url, {"comment": "Pressed twice."})
    assert Review.objects.get().comment == "Dose checked."


def test_a_request_for_changes_reviews_nothing(client, reviewer, submitted):
    client.force_login(reviewer)
    state = submitted.current_workflow_task_state
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "reject", state.pk]),
        {"comment": "Which guideline?"},
    )
    submitted.refresh_from_db()
    assert submitted.current_workflow_state.status == "needs_changes"
    assert not Review.objects.exists()


def test_publishing_by_hand_is_no_review_and_says_so(client, reviewer, curriculum):
    client.force_login(reviewer)
    lesson = curriculum.lessons[1]
    form = lesson_form(lesson.title, [card("text", text="<p>Ask.</p>", facts=curriculum.facts)], slug=lesson.slug)
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = client.post(url, form | {"action-publish": "1"}, follow=True)
    assert "Published without a clinical review" in answer.content.decode()
    assert not Review.objects.exists()


def test_an_edit_after_the_review_is_not_covered(client, reviewer, submitted):
    client.force_login(reviewer)
    approve(client, submitted)
    form = lesson_form(submitted.title, [card("text", text="<p>Something else.</p>")])
    client.post(reverse("wagtailadmin_pages:edit", args=[submitted.pk]), form | {"action-publish": "1"})
    submitted.refresh_from_db()
    assert standing(submitted).reviewed_on is None


def test_autosave_never_writes_over_a_reviewed_revision(client, reviewer, submitted):
    """A second tab that still autosaves into the revision which the first tab has just approved."""
    client.force_login(reviewer)
    url = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    form = lesson_form(submitted.title, [card("text", text="<p>Ask everyone, always.</p>")])
    approve(client, submitted, form)
    submitted.refresh_from_db()
    reviewed = submitted.live_revision
    later = lesson_form(submitted.title, [card("text", text="<p>Unreviewed words.</p>")])
    client.post(url, later | {"overwrite_revision_id": str(reviewed.pk)}, headers={"accept": "application/json"})
    reviewed.refresh_from_db()
    assert "Unreviewed words" not in str(reviewed.content)


def test_the_group_of_the_task_is_the_group_of_the_posting(reviewer):
    assert Group.objects.get(name="Clinical reviewers") in reviewer.groups.all()
