"""What the checks keep back, at every door: the editor, an approval from a list, publishing many at once."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState

from curriculum.models import LessonPage, ModulePage, Review
from tests.factories.content import make_fact
from tests.factories.editor import card, lesson_form


@pytest.fixture
def lesson(curriculum):
    return curriculum.lessons[0]


def send(client, page, cards, *, action: str = "", accept: str = "text/html", **more):
    form = lesson_form(page.title, cards, slug=page.slug) | ({action: "1"} if action else {}) | more
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, form, follow=True, headers={"accept": accept})


def good(curriculum) -> list:
    return [card("ask", question="Who?"), card("summary", text="<p>Ask her.</p>", facts=curriculum.facts[:1])]


BAD = [card("ask", question="Who?"), card("summary", text="<p>Ask her.</p>")]


def test_a_draft_is_always_saved_and_the_remarks_stand_at_their_cards(client, trainer, lesson):
    client.force_login(trainer)
    page = send(client, lesson, BAD).content.decode()
    assert "1 thing must be put right before it can go to review." in page
    saved = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().cards[1]
    assert f'href="#block-{saved.id}-section"' in page
    assert f'data-check-card="{saved.id}" data-check-stops' in page
    assert "No fact is cited." in page


def test_autosave_is_silent(client, trainer, lesson):
    client.force_login(trainer)
    assert send(client, lesson, BAD, accept="application/json").json()["success"]
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    assert not list(answer.context["messages"])


def test_a_trainer_is_told_at_the_field_why_it_is_not_submitted(client, trainer, lesson, curriculum):
    client.force_login(trainer)
    answer = send(client, lesson, BAD, action="action-submit")
    error = answer.context["form"].errors.as_data()["cards"][0]
    assert "No fact is cited." in error.block_errors[1].block_errors["facts"].messages[0]
    assert not TaskState.objects.exists()
    send(client, lesson, good(curriculum), action="action-submit")
    assert TaskState.objects.count() == 1


def test_a_remark_that_only_speaks_lets_it_pass(client, trainer, lesson, curriculum):
    client.force_login(trainer)
    cards = [card("text", text=f"<p>A defaulter. {'word ' * 61}</p>"), *good(curriculum)]
    page = send(client, lesson, cards, action="action-submit").content.decode()
    assert "3 things to look at again." not in page
    assert "things to look at again." in page
    assert TaskState.objects.count() == 1


def test_a_lesson_without_cards_is_not_published(client, reviewer, lesson):
    client.force_login(reviewer)
    answer = send(client, lesson, [], action="action-publish")
    assert "The lesson has no card yet." in str(answer.context["form"].errors.as_data()["cards"][0].non_block_errors)
    assert len(LessonPage.objects.get(pk=lesson.pk).cards) == 4


@pytest.fixture
def waiting(client, trainer, lesson, curriculum):
    """Sent to review, and then a cited fact was found to be unsure."""
    client.force_login(trainer)
    fact = make_fact("tb-f9")
    cards = [card("ask", question="Who?"), card("summary", text="<p>Ask her.</p>", facts=[fact])]
    send(client, lesson, cards, action="action-submit")
    fact.status = "unsure"
    fact.save()
    return LessonPage.objects.get(pk=lesson.pk)


def test_an_approval_from_a_list_leads_to_the_checks_instead(client, reviewer, waiting):
    client.force_login(reviewer)
    state = waiting.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", state.pk])
    answer = client.post(url, {"comment": "Fine"})
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[waiting.pk]) + "#checks"
    assert not Review.objects.exists()
    assert waiting.workflow_in_progress


def test_changes_can_be_asked_for_whatever_blocks(client, reviewer, waiting):
    client.force_login(reviewer)
    action = {"action-workflow-action": "true", "workflow-action-name": "reject"}
    send(client, waiting, BAD, **action)
    assert waiting.current_workflow_state.status == "needs_changes"


@pytest.mark.parametrize("beside", [{"workflow-action-name": "reject"}, {"action-cancel-workflow": "1"}])
def test_nothing_posted_beside_it_lets_a_page_out(client, reviewer, lesson, beside):
    client.force_login(reviewer)
    before = LessonPage.objects.get(pk=lesson.pk).live_revision_id
    send(client, lesson, BAD, action="action-publish", **beside)
    assert LessonPage.objects.get(pk=lesson.pk).live_revision_id == before


def test_a_workflow_can_be_cancelled_whatever_blocks(client, trainer, waiting):
    client.force_login(trainer)
    send(client, waiting, BAD, action="action-cancel-workflow")
    assert not LessonPage.objects.get(pk=waiting.pk).workflow_in_progress


def test_many_are_published_only_when_nothing_blocks(client, reviewer, waiting, curriculum):
    client.force_login(reviewer)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    where = f"{url}?id={waiting.pk}&next=/cms/"
    page = client.post(where, follow=True).content.decode()
    assert "Nothing was published" in page
    assert LessonPage.objects.get(pk=waiting.pk).has_unpublished_changes
    module = f"{url}?id={curriculum.module.pk}&next=/cms/"
    page = client.post(module, {"include_descendants": "on"}, follow=True).content.decode()
    assert "Nothing was published" in page


def test_a_job_aid_is_checked_like_a_lesson(client, reviewer, curriculum):
    client.force_login(reviewer)
    module = ModulePage.objects.get(pk=curriculum.module.pk)
    module.job_aid = [{"type": "steps", "value": {"steps": ["Ask her."]}}]
    module.save_revision()
    page = client.get(reverse("wagtailadmin_pages:edit", args=[module.pk])).content.decode()
    assert "1 thing keeps it from review." in page
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    page = client.post(f"{url}?id={module.pk}&next=/cms/", follow=True).content.decode()
    assert "Nothing was published" in page
