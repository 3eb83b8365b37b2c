"""The day's questions and their answers, through the database."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from assessments import question_types, services
from assessments.models import PracticeCard, PracticeTurn, Purpose, Question
from assessments.practice import queries as practice
from curriculum.services import withdraw
from lms.learning.models import Enrolment, Requirement
from lms.learning.services import enrol
from tests.assessments.conftest import ALSO_PLAIN, PLAIN
from tests.assessments.practice.conftest import STEMS, attempt_at
from tests.assessments.test_regrades import run
from tests.factories.assessments import hand_in
from tests.factories.content import make_quiz


def stems(turns):
    return {turn.item["stem"] for turn in turns}


def answer(turn, *, right=True):
    type_ = question_types.get(turn.item["type"])
    given = type_.right_response(turn.item["item"], turn.key)
    return services.answer_turn(turn, given if right else not given)


def later(**distance):
    return time_machine.travel(timezone.now() + timedelta(**distance), tick=False)


def test_what_she_missed_is_asked_the_same_day(missed, start):
    assert stems(start()) == set(STEMS[:3])


def test_starting_twice_asks_the_same(missed, start):
    assert [turn.pk for turn in start()] == [turn.pk for turn in start()]
    assert PracticeCard.objects.count() == len(STEMS)


def test_what_was_right_comes_back_after_two_days_and_no_more_than_five(missed, start):
    with later(days=2):
        turns = start()
    assert len(turns) == practice.A_DAY
    assert set(STEMS[:3]) < stems(turns)


def test_nothing_missed_is_nothing_due(enrolled, practice_quiz, start):
    hand_in(attempt_at(enrolled, practice_quiz))
    assert start() == []


def test_a_quiz_that_is_not_handed_in_gives_nothing(enrolled, practice_quiz, start):
    attempt_at(enrolled, practice_quiz)
    assert start() == []


def test_a_right_answer_comes_back_later_a_wrong_one_the_next_day(missed, start):
    with later(days=2):
        first, second, *_more = start()
        answer(first)
        answer(second, right=False)
        due = {turn: PracticeCard.objects.get(pk=turn.card_id).due_at - timezone.now() for turn in (first, second)}
    assert due[second] == timedelta(days=1)
    assert due[first] > due[second]


def test_first_answer_stands_and_again_changes_nothing(missed, start):
    turn = start()[0]
    done = answer(turn)
    due = PracticeCard.objects.get(pk=turn.card_id).due_at
    assert answer(turn).answered_at == done.answered_at
    with pytest.raises(services.AnsweredBefore):
        answer(turn, right=False)
    assert PracticeCard.objects.get(pk=turn.card_id).due_at == due


def test_what_is_no_answer_is_refused(missed, start):
    with pytest.raises(services.NotAnAnswer):
        services.answer_turn(start()[0], None)


def test_done_for_today_stays_done(missed, start):
    for turn in start():
        answer(turn)
    assert all(turn.answered_at for turn in start())
    assert PracticeTurn.objects.count() == 3


def test_a_new_day_begins_at_midnight_where_the_site_is(missed, start):
    zone = ZoneInfo(settings.TIME_ZONE)
    tomorrow = timezone.localdate() + timedelta(days=1)
    before = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 23, 59, tzinfo=zone)
    with time_machine.travel(before, tick=False):
        evening = {turn.pk for turn in start()}
        assert {turn.pk for turn in start()} == evening
    with time_machine.travel(before + timedelta(minutes=2), tick=False):
        assert evening.isdisjoint({turn.pk for turn in start()})


def test_an_answer_given_over_midnight_counts(missed, start):
    turn = start()[0]
    with later(days=1):
        assert answer(turn).right


def test_missed_later_in_a_quiz_it_is_due_at_once(missed, enrolled, practice_quiz, start):
    start()
    with later(days=1):
        hand_in(attempt_at(enrolled, practice_quiz), wrong=STEMS[3:4])
        assert stems(start()) == {STEMS[3]}


# What is never asked --------------------------------------------------------------------------------------------------


def test_questions_of_a_certifying_quiz_before_her_are_never_asked(enrolled, quiz, start):
    hand_in(attempt_at(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    assert start() == []
    with later(days=30):
        assert start() == []
    assert not PracticeTurn.objects.exists()


def test_they_are_asked_once_it_is_complete(enrolled, quiz, curriculum, start):
    require(enrolled, quiz)
    hand_in(attempt_at(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    assert start() == []
    assert hand_in(attempt_at(enrolled, quiz), wrong=[PLAIN]).completed_at
    assert stems(start()) == {PLAIN}


def test_a_renewal_keeps_them_back_again(enrolled, quiz, curriculum, start):
    require(enrolled, quiz)
    hand_in(attempt_at(enrolled, quiz), wrong=[PLAIN])
    turns = start()
    Enrolment.objects.filter(person=enrolled).update(closed_at=timezone.now())
    enrol(enrolled, curriculum.programme)
    require(enrolled, quiz)
    assert stems(turns) == {PLAIN}
    assert practice.turns_of(enrolled, timezone.localdate()) == []
    with later(days=30):
        assert start() == []
        assert practice.left_today(enrolled) == 0


def require(person, quiz):
    """Her open enrolment asks for this quiz too."""
    enrolment = person.enrolments.open().get()
    Requirement.objects.get_or_create(
        enrolment=enrolment, unit_key=quiz.translation_key, defaults={"kind": quiz.kind, "position": 90}
    )


def test_a_question_that_a_certifying_quiz_shares_is_left_out(missed, enrolled, quiz, start):
    share(enrolled, quiz, [Question.objects.get(stem=stem) for stem in (PLAIN, STEMS[0])])
    assert stems(start()) == set(STEMS[1:3])


def test_one_that_is_kept_back_in_the_middle_of_the_day_is_closed(missed, enrolled, quiz, start):
    turns = start()
    share(enrolled, quiz, [Question.objects.get(stem=turns[0].item["stem"])])
    assert turns[0] not in practice.turns_of(enrolled, timezone.localdate())


def share(person, quiz, questions):
    require(person, quiz)
    section = {"type": "fixed", "value": {"questions": [{"type": "item", "value": one.pk} for one in questions]}}
    quiz.sections = [section]
    quiz.save_revision().publish()


def test_a_pre_test_gives_nothing(enrolled, practice_quiz, curriculum, start):
    chosen = list(Question.objects.filter(stem__in=STEMS))
    before = make_quiz(curriculum.module, chosen, title="Before", slug="before", purpose=Purpose.PRE_TEST)
    hand_in(attempt_at(enrolled, before), wrong=STEMS)
    assert start() == []


def test_unpublished_withdrawn_and_deleted_questions_are_skipped(missed, start, curriculum, trainer):
    first, second = Question.objects.filter(stem__in=STEMS[:2]).order_by("stem")
    first.unpublish()
    second.delete()
    assert stems(start()) == {STEMS[2]}
    PracticeTurn.objects.all().delete()
    withdraw(curriculum.module, by=trainer, reason="Old numbers")
    assert start() == []


def test_questions_for_other_countries_are_skipped(missed, start):
    Question.objects.filter(stem=STEMS[0]).update(countries=["LS"])
    assert stems(start()) == set(STEMS[1:3])


def test_another_persons_marks_are_not_hers(missed, other_learner, curriculum, start):
    enrol(other_learner, curriculum.programme)
    assert start(other_learner) == []


# The line on home -----------------------------------------------------------------------------------------------------


def test_home_counts_without_writing_in_one_query(missed, enrolled, start, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert practice.left_today(enrolled) == 3
    assert not PracticeCard.objects.exists()
    turns = start()
    assert practice.left_today(enrolled) == 3
    answer(turns[0])
    assert practice.left_today(enrolled) == 2
    for turn in turns[1:]:
        answer(turn)
    assert practice.left_today(enrolled) == 0
    with later(days=2):
        assert practice.left_today(enrolled) == 5


def test_home_is_silent_about_a_certifying_quiz_that_is_not_complete(enrolled, quiz):
    hand_in(attempt_at(enrolled, quiz), wrong=[PLAIN, ALSO_PLAIN])
    with later(days=30):
        assert practice.left_today(enrolled) == 0


def test_home_is_silent_for_who_has_nothing(enrolled):
    assert practice.left_today(enrolled) == 0


def test_regrade_takes_back_what_today_froze_with_the_old_key(missed, start, reviewer):
    first, other = start()[:2]
    answer(first)
    for turn in (first, other):
        asked = Question.objects.get(stem=turn.item["stem"])
        asked.answer = [("true_false", {"is_true": not asked.answer[0].value["is_true"]})]
        asked.save_revision().publish()
        run(asked, reviewer)
    assert PracticeTurn.objects.filter(pk=first.pk).exists()
    assert not PracticeTurn.objects.filter(pk=other.pk).exists()
