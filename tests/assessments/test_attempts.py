"""From start to completion, through the database."""

from uuid import uuid4

import pytest
from wagtail.models import Locale

from assessments import services
from assessments.models import Answer, Attempt, ExtraTry
from lms.learning.services import flag_completion
from tests.factories.assessments import QUESTIONS, answer, hand_in, right_response, wrong_response
from tests.factories.content import make_question, make_quiz

from .conftest import ALSO_CRITICAL, ALSO_PLAIN, CRITICAL, PLAIN, THIRD_PLAIN
from .trying import completions, item, start


def test_start_twice_gives_one_attempt(enrolled, quiz):
    assert start(enrolled, quiz) == start(enrolled, quiz)
    assert Attempt.objects.count() == 1


def test_paper_keeps_facts_and_revisions(attempt, quiz):
    frozen = item(attempt, CRITICAL)
    assert frozen["facts"] == ["tb-f1"]
    assert frozen["critical"] is True
    assert frozen["revision"] == quiz.questions_for("KE")[0].live_revision_id


def test_question_for_another_country_is_left_out(enrolled, quiz, curriculum):
    foreign = make_question("ls-q1", QUESTIONS["true_false"] | {"stem": "Only Lesotho."}, countries=["LS"])
    both = make_quiz(curriculum.module, [foreign, *quiz.questions_for("KE")], title="Both")
    assert "Only Lesotho." not in str(start(enrolled, both).paper)


def test_quiz_without_questions_for_her_country_asks_nothing(enrolled, curriculum):
    foreign = make_question("ls-q1", QUESTIONS["true_false"], countries=["LS"])
    with pytest.raises(services.NothingToAsk):
        start(enrolled, make_quiz(curriculum.module, [foreign], title="Lesotho"))


def test_questions_are_in_her_language_where_they_are_translated(enrolled, quiz):
    french = quiz.questions_for("KE")[0].copy_for_translation(Locale.objects.get(language_code="fr"))
    french.stem, french.live = "Comment la TB passe-t-elle ?", True
    french.save()
    french.save_revision().publish()
    stems = {item["stem"] for item in start(enrolled, quiz, "fr").paper}
    assert stems == {french.stem, ALSO_CRITICAL, PLAIN, ALSO_PLAIN, THIRD_PLAIN}


def test_editing_a_question_later_does_not_change_the_paper(attempt, enrolled, quiz):
    question = quiz.questions_for("KE")[0]
    question.stem = "Changed"
    question.answer = [("single", {"options": [{"text": "New", "right": True}, {"text": "Old", "right": False}]})]
    question.save_revision().publish()
    again = start(enrolled, quiz)
    assert again.paper == attempt.paper
    assert hand_in(again).score == 5


def test_replay_of_an_answer_is_kept_once(attempt):
    asked, answer_id = item(attempt, CRITICAL), uuid4()
    first = services.save_answer(attempt, asked["id"], right_response(attempt, asked), answer_id)
    again = services.save_answer(attempt, asked["id"], wrong_response(attempt, asked), answer_id)
    assert again.response == first.response
    assert Answer.objects.count() == 1


def test_newest_answer_counts(attempt):
    answer(attempt, wrong=[CRITICAL])
    asked = item(attempt, CRITICAL)
    services.save_answer(attempt, asked["id"], right_response(attempt, asked), uuid4())
    assert services.hand_in(attempt).score == 5


def test_answer_that_is_none_is_refused(attempt):
    with pytest.raises(services.NotAnAnswer):
        services.save_answer(attempt, item(attempt, CRITICAL)["id"], "nonsense", uuid4())
    with pytest.raises(services.NotAnAnswer):
        services.save_answer(attempt, "unknown", True, uuid4())
    assert not Answer.objects.exists()


def test_answer_id_of_another_paper_is_refused(attempt, other_learner, quiz):
    asked, answer_id = item(attempt, CRITICAL), uuid4()
    services.save_answer(attempt, asked["id"], right_response(attempt, asked), answer_id)
    other = start(other_learner, quiz)
    with pytest.raises(services.NotAnAnswer):
        services.save_answer(other, item(other, PLAIN)["id"], True, answer_id)


def test_paper_handed_in_takes_no_answer_but_knows_a_replay(attempt):
    asked, answer_id = item(attempt, PLAIN), uuid4()
    services.save_answer(attempt, asked["id"], True, answer_id)
    services.hand_in(attempt)
    assert services.save_answer(attempt, asked["id"], True, answer_id).pk == answer_id
    with pytest.raises(services.HandedIn):
        services.save_answer(attempt, asked["id"], False, uuid4())


def test_everything_right_completes_the_unit(attempt, enrolled, quiz):
    done = hand_in(attempt)
    assert done.completed_at
    assert completions(enrolled, quiz).get().detail == {"mark": 5, "of": 5, "pass_mark": 80, "title": "Quiz: TB"}


def test_hand_in_twice_judges_once(attempt, enrolled, quiz):
    first = hand_in(attempt)
    assert services.hand_in(attempt).handed_in_at == first.handed_in_at
    assert completions(enrolled, quiz).count() == 1


def test_unanswered_questions_are_not_right(attempt):
    done = services.hand_in(attempt)
    assert (done.score, done.passed_at, done.to_put_right) == (0, None, [])


def test_two_wrong_is_not_yet(attempt, enrolled, quiz):
    done = hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    assert (done.score, done.passed_at, done.completed_at) == (3, None, None)
    assert not completions(enrolled, quiz).exists()


def test_missed_critical_is_put_right_before_the_unit_is_complete(attempt, enrolled, quiz):
    done = hand_in(attempt, wrong=[CRITICAL])
    asked = item(done, CRITICAL)
    assert (done.score, done.to_put_right) == (4, [asked["id"]])
    assert done.passed_at
    assert not completions(enrolled, quiz).exists()
    assert not services.put_right(done, asked["id"], wrong_response(done, asked), uuid4()).right
    assert not completions(enrolled, quiz).exists()
    assert services.put_right(done, asked["id"], right_response(done, asked), uuid4()).right
    assert completions(enrolled, quiz).get().detail["mark"] == 4
    done.refresh_from_db()
    assert done.completed_at


def test_put_right_replayed_or_not_missed_changes_nothing(attempt):
    done = hand_in(attempt, wrong=[CRITICAL])
    asked, answer_id = item(done, CRITICAL), uuid4()
    services.put_right(done, asked["id"], right_response(done, asked), answer_id)
    assert services.put_right(done, asked["id"], right_response(done, asked), answer_id).pk == answer_id
    with pytest.raises(services.NothingToPutRight):
        services.put_right(done, asked["id"], right_response(done, asked), uuid4())


def test_put_right_does_not_open_a_failed_paper(attempt):
    done = hand_in(attempt, wrong=[CRITICAL, PLAIN])
    asked = item(done, CRITICAL)
    with pytest.raises(services.NothingToPutRight):
        services.put_right(done, asked["id"], right_response(done, asked), uuid4())


def test_next_paper_differs_and_then_no_try_is_left(enrolled, quiz):
    first = hand_in(start(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    second = start(enrolled, quiz)
    assert second.number == 2
    assert [item["stem"] for item in second.paper] != [item["stem"] for item in first.paper]
    hand_in(second, wrong=[PLAIN, ALSO_PLAIN])
    with pytest.raises(services.NoTriesLeft):
        start(enrolled, quiz)


def test_passed_quiz_is_not_begun_again(attempt, enrolled, quiz):
    done = hand_in(attempt)
    assert start(enrolled, quiz) == done


def test_flagged_completion_lets_her_begin_again(attempt, enrolled, quiz, trainer):
    done = hand_in(attempt)
    flag_completion(completions(enrolled, quiz).get(), by=trainer, reason="A question was wrong")
    assert start(enrolled, quiz).number == done.number + 1


def lock(person, quiz):
    hand_in(start(person, quiz), wrong=[PLAIN, ALSO_PLAIN])
    return hand_in(start(person, quiz), wrong=[PLAIN, ALSO_PLAIN])


def test_trainer_opens_another_try_once(enrolled, quiz, trainer):
    last = lock(enrolled, quiz)
    opened = services.open_extra_try(trainer, last, "We read lesson 2 together.")
    assert services.open_extra_try(trainer, last, "Pressed twice.") == opened
    third = start(enrolled, quiz)
    assert third.number == 3
    hand_in(third, wrong=[PLAIN, ALSO_PLAIN])
    with pytest.raises(services.NoTriesLeft):
        start(enrolled, quiz)
    services.open_extra_try(trainer, third, "Again.")
    assert hand_in(start(enrolled, quiz)).completed_at


def test_extra_try_only_when_locked(enrolled, quiz, trainer):
    first = hand_in(start(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    with pytest.raises(services.NotLocked):
        services.open_extra_try(trainer, first, "Too early.")
    lock_last = hand_in(start(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    with pytest.raises(services.NotLocked):
        services.open_extra_try(trainer, first, "Not the last one.")
    assert services.open_extra_try(trainer, lock_last, "Now.")


@pytest.mark.parametrize("who", ["observer", "hr", "other_learner", "learner", "other_country_hr"])
def test_extra_try_only_by_her_trainer(who, enrolled, quiz, request):
    last = lock(enrolled, quiz)
    with pytest.raises(services.NotTheirTrainer):
        services.open_extra_try(request.getfixturevalue(who), last, "Let her try.")
    assert not ExtraTry.objects.exists()


def test_practice_has_no_limit_and_asks_nothing_again(enrolled, practice):
    for _ in range(4):
        assert not hand_in(start(enrolled, practice), wrong=[PLAIN, ALSO_PLAIN]).passed_at
    done = hand_in(start(enrolled, practice), wrong=[CRITICAL])
    assert done.completed_at
    assert done.to_put_right == []
    assert start(enrolled, practice) != done


def test_first_answer_stands_in_practice(enrolled, practice):
    attempt = start(enrolled, practice)
    asked = item(attempt, CRITICAL)
    services.save_answer(attempt, asked["id"], wrong_response(attempt, asked), uuid4())
    with pytest.raises(services.AlreadyAnswered):
        services.save_answer(attempt, asked["id"], right_response(attempt, asked), uuid4())
