"""The list of questions: search, filters, order, use."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import services
from assessments.models import Mark, Question, Tag
from assessments.usage import usage_of, used_keys
from tests.assessments.staff.bank import codes, text, url
from tests.assessments.test_sections import ask, draw, fixed, quiz_of
from tests.factories.assessments import hand_in


def test_list_counts_as_people_do(staff, bank):
    assert codes(staff.get(url("list"))) == ["tb-q1", "tb-q2", "tb-q3", "tb-q4", "tb-q10"]
    backwards = staff.get(url("list"), {"ordering": "-code"})
    assert codes(backwards) == ["tb-q10", "tb-q4", "tb-q3", "tb-q2", "tb-q1"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("sore eyes", ["tb-q3"]), ("tb-q10", ["tb-q10"]), ("two visits", ["tb-q1"]), ("sharing cups", ["tb-q4"])],
)
def test_search_reads_codes_questions_answers_and_why(staff, bank, words, found):
    call_command("update_index", verbosity=0)
    assert codes(staff.get(url("list"), {"q": words})) == found


def test_filters_narrow_the_list(staff, bank, curriculum):
    def shown(**criteria):
        return codes(staff.get(url("list"), criteria))

    curriculum.questions[0].unpublish()
    assert shown(module=curriculum.module.pk) == ["tb-q3", "tb-q10"]
    assert shown(type="multiple") == ["tb-q3"]
    assert shown(difficulty=3) == ["tb-q10"]
    assert shown(tag=Tag.objects.get().pk) == ["tb-q10"]
    assert shown(critical="true") == ["tb-q1"]
    assert shown(country="LS") == ["tb-q1", "tb-q2", "tb-q3", "tb-q4"]
    assert shown(status="draft") == ["tb-q1"]
    assert shown(status="live") == ["tb-q2", "tb-q3", "tb-q4", "tb-q10"]
    assert shown(status="in_review") == []
    assert shown(fact=bank[3].cited_facts.get().fact_id) == ["tb-q3"]
    assert shown(use="unused") == ["tb-q3", "tb-q4", "tb-q10"]


def test_question_in_review_says_so_and_is_found(client, staff, trainer, bank):
    question = bank[2]
    question.get_workflow().start(question, trainer)
    assert codes(staff.get(url("list"), {"status": "in_review"})) == ["tb-q10"]
    assert "in review" in text(staff.get(url("list")))


def test_list_takes_a_fixed_number_of_queries(editor, curriculum, django_assert_num_queries):
    quiz_of(curriculum, fixed(*curriculum.questions), draw(1, tags=["many"], module=None))
    ask("d-q1", tags=["many"])
    editor.get(url("list"))
    with CaptureQueriesContext(connection) as of_few:
        assert len(codes(editor.get(url("list")))) == 3
    for number in range(2, 49):
        ask(f"d-q{number}", tags=["many"])
    with django_assert_num_queries(len(of_few)):
        assert len(codes(editor.get(url("list")))) == 50


# Use ------------------------------------------------------------------------------------------------------------------


def test_usage_counts_fixed_sections_draws_and_answers(curriculum, enrolled, quiz, bank):
    quiz_of(curriculum, draw(1, difficulty=["3"]), fixed(bank[0]))
    attempt = hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"))
    asked = Question.objects.get(code="t-q1")
    usage = usage_of([bank[0], bank[2], asked])
    fixed_use, drawn = usage[bank[0].translation_key].uses, usage[bank[2].translation_key].uses
    assert [(use.quiz.title, use.section, use.is_fixed) for use in fixed_use] == [("Drawn", 2, True), ("Quiz", 1, True)]
    assert [(use.quiz.title, use.count, use.pool) for use in drawn] == [("Drawn", 1, 1)]
    assert (usage[asked.translation_key].answers, usage[asked.translation_key].right) == (1, 1)
    assert attempt.marks.count() == 5
    assert bank[4].translation_key not in used_keys()


def test_answer_that_was_not_given_is_no_answer(enrolled, quiz):
    services.hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"))
    question = Question.objects.get(code="t-q1")
    assert Mark.objects.filter(question=question.translation_key).exists()
    assert usage_of([question])[question.translation_key].answers == 0


def test_usage_page_names_quizzes_and_answers(staff, curriculum, bank, enrolled, quiz):
    hand_in(services.start_attempt(enrolled, quiz, enrolled.country, "en"))
    quiz_of(curriculum, draw(1, difficulty=["3"]))
    page = text(staff.get(url("usage", bank[2].pk)))
    assert "draws 1 of 1 questions" in page
    assert "Nobody has answered it yet" in page
    page = text(staff.get(url("usage", Question.objects.get(code="t-q1").pk)))
    assert "Quiz: TB" in page
    assert "1 answer so far; 100 % of them right" in page
    assert "In 1 quiz, 1 answer" in text(staff.get(url("list"), {"module": ""}))
