"""The reviewer's screen: what changed, what it states, her decision; and Wagtail's comparisons in words."""

import pytest
from django.urls import reverse
from wagtail.admin.compare import StreamFieldComparison
from wagtail.models import ModelLogEntry, PageLogEntry

from assessments.models import Question
from curriculum.drawings import DRAWINGS
from curriculum.models import LessonPage, Review
from curriculum.queries import standing
from tests.factories import content
from tests.factories.content import card
from tests.factories.recordings import make_recording


def submit(page, by):
    return page.get_workflow().start(page, by).current_task_state


@pytest.fixture
def waiting(curriculum, trainer):
    """A new version of a lesson that waits for its review: never reviewed before."""
    lesson = curriculum.lessons[0]
    lesson.cards = [*lesson.cards.raw_data, card("text", text="<p>Open a window.</p>", facts=curriculum.facts[:1])]
    lesson.save_revision(user=trainer)
    return submit(lesson, trainer)


def screen(client, state) -> str:
    return client.get(reverse("reviews:screen", args=[state.pk])).content.decode()


def decide(client, state, name: str, comment: str = ""):
    page = state.workflow_state.content_object
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, name, state.pk])
    return client.post(url, {"comment": comment, "next": reverse("wagtailadmin_home")})


def test_what_nobody_reviewed_is_shown_as_a_whole_with_its_facts(client, reviewer, waiting):
    client.force_login(reviewer)
    page = screen(client, waiting)
    assert "Nobody has reviewed it yet" in page
    for words in ("A client coughs.", "Open a window.", "Statement of tb-f1.", "WHO 2024, 2024", "Seen in the source"):
        assert words in page
    assert "Safety-critical" in page
    assert "Kenya" in page  # the countries of a note, by name


def test_after_a_review_only_what_changed_is_shown(client, trainer, reviewer, curriculum, waiting):
    client.force_login(reviewer)
    decide(client, waiting, "approve", "Good.")
    lesson = LessonPage.objects.get(pk=curriculum.lessons[0].pk)
    cards = lesson.cards.raw_data
    cards[1]["value"]["text"] = "<p>TB passes through the shared air.</p>"
    del cards[0]
    lesson.cards = list(cards)
    lesson.save_revision(user=trainer)
    page = screen(client, submit(lesson, trainer))
    assert "that Daudi Mwangi approved on" in page
    assert '<span class="addition">shared ' in page
    assert "Taken away" in page
    assert "Go to the chest clinic." not in page
    assert "3 cards are as they were." in page


def test_a_fact_that_changed_brings_its_cards_back(client, trainer, reviewer, curriculum, waiting):
    client.force_login(reviewer)
    decide(client, waiting, "approve")
    fact = curriculum.facts[1]
    fact.statement = "A new statement."
    fact.save()
    fact.save_revision()
    lesson = LessonPage.objects.get(pk=curriculum.lessons[0].pk)
    lesson.objective = "You can say it better."
    lesson.save_revision(user=trainer)
    page = screen(client, submit(lesson, trainer))
    assert "Same words, but a fact it states has changed" in page
    assert "A new statement." in page
    assert "better" in page


def test_an_approval_publishes_and_stands_in_the_history_in_words(client, reviewer, waiting):
    client.force_login(reviewer)
    page = waiting.workflow_state.content_object
    assert decide(client, waiting, "approve", "Compared with WHO 2024.").status_code == 302
    review = Review.objects.get()
    assert review.comment == "Compared with WHO 2024."
    entry = PageLogEntry.objects.get(action="curriculum.review")
    assert entry.revision_id == review.revision_id
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Clinically reviewed, until" in history
    assert "Compared with WHO 2024." in history


def test_a_trainer_sees_it_and_decides_nothing(client, trainer, waiting):
    client.force_login(trainer)
    page = screen(client, waiting)
    assert "Open a window." in page
    assert "Your decision" not in page
    decide(client, waiting, "approve")
    assert not Review.objects.exists()


@pytest.mark.parametrize("who", ["hr", "learner"])
def test_others_do_not_see_it(client, who, waiting, request):
    client.force_login(request.getfixturevalue(who))
    response = client.get(reverse("reviews:screen", args=[waiting.pk]))
    assert response.status_code in (302, 403)


def test_anonymous_and_wrong_methods(client, reviewer, waiting):
    url = reverse("reviews:screen", args=[waiting.pk])
    assert "sign-in" in client.get(url, follow=True).redirect_chain[-1][0]
    client.force_login(reviewer)
    assert client.post(url).status_code == 405
    assert client.get(reverse("reviews:screen", args=[99999])).status_code == 404


def test_decided_twice_the_second_changes_nothing(client, reviewer, waiting):
    client.force_login(reviewer)
    decide(client, waiting, "approve")
    decide(client, waiting, "approve")
    assert Review.objects.count() == 1
    assert "Your decision" not in screen(client, waiting)


def test_the_editor_leads_to_it(client, reviewer, waiting):
    client.force_login(reviewer)
    page = waiting.workflow_state.content_object
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("reviews:screen", args=[waiting.pk]) in shown


def test_a_question_is_reviewed_on_the_same_screen(client, trainer, reviewer, curriculum):
    question = Question.objects.get(code="tb-q1")
    question.stem = "How often do you ask about cough?"
    question.save_revision(user=trainer)
    state = submit(question, trainer)
    client.force_login(reviewer)
    page = screen(client, state)
    assert "How often do you ask about cough?" in page
    assert "Statement of tb-f1." in page
    url = question.snippet_viewset.get_url_name("workflow_action")
    client.post(reverse(url, args=[question.pk, "approve", state.pk]), {"comment": ""})
    question.refresh_from_db()
    assert question.stem == "How often do you ask about cough?"
    assert Review.objects.get().page_key == question.translation_key
    assert ModelLogEntry.objects.filter(action="curriculum.review").exists()


def test_comparisons_speak_in_words(curriculum):
    before, after = LessonPage(), LessonPage()
    note = card("note", text="<p>Here.</p>", countries=["KE"])
    signs = [{"sign": "cough", "word": "Cough"}]
    remember = card("remember", message="Ask.", signs=signs, closing="")
    drawing = card("drawing", name="bed-net", caption="")
    before.cards = [note, remember, drawing]
    after.cards = [
        note | {"value": note["value"] | {"countries": ["KE", "MW"]}},
        remember | {"value": remember["value"] | {"facts": content._items([curriculum.facts[0].pk])}},
        drawing | {"value": drawing["value"] | {"name": "test-calendar"}},
    ]
    html = StreamFieldComparison(LessonPage._meta.get_field("cards"), before, after).htmldiff()
    assert "Kenya, Malawi" in html
    assert "tb-f1: Statement of tb-f1." in html
    assert str(DRAWINGS["test-calendar"]) in html
    for repr_ in ("[&#x27;", "StructValue", "ListValue", "bed-net", ">cough<"):
        assert repr_ not in html


def test_a_draft_after_the_review_is_not_what_learners_read(client, reviewer, waiting, curriculum):
    client.force_login(reviewer)
    decide(client, waiting, "approve")
    lesson = LessonPage.objects.get(pk=curriculum.lessons[0].pk)
    lesson.save_revision()
    assert standing(lesson).reviewed_on


def test_a_recording_is_there_to_be_heard(client, trainer, reviewer, curriculum):
    recording = make_recording()
    lesson = curriculum.lessons[0]
    lesson.cards = [*lesson.cards.raw_data, card("audio", recording=recording.pk)]
    lesson.save_revision(user=trainer)
    client.force_login(reviewer)
    assert "<audio" in screen(client, submit(lesson, trainer))
