"""What a result says of tests that nobody can fail, and of what was changed in it later."""

import pytest

from assessments.models import Regrade, Remark
from lms.learning.services import complete_unit
from tests.factories.assessments import hand_in
from tests.factories.content import make_quiz

from .conftest import ALSO_PLAIN, PLAIN, THIRD_PLAIN, five_questions
from .pages import start, text, url


@pytest.fixture
def tests(curriculum):
    """A pre-test and a post-test that ask the same, beside the module's certifying quizzes. Before she is enrolled."""
    asked = five_questions(curriculum, "m")
    return [
        make_quiz(curriculum.module, asked, title=title, purpose=purpose)
        for title, purpose in (("Before", "pre_test"), ("After", "post_test"))
    ]


def test_pre_test_thanks_and_tells_nothing_question_by_question(tests, hers, enrolled):
    done = hand_in(start(enrolled, tests[0]), wrong=[PLAIN, ALSO_PLAIN])
    page = text(hers.get(url("attempt-result", done)))
    assert "Thank you" in page
    assert "Now the lessons begin." in page
    for hidden in ("Not yet", "Passed", "Read again", "of 5", *(item["stem"] for item in done.paper)):
        assert hidden not in page


def test_post_test_stands_beside_her_pre_test_and_keeps_the_key_until_the_quizzes_are_done(tests, hers, enrolled, quiz):
    hand_in(start(enrolled, tests[0]), wrong=[PLAIN, ALSO_PLAIN, THIRD_PLAIN])
    done = hand_in(start(enrolled, tests[1]), wrong=[PLAIN])
    page = text(hers.get(url("attempt-result", done)))
    for shown in ("2 <small>of 5", "4 <small>of 5", "You know more now than before the lessons.", "Read again: lesson"):
        assert shown in page
    assert "Right:" not in page and PLAIN not in page
    complete_unit(enrolled, quiz)
    page = text(hers.get(url("attempt-result", done)))
    assert "Right:" in page and PLAIN in page


@pytest.mark.parametrize(
    ("before", "words"),
    [([], "Some days are like that."), ([PLAIN], "You knew as much before the lessons.")],
)
def test_post_test_is_kind_about_less_and_the_same(tests, hers, enrolled, before, words):
    hand_in(start(enrolled, tests[0]), wrong=before)
    done = hand_in(start(enrolled, tests[1]), wrong=[PLAIN])
    assert words in text(hers.get(url("attempt-result", done)))


def test_post_test_without_a_pre_test_says_its_score(tests, hers, enrolled):
    done = hand_in(start(enrolled, tests[1]))
    page = text(hers.get(url("attempt-result", done)))
    assert "5 <small>of 5" in page and "Before the lessons" not in page


# Regrades -------------------------------------------------------------------------------------------------------------


def remark(attempt, trainer, effect):
    """What a regrade leaves behind on an attempt."""
    run = Regrade.objects.create(
        question=attempt.paper[0]["question"],
        code="t-q1",
        stem="A question",
        verdict=Regrade.Verdict.EVERYONE,
        reason="Two answers were right",
        made_by=trainer,
    )
    return Remark.objects.create(
        regrade=run,
        attempt=attempt,
        item_id=attempt.paper[0]["id"],
        key_before={},
        key_after={},
        right_before=False,
        right_after=True,
        score_before=3,
        score_after=4,
        effect=effect,
    )


def test_regrade_that_changed_the_result_is_said_with_its_reason(hers, attempt, trainer):
    done = hand_in(attempt)
    remark(done, trainer, Remark.Effect.PASSED)
    page = text(hers.get(url("attempt-result", done)))
    assert "Your score was 3; now it is 4. With it you passed. The reason: Two answers were right" in page


def test_reason_of_a_regrade_waits_as_the_key_does(hers, attempt, trainer):
    done = hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    remark(done, trainer, Remark.Effect.RAISED)
    page = text(hers.get(url("attempt-result", done)))
    assert "Your score was 3; now it is 4." in page and "Two answers were right" not in page


def test_regrade_that_changed_nothing_is_not_mentioned(hers, attempt, trainer):
    done = hand_in(attempt)
    remark(done, trainer, Remark.Effect.SAME)
    assert "was corrected" not in text(hers.get(url("attempt-result", done)))
