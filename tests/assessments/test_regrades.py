"""A wrong key, corrected: who is affected is seen first, then every paper is judged again and written down."""

from uuid import uuid4

import pytest

from assessments import services
from assessments.models import Attempt, Mark, Question, Regrade, Remark
from assessments.regrades import reading
from assessments.regrades.permissions import regrade_scope
from lms.learning.models import Completion, Enrolment
from lms.learning.services import complete_unit
from tests.factories.assessments import QUESTIONS, hand_in, right_response, wrong_response
from tests.factories.content import make_question, make_quiz

from .conftest import ALSO_CRITICAL, ALSO_PLAIN, CRITICAL, PLAIN, THIRD_PLAIN

KEY, EVERYONE, REWORDED = Regrade.Verdict.KEY, Regrade.Verdict.EVERYONE, Regrade.Verdict.REWORDED
Effect = Remark.Effect


def start(person, quiz):
    return services.start_attempt(person, quiz, person.country, "en")


def question(stem):
    return Question.objects.get(stem=stem, code__startswith="t-q")


def turn(stem, **changes):
    """The key of a true-or-false question the other way round, published."""
    asked = question(stem)
    asked.answer = [("true_false", {"is_true": not asked.answer[0].value["is_true"], **changes})]
    asked.save_revision().publish()
    return asked


def look(asked, verdict=KEY, *, may_lower=False, scope=()):
    return reading.preview(reading.terms(asked.translation_key, verdict, may_lower=may_lower), scope)


def run(asked, by, verdict=KEY, *, may_lower=False, run_id=None, expected=None):
    scope = regrade_scope(by) or []
    seen = expected or look(asked, verdict, may_lower=may_lower, scope=scope).digest
    how = {"verdict": verdict, "may_lower": may_lower, "reason": "The key was wrong.", "by": by, "expected": seen}
    return services.start_regrade(run_id or uuid4(), asked, **how)


def standing(person, quiz):
    return Completion.objects.filter(person=person, unit_key=quiz.translation_key, flagged_at=None)


def fresh(attempt):
    return Attempt.objects.get(pk=attempt.pk)


def remark_of(attempt):
    return Remark.objects.get(attempt=attempt)


def test_preview_writes_nothing_and_counts_each_paper(attempt, quiz):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    before = Attempt.objects.values().get(pk=attempt.pk)
    found = look(turn(PLAIN))
    assert (found.asked, found.papers, found.effects) == (1, 1, {Effect.PASSED: 1})
    assert [one.attempt.pk for one in found.passing] == [attempt.pk]
    group = next(iter(found.groups.values()))
    assert (group.title, group.country, group.language, group.asked) == ("Quiz: TB", "KE", "en", 1)
    assert Attempt.objects.values().get(pk=attempt.pk) == before
    assert not Regrade.objects.exists()


def test_raised_mark_passes_and_completes_the_unit(attempt, quiz, enrolled, reviewer):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    old_key = attempt.key
    regrade = run(turn(PLAIN), reviewer)
    now, remark = fresh(attempt), remark_of(attempt)
    assert (now.score, bool(now.passed_at), bool(now.completed_at)) == (4, True, True)
    assert (remark.effect, remark.score_before, remark.score_after) == (Effect.PASSED, 3, 4)
    assert (remark.right_before, remark.right_after) == (False, True)
    assert remark.key_before == old_key[remark.item_id] != remark.key_after == now.key[remark.item_id]
    assert Mark.objects.get(attempt=attempt, item_id=remark.item_id).right
    assert standing(enrolled, quiz).get().detail["mark"] == 4
    assert (regrade.papers, regrade.made_by, bool(regrade.finished_at)) == (1, reviewer, True)
    assert regrade.revisions == {"en": question(PLAIN).live_revision_id}


def test_newly_passed_finishes_the_programme_and_earns_the_certificate(attempt, curriculum, enrolled, reviewer):
    complete_unit(enrolled, curriculum.practical)
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    assert not Enrolment.objects.get(person=enrolled).completed_at
    run(turn(PLAIN), reviewer)
    assert Enrolment.objects.get(person=enrolled).completed_at
    assert enrolled.certificates.count() == 1


def test_newly_passed_with_a_missed_safety_question_has_it_put_right_first(attempt, quiz, enrolled, reviewer):
    hand_in(attempt, wrong=[PLAIN, CRITICAL])
    run(turn(PLAIN), reviewer)
    now = fresh(attempt)
    missed = next(item for item in now.paper if item["stem"] == CRITICAL)
    assert (bool(now.passed_at), now.completed_at, now.to_put_right) == (True, None, [missed["id"]])
    assert not standing(enrolled, quiz).exists()
    services.put_right(now, missed["id"], right_response(now, missed), uuid4())
    assert standing(enrolled, quiz).exists()


def test_safety_question_that_was_right_after_all_need_not_be_put_right(attempt, quiz, enrolled, reviewer):
    hand_in(attempt, wrong=[ALSO_CRITICAL])
    assert len(fresh(attempt).to_put_right) == 1
    run(turn(ALSO_CRITICAL), reviewer)
    assert fresh(attempt).to_put_right == []
    assert standing(enrolled, quiz).exists()


def test_safety_question_put_right_by_the_corrected_key_counts(attempt, quiz, enrolled, reviewer):
    """Her second answer was refused by the wrong key, and is right by the corrected one."""
    hand_in(attempt, wrong=[CRITICAL])
    missed = next(item for item in attempt.paper if item["stem"] == CRITICAL)
    given = fresh(attempt).answers.get(item_id=missed["id"]).response
    other = next(
        option
        for option in missed["item"]["options"]
        if option["id"] not in (given, attempt.key[missed["id"]]["right"])
    )
    services.put_right(attempt, missed["id"], other["id"], uuid4())
    asked = question(CRITICAL)
    options = [{"text": o["text"], "right": o["text"] == other["text"]} for o in missed["item"]["options"]]
    asked.answer = [("single", {"options": options})]
    asked.save_revision().publish()
    run(asked, reviewer)
    assert fresh(attempt).to_put_right == []
    assert standing(enrolled, quiz).exists()


def test_nobody_loses_a_mark_unless_it_is_said(attempt, quiz, enrolled, reviewer):
    hand_in(attempt, wrong=[ALSO_PLAIN])
    asked = turn(PLAIN)
    assert look(asked).effects == {Effect.KEPT: 1}
    run(asked, reviewer)
    now, remark = fresh(attempt), remark_of(attempt)
    assert (now.score, remark.effect, remark.right_after) == (4, Effect.KEPT, True)
    assert now.key[remark.item_id] == remark.key_after
    assert standing(enrolled, quiz).exists()


def test_lowered_mark_flags_the_unit_and_leaves_certificates_alone(attempt, quiz, curriculum, enrolled, reviewer):
    complete_unit(enrolled, curriculum.practical)
    hand_in(attempt, wrong=[ALSO_PLAIN])
    certificate = enrolled.certificates.get()
    asked = turn(PLAIN)
    found = look(asked, may_lower=True)
    assert [(one.is_complete, one.programmes) for one in found.losing] == [(True, [curriculum.programme.code])]
    run(asked, reviewer, may_lower=True)
    now = fresh(attempt)
    assert (now.score, now.passed_at, now.completed_at) == (3, None, None)
    assert remark_of(attempt).effect == Effect.FLAGGED
    flagged = Completion.objects.get(person=enrolled, unit_key=quiz.translation_key)
    assert flagged.flagged_by == reviewer
    assert flagged.flag_reason == "Regrade of question t-q3: The key was wrong."
    assert not standing(enrolled, quiz).exists()
    assert list(enrolled.certificates.values_list("pk", "revoked_at")) == [(certificate.pk, None)]


def test_lowered_mark_that_still_passes_flags_nothing(attempt, quiz, enrolled, reviewer):
    hand_in(attempt)
    run(turn(PLAIN), reviewer, may_lower=True)
    assert (fresh(attempt).score, remark_of(attempt).effect) == (4, Effect.LOWERED)
    assert standing(enrolled, quiz).exists()


def test_lowered_safety_question_is_to_be_put_right_again(attempt, quiz, enrolled, reviewer):
    hand_in(attempt)
    run(turn(ALSO_CRITICAL), reviewer, may_lower=True)
    now = fresh(attempt)
    missed = next(item for item in now.paper if item["stem"] == ALSO_CRITICAL)
    assert (bool(now.passed_at), now.completed_at, now.to_put_right) == (True, None, [missed["id"]])
    assert not standing(enrolled, quiz).exists()
    services.put_right(now, missed["id"], right_response(now, missed), uuid4())
    assert standing(enrolled, quiz).exists()


def test_second_regrade_undoes_the_first(attempt, quiz, enrolled, reviewer):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    first_key = fresh(attempt).key
    run(turn(PLAIN), reviewer)
    run(turn(PLAIN), reviewer, may_lower=True)
    now = fresh(attempt)
    assert (now.score, now.passed_at, now.key) == (3, None, first_key)
    assert not standing(enrolled, quiz).exists()
    assert [remark.effect for remark in attempt.remarks.all()] == [Effect.PASSED, Effect.FLAGGED]


def test_everyone_gets_the_mark(attempt, enrolled, quiz, reviewer):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    run(question(PLAIN), reviewer, EVERYONE)
    assert fresh(attempt).score == 4
    assert standing(enrolled, quiz).exists()


def test_open_paper_gets_the_new_key_and_is_judged_by_it(attempt, reviewer):
    assert look(turn(PLAIN)).effects == {Effect.OPEN: 1}
    run(question(PLAIN), reviewer)
    remark = remark_of(attempt)
    assert (remark.effect, remark.score_before, remark.right_before) == (Effect.OPEN, None, None)
    now = fresh(attempt)
    assert now.is_open
    assert hand_in(now).score == 5


def test_open_paper_gets_the_mark_that_everyone_gets(attempt, reviewer):
    run(question(PLAIN), reviewer, EVERYONE)
    assert hand_in(fresh(attempt), wrong=[PLAIN]).score == 5


@pytest.mark.parametrize("change", [{"stem": "TB is not in the air."}, {"case": "Ann coughs."}])
def test_paper_with_other_words_is_left_as_it_is(attempt, reviewer, change):
    """Of a true-or-false question the stem is all that is shown: turned round, its key says nothing of the old one."""
    hand_in(attempt, wrong=[PLAIN])
    asked = question(PLAIN)
    for name, words in change.items():
        setattr(asked, name, words)
    asked.answer = [("true_false", {"is_true": False})]
    asked.save_revision().publish()
    found = look(asked)
    assert (found.papers, [left.pk for left in found.other_words]) == (0, [attempt.pk])
    with pytest.raises(services.NothingToRegrade):
        run(asked, reviewer)


def test_everyone_with_other_words_gets_the_mark_and_the_others_are_left(
    attempt, enrolled, other_learner, quiz, reviewer
):
    hand_in(attempt, wrong=[PLAIN])
    asked = question(PLAIN)
    asked.stem = "TB stays in the air for hours."
    asked.save_revision().publish()
    later = hand_in(start(other_learner, quiz), wrong=[asked.stem])
    found = look(asked, REWORDED)
    assert (found.attempts, found.unchanged) == ([attempt.pk], 1)
    run(asked, reviewer, REWORDED)
    assert (fresh(attempt).score, fresh(later).score) == (5, 4)


def test_parts_count_where_the_paper_says_so(enrolled, curriculum, reviewer):
    asked = make_question("t-q9", QUESTIONS["multiple"])
    quiz = make_quiz(curriculum.module, [asked], title="Parts", partial_credit=True)
    attempt = start(enrolled, quiz)
    item = attempt.paper[0]
    cough = next(option["id"] for option in item["item"]["options"] if option["text"] == "Cough")
    services.save_answer(attempt, item["id"], [cough], uuid4())
    assert services.hand_in(attempt).points == 0.5
    asked.answer = [
        ("multiple", {"options": [o | {"right": o["text"] == "Cough"} for o in QUESTIONS["multiple"]["options"]]})
    ]
    asked.save_revision().publish()
    run(asked, reviewer)
    assert fresh(attempt).score == 1


@pytest.mark.parametrize("purpose", ["pre_test", "post_test"])
def test_tests_are_regraded_without_a_pass(enrolled, curriculum, reviewer, purpose):
    quiz = make_quiz(curriculum.module, [question(PLAIN)], title="Test", purpose=purpose)
    attempt = hand_in(start(enrolled, quiz), wrong=[PLAIN])
    assert attempt.completed_at
    run(turn(PLAIN), reviewer)
    now = fresh(attempt)
    assert (now.score, now.passed_at, now.completed_at) == (1, None, attempt.completed_at)
    run(turn(PLAIN), reviewer, may_lower=True)
    now = fresh(attempt)
    assert (now.score, now.completed_at) == (0, attempt.completed_at)
    assert standing(enrolled, quiz).exists()


def test_matching_and_third_plain_are_left_alone(attempt, reviewer):
    """Other questions of the paper keep key and mark."""
    hand_in(attempt, wrong=[PLAIN, THIRD_PLAIN])
    before = {item["id"]: attempt.key[item["id"]] for item in attempt.paper if item["stem"] != PLAIN}
    run(turn(PLAIN), reviewer)
    now = fresh(attempt)
    assert {id_: now.key[id_] for id_ in before} == before
    third = next(item for item in now.paper if item["stem"] == THIRD_PLAIN)
    assert not Mark.objects.get(attempt=attempt, item_id=third["id"]).right
    assert wrong_response(now, third) == Mark.objects.get(attempt=attempt, item_id=third["id"]).response


def test_practice_that_passes_now_is_complete_and_one_that_does_not_stays(enrolled, curriculum, reviewer):
    stem = "Masks help."
    asked = make_question("t-q9", QUESTIONS["true_false"] | {"stem": stem})
    quiz = make_quiz(curriculum.module, [asked], title="Practice", purpose="practice")
    attempt = hand_in(start(enrolled, quiz), wrong=[stem])
    run(turn(stem), reviewer)
    assert fresh(attempt).completed_at
    run(turn(stem), reviewer, may_lower=True)
    now = fresh(attempt)
    assert (now.score, bool(now.completed_at)) == (0, True)
    assert standing(enrolled, quiz).exists()
