"""The quiz editor: what blocks publishing, what it only says, what learners will meet."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from assessments import quiz_check
from assessments.models import Purpose, QuizPage
from assessments.staff.quiz_editor import remarks
from lms.people.groups import synchronise_groups
from tests.assessments.test_sections import ask, draw, fixed, quiz_of
from tests.factories.content import make_quiz
from tests.factories.editor import listed


@pytest.fixture
def editor(client, administrator):
    client.force_login(administrator)
    return client


def text(response):
    return " ".join(response.content.decode().split())


def fixed_form(*questions):
    return "fixed", {"questions": listed([str(question.pk) for question in questions])}


def draw_form(count, **criteria):
    return "draw", {"count": str(count), "tags": (), "module": "", "difficulty": ()} | criteria


def form(*sections, bands=(), publish=True, **fields):
    values = {
        "title": "Quiz",
        "slug": "quiz-of-form",
        "purpose": "certifying",
        "minutes": "10",
        "pass_mark": "80",
        "tries": "2",
        "wait_hours": "0",
        "opens": "in_order",
        "layout": "one",
        "minutes_allowed": "",
        "grace_minutes": "5",
        "opens_at": "",
        "closes_at": "",
        "shuffle_questions": "on",
        "shuffle_answers": "on",
        "sections": streamfield(list(sections)),
        "bands": streamfield([("band", {"from_percent": str(n), "message": "Well done"}) for n in bands]),
        "comments": inline_formset([]),
    }
    values |= fields | ({"action-publish": "on"} if publish else {})
    return nested_form_data({name: value for name, value in values.items() if value is not None})


def add(editor, curriculum, data):
    address = reverse("wagtailadmin_pages:add", args=["assessments", "quizpage", curriculum.module.pk])
    return editor.post(address, data, follow=True)


def said(response, name):
    errors = response.context["form"].errors.as_data()[name]
    return " ".join(str(words) for error in errors for words in getattr(error, "non_block_errors", None) or [error])


# Faults ---------------------------------------------------------------------------------------------------------------


def test_good_quiz_is_published(editor, curriculum):
    first, second = curriculum.questions
    response = add(editor, curriculum, form(fixed_form(first, second), bands=[0, 80]))
    assert QuizPage.objects.filter(slug="quiz-of-form", live=True).exists(), response.context["form"].errors


def test_same_question_twice_names_its_sections(editor, curriculum):
    first, second = curriculum.questions
    response = add(editor, curriculum, form(fixed_form(first, second), fixed_form(second, second)))
    words = said(response, "sections")
    assert "Section 2 asks tb-q2, which section 1 asks already" in words
    assert "Section 2 asks tb-q2 twice" in words
    assert "Section 2 asks tb-q2" in text(response)


def test_quiz_without_questions_stays_a_draft(editor, curriculum):
    assert "asks nothing yet" in said(add(editor, curriculum, form()), "sections")
    add(editor, curriculum, form(publish=False))
    assert QuizPage.objects.get(slug="quiz-of-form").live is False


def test_certifying_quiz_of_fixed_questions_is_mixed(editor, curriculum):
    section = fixed_form(*curriculum.questions)
    assert "mixes them" in said(add(editor, curriculum, form(section, shuffle_questions=None)), "shuffle_questions")
    add(editor, curriculum, form(section, shuffle_questions=None, purpose="practice"))
    assert QuizPage.objects.filter(slug="quiz-of-form", live=True).exists()


def test_draws_differ_by_themselves(editor, curriculum):
    add(editor, curriculum, form(draw_form(1), shuffle_questions=None))
    assert QuizPage.objects.filter(slug="quiz-of-form", live=True).exists()


@pytest.mark.parametrize("publish", [True, False])
def test_quiz_closes_after_it_opens(editor, curriculum, publish):
    times = {"opens_at": "2030-05-02 08:00", "closes_at": "2030-05-01 08:00"}
    response = add(editor, curriculum, form(fixed_form(*curriculum.questions), publish=publish, **times))
    assert said(response, "closes_at") == "['It closes before it opens.']"


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        ([], ""),
        ([0], ""),
        ([0, 50, 80], ""),
        ([40, 80], "under 40"),
        ([0, 80, 50], "50 stands after 80"),
        ([0, 0], "0"),
    ],
)
def test_messages_cover_all_results_in_order(starts, words):
    bands = [SimpleNamespace(value={"from_percent": start}) for start in starts]
    quiz = SimpleNamespace(
        bands=bands,
        sections=[SimpleNamespace(block_type="draw")],
        purpose="practice",
        Purpose=Purpose,
        opens_at=None,
        closes_at=None,
    )
    found = quiz_check.faults(quiz).get("bands", [""])
    assert len(found) == 1
    assert words in found[0]
    assert bool(found[0]) == bool(words)


# Remarks --------------------------------------------------------------------------------------------------------------


def test_draw_that_finds_too_few_names_section_and_countries(curriculum, kenya):
    for number in range(3):
        ask(f"d-q{number}", tags=["signs"])
    ask("d-q9", tags=["signs"], countries=["KE"])
    quiz = quiz_of(curriculum, fixed(*curriculum.questions), draw(4, tags=["signs"]))
    (words,) = remarks(quiz)
    assert words.startswith("Section 2 draws 4, but only 3 live questions fit in ")
    assert "Lesotho" in words
    assert "Kenya" not in words
    (words,) = remarks(quiz_of(curriculum, draw(9, tags=["signs"], difficulty=["3"])))
    assert words == "Section 1 draws 9, but only 0 live questions fit in any country."


def test_question_that_is_not_live_is_named(curriculum):
    curriculum.questions[1].unpublish()
    quiz = QuizPage.objects.get(pk=curriculum.quiz.pk)
    assert remarks(quiz) == ["Section 1: tb-q2 is not live, so nobody is asked it."]


def test_rules_without_effect_are_said(curriculum):
    quiz = make_quiz(curriculum.module, curriculum.questions, title="Before", purpose="pre_test", tries=3, wait_hours=2)
    (words,) = remarks(quiz)
    assert words.startswith("Pre-test: these rules have no effect: ")
    assert "tries" in words
    assert "pass mark" not in words


def test_practice_that_shows_what_certifies_is_said_on_both_sides(curriculum):
    practice = make_quiz(curriculum.module, curriculum.questions[:1], title="Practice", purpose="practice")
    (words,) = remarks(practice)
    assert "Practice shows the answer of tb-q1" in words
    assert "(Quiz)" in words
    (words,) = remarks(QuizPage.objects.get(pk=curriculum.quiz.pk))
    assert "(Practice)" in words


def test_remarks_are_said_after_saving(editor, curriculum):
    response = add(editor, curriculum, form(draw_form(9), publish=True))
    assert "Section 1 draws 9, but only 2 live questions fit in any country." in text(response)


# What learners meet ---------------------------------------------------------------------------------------------------


def test_editor_shows_what_learners_meet(editor, curriculum):
    ask("d-q1", tags=["signs"], countries=["KE"])
    quiz = quiz_of(curriculum, fixed(*curriculum.questions), draw(1, tags=["signs"]))
    page = text(editor.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk])))
    assert "What learners will meet" in page
    assert "<td>Kenya</td><td>3</td><td>3</td><td>★ 1</td>" in page
    assert "Lesotho" in page
    assert "<td>2</td><td>2</td><td>★ 1</td>" in page
    add_page = reverse("wagtailadmin_pages:add", args=["assessments", "quizpage", curriculum.module.pk])
    assert "Save the quiz to see" in text(editor.get(add_page))


def test_trainer_edits_a_quiz_and_cannot_publish_it(client, trainer, curriculum):
    synchronise_groups(trainer)
    client.force_login(trainer)
    page = text(client.get(reverse("wagtailadmin_pages:edit", args=[curriculum.quiz.pk])))
    assert "What for" in page
    assert "action-publish" not in page


def test_window_in_the_future_is_no_fault(curriculum):
    now = timezone.now()
    quiz = make_quiz(curriculum.module, curriculum.questions, title="Later", opens_at=now, closes_at=now + timedelta(1))
    assert quiz_check.faults(quiz) == {}
