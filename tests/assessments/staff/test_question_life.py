"""What deleting and changing leave, and questions in other languages."""

from copy import deepcopy
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from assessments import services
from assessments.models import Attempt, Question, QuizPage
from assessments.usage import usage_of
from tests.assessments.staff.bank import sign_in, text, url
from tests.assessments.test_sections import ask, draw, quiz_of
from tests.factories.assessments import hand_in

# Deleting and changing ------------------------------------------------------------------------------------------------


def test_question_of_a_fixed_section_is_not_deleted(editor, bank):
    page = text(editor.post(url("delete", bank[0].pk), follow=True))
    assert "cannot be deleted: the quiz “Quiz” asks it" in page
    many = reverse("wagtail_bulk_action", args=["assessments", "question", "delete"])
    page = text(editor.post(f"{many}?id={bank[0].pk}&id={bank[4].pk}", follow=True))
    assert "cannot be deleted" in page
    assert Question.objects.filter(pk__in=[bank[0].pk, bank[4].pk]).count() == 2


def test_question_that_no_quiz_fixes_is_deleted(editor, curriculum, bank):
    quiz_of(curriculum, draw(1, difficulty=["3"]))
    editor.post(url("delete", bank[2].pk))
    assert not Question.objects.filter(pk=bank[2].pk).exists()


@pytest.mark.parametrize("change", ["edit", "unpublish", "delete"])
def test_served_paper_stays_as_it_was(client, enrolled, quiz, change):
    open_one = services.start_attempt(enrolled, quiz, enrolled.country, "en")
    before = deepcopy([open_one.paper, open_one.key])
    question = Question.objects.get(code="t-q3")
    if change == "edit":
        question.stem, question.why = "Other words", "Another why"
        question.save_revision().publish()
    elif change == "unpublish":
        question.unpublish()
    else:
        question.delete()
    kept = Attempt.objects.get(pk=open_one.pk)
    assert [kept.paper, kept.key] == before
    done = hand_in(kept)
    assert (done.points, done.completed_at is not None, done.marks.count()) == (5, True, 5)
    client.force_login(enrolled)
    page = text(client.get(reverse("assessments:attempt-result", args=[done.pk])))
    assert "TB is in the air." in page
    assert "Other words" not in page


# Translations ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def portuguese(db):
    return Locale.objects.get(language_code="pt")


@pytest.fixture
def translated(client, trainer, curriculum, portuguese):
    """A question that the trainer has put into Portuguese through the admin, segment by segment; not published."""
    question = ask("d-q1", tags=["signs"], module=curriculum.module, difficulty=3)
    sign_in(client, trainer)
    name = "wagtail_localize:submit_snippet_translation"
    client.post(reverse(name, args=["assessments", "question", question.pk]), {"locales": [portuguese.pk]})
    row = Translation.objects.get(source__object_id=question.translation_key, target_locale=portuguese)
    for segment in row.source.stringsegment_set.select_related("string", "context"):
        words = "É d-q1?" if segment.context.path == "stem" else f"[pt] {segment.string.data}"
        address = reverse("wagtail_localize:edit_string_translation", args=[row.pk, segment.pk])
        form = urlencode({"value": words})
        assert client.put(address, form, content_type="application/x-www-form-urlencoded").status_code == 201
    return question


def publish(client, translation):
    return client.post(url("edit", translation.pk), {"action": "publish"}, follow=True)


def test_translation_keeps_in_step_and_is_published_by_a_reviewer_only(client, translated, portuguese, reviewer):
    translation = translated.get_translation(portuguese)
    publish(client, translation)
    translation.refresh_from_db()
    assert translation.stem != "É d-q1?"
    sign_in(client, reviewer)
    publish(client, translation)
    translation.refresh_from_db()
    assert (translation.live, translation.stem) == (True, "É d-q1?")
    assert (translation.code, translation.difficulty, translation.module) == ("d-q1", 3, translated.module)
    assert [tag.slug for tag in translation.tags.all()] == ["signs"]


def test_paper_asks_in_her_language_and_each_question_once(
    client, translated, portuguese, reviewer, curriculum, learner
):
    quiz = quiz_of(curriculum, draw(4, tags=["signs"]))
    sign_in(client, reviewer)
    publish(client, translated.get_translation(portuguese))
    attempt = services.start_attempt(learner, quiz, learner.country, "pt")
    assert [item["stem"] for item in attempt.paper] == ["É d-q1?"]
    assert len(quiz.questions_for("KE")) == 1


def test_what_is_not_for_translators_is_not_offered(editor, curriculum):
    source, _created = TranslationSource.get_or_create_from_instance(curriculum.questions[0])
    source.update_from_db()
    paths = set(source.stringsegment_set.values_list("context__path", flat=True))
    assert {path.split(".")[0] for path in paths} == {"stem", "answer", "why"}


def test_quizzes_in_other_languages_ask_what_their_source_asks(curriculum, bank):
    quiz = QuizPage.objects.get(pk=curriculum.quiz.pk)
    quiz.copy_for_translation(Locale.objects.get(language_code="pt"), copy_parents=True, alias=True)
    assert usage_of([bank[0]])[bank[0].translation_key].quizzes == 1
