"""Practice, pre-test and post-test beside the certifying quiz: what completes, what is kept back, what is shown."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from assessments import queries, services
from lms.learning.services import enrol
from tests.factories.assessments import QUESTIONS, hand_in, right_response
from tests.factories.content import make_question, make_quiz

from .conftest import ALSO_PLAIN, CRITICAL, PLAIN, five_questions
from .trying import completions, item, start


@pytest.fixture
def pre_test(curriculum):
    return make_quiz(curriculum.module, five_questions(curriculum, "pre"), title="Before", purpose="pre_test")


@pytest.fixture
def post_test(curriculum):
    return make_quiz(curriculum.module, five_questions(curriculum, "post"), title="After", purpose="post_test")


def test_pre_test_is_complete_at_hand_in_and_asked_once_a_cycle(enrolled, pre_test):
    done = hand_in(start(enrolled, pre_test), wrong=[CRITICAL, PLAIN, ALSO_PLAIN])
    assert (done.score, done.passed_at, done.to_put_right) == (2, None, [])
    assert done.completed_at
    assert completions(enrolled, pre_test).get().detail == {"title": "Before", "purpose": "pre_test"}
    assert start(enrolled, pre_test) == done


def test_all_right_in_a_test_is_no_pass(enrolled, post_test):
    done = hand_in(start(enrolled, post_test))
    assert (done.score, done.passed_at) == (5, None)
    assert done.completed_at


def test_only_a_certifying_quiz_claims_a_mark(enrolled, practice):
    hand_in(start(enrolled, practice))
    assert "mark" not in completions(enrolled, practice).get().detail


def test_practice_leaves_out_what_a_certifying_quiz_before_her_asks(enrolled, curriculum, quiz, practice):
    secret, free = quiz.questions_for("KE")[0], practice.questions_for("KE")[1]
    both = make_quiz(curriculum.module, [secret, free], title="Both", purpose="practice")
    assert [item["question"] for item in start(enrolled, both).paper] == [str(free.translation_key)]
    hidden = make_quiz(curriculum.module, [secret], title="Hidden", purpose="practice")
    with pytest.raises(services.QuestionsWait):
        start(enrolled, hidden)
    hand_in(start(enrolled, quiz))
    assert len(start(enrolled, hidden).paper) == 1


def test_guarded_are_the_questions_of_certifying_quizzes_before_her(
    enrolled, other_learner, quiz, practice, pre_test, django_assert_num_queries
):
    asked = {question.translation_key for question in quiz.questions_for("KE")}
    with django_assert_num_queries(4):
        assert queries.guarded_questions(enrolled) == asked
    assert queries.guarded_questions(other_learner) == set()
    hand_in(start(enrolled, quiz))
    assert queries.guarded_questions(enrolled) == set()


def test_guarded_stays_what_a_begun_paper_asks(enrolled, quiz, practice):
    """The quiz asks something else by now; her paper does not."""
    begun = start(enrolled, quiz)
    others = [{"type": "item", "value": question.pk} for question in practice.questions_for("KE")]
    quiz.sections = [{"type": "fixed", "value": {"questions": others}}]
    quiz.save()
    before = {UUID(one["question"]) for one in begun.paper}
    assert before <= queries.guarded_questions(enrolled)
    missed = hand_in(begun, wrong=[CRITICAL])
    assert before <= queries.guarded_questions(enrolled)
    asked = item(missed, CRITICAL)
    services.put_right(missed, asked["id"], right_response(missed, asked), uuid4())
    assert queries.guarded_questions(enrolled) == set()


def test_guarded_are_questions_that_may_be_drawn(enrolled, quiz, curriculum):
    pool = [make_question(f"d-q{n}", QUESTIONS["true_false"] | {"stem": f"{n}?"}, difficulty=3) for n in range(3)]
    quiz.sections = [{"type": "draw", "value": {"count": 1, "tags": [], "module": None, "difficulty": ["3"]}}]
    quiz.save()
    assert queries.guarded_questions(enrolled) == {question.translation_key for question in pool}


def test_guarded_are_questions_of_a_draw_whose_module_is_gone(enrolled, quiz, practice):
    """It draws from the whole bank then."""
    quiz.sections = [{"type": "draw", "value": {"count": 1, "tags": [], "module": 987654, "difficulty": []}}]
    quiz.save()
    asked = {question.translation_key for question in type(quiz).objects.get(pk=quiz.pk).questions_for("KE")}
    assert asked and asked <= queries.guarded_questions(enrolled)


def test_key_is_shown_only_when_it_may_be(enrolled, quiz, practice, pre_test, post_test):
    before = hand_in(start(enrolled, pre_test))
    first = hand_in(start(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    after = hand_in(start(enrolled, post_test))
    tried = start(enrolled, practice)
    assert [queries.shown_items(attempt) for attempt in (before, first, after)] == [set(), set(), set()]
    assert queries.shown_items(tried) == {item["id"] for item in tried.paper}
    second = hand_in(start(enrolled, quiz), wrong=[CRITICAL])
    assert queries.shown_items(second) == set()
    asked = item(second, CRITICAL)
    services.put_right(second, asked["id"], right_response(second, asked), uuid4())
    second.refresh_from_db()
    assert queries.shown_items(second) == {item["id"] for item in second.paper}
    assert queries.shown_items(after) == {item["id"] for item in after.paper}
    assert queries.shown_items(before) == set()


def test_old_key_is_hidden_again_when_the_quiz_is_before_her_in_a_new_cycle(attempt, enrolled, curriculum):
    done = hand_in(attempt)
    enrolled.enrolments.update(completed_at=timezone.now())
    assert queries.shown_items(done)
    enrol(enrolled, curriculum.programme)
    assert queries.shown_items(done) == set()
