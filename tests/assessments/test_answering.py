"""The save of one answer: what it costs, and what a replay is."""

from uuid import uuid4

import pytest
from django.http import Http404

from assessments import services
from assessments.models import Answer
from curriculum.services import withdraw
from tests.assessments.pages import posted, url
from tests.bench.counting import counted_queries
from tests.factories.assessments import right_response, wrong_response

from .trying import start

SCRIPT = {"x-requested-with": "fetch"}


@pytest.mark.django_db(transaction=True)
def test_save_takes_five_queries_with_session_person_and_begin(hers, attempt):
    data = [posted(right_response(attempt, item)) for item in attempt.paper[:2]]
    hers.post(url("question-answer", attempt, 1), data[0], headers=SCRIPT)
    with counted_queries() as counted:
        saved = hers.post(url("question-answer", attempt, 2), data[1], headers=SCRIPT)
    assert saved.json()["state"] == "saved"
    assert len(counted.own + counted.routing) <= 5
    assert not [sql for sql in counted.own if '"assessments_attempt"."key"' in sql]


def test_page_sent_again_with_another_answer_is_another_answer(attempt, enrolled):
    item, id_ = attempt.paper[0], uuid4()
    give = (right_response(attempt, item), wrong_response(attempt, item), wrong_response(attempt, item))
    first, second, _again = [
        services.take_answer(enrolled, attempt.pk, id_, lambda _, one=one: (item["id"], one), of_page=True)
        for one in give
    ]
    assert first.pk == id_ != second.pk
    assert [one.response for one in Answer.objects.order_by("saved_at")][:2] == [give[0], give[1]]


def test_answer_to_somebody_elses_attempt_is_not_there(attempt, other_learner):
    item = attempt.paper[0]
    with pytest.raises(Http404):
        services.take_answer(other_learner, attempt.pk, uuid4(), lambda _: (item["id"], True))
    assert not Answer.objects.exists()


@pytest.mark.parametrize("part", ["quiz", "module"])
def test_withdrawn_quiz_takes_no_answer_but_knows_a_replay(attempt, quiz, curriculum, trainer, part):
    item, id_ = attempt.paper[0], uuid4()
    right = right_response(attempt, item)
    services.save_answer(attempt, item["id"], right, id_)
    withdraw(quiz if part == "quiz" else curriculum.module, by=trainer, reason="Question 2 is wrong")
    assert services.save_answer(attempt, item["id"], right, id_).pk == id_
    with pytest.raises(services.Withdrawn):
        services.save_answer(attempt, item["id"], right, uuid4())


def test_replay_of_a_practice_answer_is_no_second_answer(enrolled, practice):
    attempt, id_ = start(enrolled, practice), uuid4()
    item = attempt.paper[0]
    first = services.save_answer(attempt, item["id"], right_response(attempt, item), id_)
    assert services.save_answer(attempt, item["id"], right_response(attempt, item), id_) == first
    with pytest.raises(services.AlreadyAnswered):
        services.save_answer(attempt, item["id"], right_response(attempt, item), uuid4())
