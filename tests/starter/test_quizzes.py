"""The starter's quizzes: their order in a module, their draws, and a practice that gives no certifying key away."""

import shutil
from pathlib import Path

import pytest
from wagtail.models import Page

from assessments.models import Purpose, Question, QuizPage, Tag
from lms.starter.files import ContentError
from lms.starter.library import CONTENT
from lms.starter.loader import load
from tests.factories.starter import short_library

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the module with a pre-test and a post-test, and of the one whose facts it cites."""
    copy = tmp_path / "content"
    for module in ("tb", "malaria"):
        shutil.copytree(CONTENT / module, copy / module)
    return copy


def english(slug: str) -> QuizPage:
    return QuizPage.objects.get(slug=slug, locale__language_code="en")


def edit(path: Path, old: str, new: str):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_pre_test_stands_before_the_lessons_and_the_quiz_last(folder):
    load(folder)
    units = Page.objects.get(slug="tb", locale__language_code="en").get_children().values_list("slug", flat=True)
    assert [units[0], *units[5:]] == ["tb-pre-test", "tb-post-test", "tb-quiz"]
    assert english("tb-pre-test").holds_back


def test_tests_draw_from_the_module(folder):
    load(folder)
    before, after = english("tb-pre-test"), english("tb-post-test")
    assert (before.purpose, after.purpose) == (Purpose.PRE_TEST, Purpose.POST_TEST)
    assert before.size_for("KE") == after.size_for("LS") == 6
    assert len(before.questions_for("KE")) == 10
    assert [band.value["from_percent"] for band in after.bands] == [0, 80]


def test_questions_have_module_tags_and_difficulty(folder):
    load(folder)
    question = Question.objects.get(code="tb-q10")
    assert (question.module.slug, question.difficulty) == ("tb", Question.Difficulty.HARD)
    assert [tag.name for tag in question.tags.all()] == ["treatment"]
    assert Tag.objects.get(name="how it passes").slug == "how-it-passes"


def test_practice_asks_nothing_that_certifies(tmp_path):
    load(short_library(tmp_path))
    practice = {question.pk for question in english("hiv-101-practice").questions_for("KE")}
    certifying = {question.pk for question in english("hiv-101-quiz").questions_for("KE")}
    assert len(practice) == 6
    assert not practice & certifying


def test_sections_may_mix_fixed_questions_and_draws(folder):
    rows = "  - {fixed: [tb-q1, tb-q2]}\n  - {draw: 2, tags: [screening], difficulty: [1, 2]}"
    edit(folder / "tb/quiz-post.yaml", "  - {draw: 6, module: tb}", rows)
    load(folder)
    fixed, drawn = english("tb-post-test").sections_for("KE")
    assert [question.code for question in fixed.fixed] == ["tb-q1", "tb-q2"]
    assert (drawn.count, [question.code for question in drawn.pool]) == (2, ["tb-q3", "tb-q6"])


def test_rules_of_a_file_reach_the_page(folder):
    edit(folder / "tb/quiz.yaml", "purpose: certifying", "purpose: certifying\npass_mark: 90\nwait_hours: 12\ntries: 3")
    load(folder)
    quiz = english("tb-quiz")
    assert (quiz.pass_mark, quiz.wait_hours, quiz.tries) == (90, 12, 3)


def test_question_that_an_editor_deleted_is_asked_no_more(folder):
    load(folder)
    Question.objects.get(code="tb-q3").delete()
    edit(folder / "tb/quiz.yaml", "minutes: 10", "minutes: 11")
    report = load(folder)
    assert report.updated == ["tb-quiz"]
    assert len(english("tb-quiz").questions_for("KE")) == 9


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("  - {draw: 6, module: tbb}", "section 1: there is no «tbb»"),
        ("  - {fixed: [tb-q99]}", "section 1: there is no «tb-q99»"),
        ("  - {draw: 6, fixed: [tb-q1]}", "section 1 takes either"),
        ("  - {draw: 6, modul: tb}", "section 1 takes either"),
    ],
)
def test_broken_section_is_refused_and_nothing_written(folder, new, words):
    edit(folder / "tb/quiz-pre.yaml", "  - {draw: 6, module: tb}", new)
    with pytest.raises(ContentError, match=words):
        load(folder)
    assert not QuizPage.objects.exists()


def test_quiz_that_asks_nothing_is_refused(folder):
    edit(folder / "tb/quiz-pre.yaml", "sections:\n  - {draw: 6, module: tb}\n", "")
    with pytest.raises(ContentError, match=r"quiz-pre\.yaml: asks nothing"):
        load(folder)
