"""The paper of an attempt: the rules it keeps, the parts that count, what is drawn next, and a move to elsewhere."""

from decimal import Decimal
from uuid import uuid4

import pytest

from assessments import services
from assessments.models import Mark
from tests.factories.assessments import QUESTIONS, answer, hand_in, right_response
from tests.factories.content import make_question, make_quiz

from .conftest import ALSO_PLAIN, PLAIN
from .trying import rule, start


def test_paper_keeps_the_rules_that_judge_it(enrolled, quiz):
    attempt = start(enrolled, rule(quiz, partial_credit=True, layout="all", pass_mark=60))
    kept = (attempt.partial_credit, attempt.layout, attempt.pass_mark, attempt.quiz_revision)
    assert kept == (True, "all", 60, quiz.live_revision_id)
    rule(quiz, partial_credit=False, pass_mark=100)
    assert hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN]).passed_at


@pytest.mark.parametrize(("partial", "score", "share"), [(True, Decimal("0.5"), Decimal("0.5")), (False, 0, 0)])
def test_parts_of_an_answer_count_where_the_quiz_says_so(enrolled, curriculum, partial, score, share):
    several = make_question("m-q1", QUESTIONS["multiple"])
    quiz = make_quiz(curriculum.module, [several], title="Several", partial_credit=partial)
    attempt = start(enrolled, quiz)
    one_of_two = right_response(attempt, attempt.paper[0])[:1]
    services.save_answer(attempt, attempt.paper[0]["id"], one_of_two, uuid4())
    assert services.hand_in(attempt).score == score
    mark = Mark.objects.get()
    assert (mark.share, mark.right) == (share, False)


def test_next_paper_asks_what_she_has_not_seen(enrolled, quiz):
    for number in range(4):
        make_question(f"d-q{number}", QUESTIONS["true_false"] | {"stem": f"{number}?"}, difficulty=3)
    quiz.sections = [{"type": "draw", "value": {"count": 2, "tags": [], "module": None, "difficulty": ["3"]}}]
    quiz.save()
    first = services.hand_in(start(enrolled, quiz))
    second = start(enrolled, quiz)
    assert len(first.paper) == len(second.paper) == 2
    assert not {item["question"] for item in first.paper} & {item["question"] for item in second.paper}


def test_open_paper_stays_hers_when_she_moves_to_another_country(attempt, enrolled, quiz, lesotho):
    """See start_attempt: the enrolment and its certificate keep the old country, and no answer is lost."""
    answer(attempt, wrong=[PLAIN, ALSO_PLAIN])
    make_local(quiz.questions_for("KE")[3])
    enrolled.country = lesotho
    enrolled.save()
    again = start(enrolled, quiz)
    assert (again, again.country_code, len(again.paper)) == (attempt, "KE", 5)
    services.hand_in(again)
    following = start(enrolled, quiz)
    assert (following.country_code, len(following.paper)) == ("LS", 4)


def make_local(question):
    question.countries = ["KE"]
    question.save_revision().publish()
