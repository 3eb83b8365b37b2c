"""A regrade as a run: once, by whom, for whom, as it was previewed, and to its end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments import services
from assessments.models import Attempt, Regrade, Remark
from assessments.regrades.permissions import regrade_scope
from assessments.services import regrades
from lms.learning.services import complete_unit, enrol
from lms.people.models import Role
from tests.factories.assessments import hand_in
from tests.factories.people import make_person, post

from .conftest import ALSO_PLAIN, PLAIN
from .test_regrades import fresh, look, run, standing, start, turn


def test_second_press_runs_once(attempt, reviewer):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    asked, run_id = turn(PLAIN), uuid4()
    seen = look(asked).digest
    first = run(asked, reviewer, run_id=run_id, expected=seen)
    assert run(asked, reviewer, run_id=run_id, expected=seen) == first
    assert Remark.objects.count() == Regrade.objects.count() == 1


def test_what_was_previewed_must_still_hold(attempt, other_learner, quiz, reviewer):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    under_way = start(other_learner, quiz)
    asked = turn(PLAIN)
    seen = look(asked).digest
    hand_in(under_way)
    with pytest.raises(services.PreviewChanged):
        run(asked, reviewer, expected=seen)
    assert not Regrade.objects.exists()
    assert fresh(attempt).score == 3


def test_run_of_somebody_else_is_not_given_out(attempt, reviewer, administrator):
    hand_in(attempt, wrong=[PLAIN])
    asked, run_id = turn(PLAIN), uuid4()
    run(asked, reviewer, run_id=run_id)
    turn(PLAIN)
    with pytest.raises(services.PreviewChanged):
        run(asked, administrator, run_id=run_id, may_lower=True)


def test_trainer_of_a_country_touches_no_other_country(attempt, quiz, curriculum, lesotho_learner, trainer, reviewer):
    hand_in(attempt, wrong=[PLAIN])
    foreign = hand_in(start(lesotho_learner, quiz), wrong=[PLAIN])
    asked = turn(PLAIN)
    regrade = run(asked, trainer)
    assert (regrade.countries, regrade.papers) == (["KE"], 1)
    assert (fresh(attempt).score, fresh(foreign).score) == (5, 4)
    assert run(asked, reviewer).papers == 1
    assert fresh(foreign).score == 5


@pytest.mark.parametrize("who", ["hr", "observer", "learner"])
def test_others_may_not_regrade(attempt, who, request):
    asked = turn(PLAIN)
    with pytest.raises(services.MayNotRegrade):
        run(asked, request.getfixturevalue(who), expected="")


def test_trainer_of_one_site_may_not_regrade(attempt, site):
    person = make_person("Halima", "Juma")
    post(person, Role.TRAINER, site)
    assert regrade_scope(person) is None


def test_attempt_of_an_older_cycle_completes_nothing_now(attempt, quiz, curriculum, enrolled, reviewer):
    """A renewal takes nothing from before it opened."""
    complete_unit(enrolled, curriculum.practical)
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    hand_in(start(enrolled, quiz))
    enrol(enrolled, curriculum.programme)
    run(turn(PLAIN), reviewer)
    assert fresh(attempt).completed_at
    assert not standing(enrolled, quiz).filter(cycle=2).exists()


def test_completion_that_another_attempt_holds_up_is_not_flagged(attempt, quiz, enrolled, reviewer):
    hand_in(attempt, wrong=[PLAIN, ALSO_PLAIN])
    hand_in(start(enrolled, quiz))
    run(turn(PLAIN), reviewer)
    assert fresh(attempt).completed_at
    run(turn(PLAIN), reviewer, may_lower=True)
    assert not fresh(attempt).completed_at
    assert standing(enrolled, quiz).exists()


@pytest.fixture
def long_run(attempt, other_learner, quiz, reviewer, monkeypatch):
    """Two papers to judge, where one is too many to wait for."""
    hand_in(attempt, wrong=[PLAIN])
    hand_in(start(other_learner, quiz), wrong=[PLAIN])
    monkeypatch.setattr(regrades, "AT_ONCE", 1)
    return run(turn(PLAIN), reviewer)


def tasks():
    return DBTaskResult.objects.filter(task_path=services.run_regrade.module_path)


def scores():
    return set(Attempt.objects.values_list("score", flat=True))


def test_long_run_is_left_to_a_task(long_run):
    assert (long_run.papers, long_run.finished_at, long_run.remarks.count()) == (2, None, 0)
    assert tasks().get().args_kwargs["args"] == [str(long_run.pk)]
    assert services.run_regrade.call(str(long_run.pk)) == 2
    assert services.run_regrade.call(str(long_run.pk)) == 0
    assert scores() == {5}
    assert Regrade.objects.get().finished_at


def test_killed_run_goes_on_where_it_was(long_run, monkeypatch):
    judge, judged = regrades._judge_paper, []

    def killed_at_the_second(*args):
        if judged:
            raise KeyboardInterrupt
        judged.append(judge(*args))
        return judged[0]

    monkeypatch.setattr(regrades, "_judge_paper", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        services.run_regrade.call(str(long_run.pk))
    assert long_run.remarks.count() == 1
    monkeypatch.setattr(regrades, "_judge_paper", judge)
    assert services.run_regrade.call(str(long_run.pk)) == 1
    assert scores() == {5}
    assert long_run.remarks.count() == 2


def test_run_that_stands_still_is_taken_up_again(long_run):
    services.resume_regrades()
    assert tasks().count() == 1  # it waits already
    tasks().delete()
    services.resume_regrades()
    assert not tasks().exists()  # somebody may still be at it
    Regrade.objects.update(made_at=timezone.now() - timedelta(hours=1))
    services.resume_regrades()
    assert tasks().count() == 1
