"""Judging papers again after a wrong key was corrected: a recorded run, each paper in a transaction of its own right.

Locks: the question's rows, then per paper person → attempt, as everywhere.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log

from lms.learning.models import Completion
from lms.learning.services import cycle_for, flag_completion
from lms.people.models import User

from ..models import Attempt, Mark, PracticeTurn, Question, Regrade, Remark
from ..regrades import permissions, reading
from ..regrades.reckoning import Again, Line, Terms
from .attempts import complete_attempt

AT_ONCE = 200  # so many papers are judged while she waits, all or nothing; more in a task
PATIENCE = timedelta(minutes=10)
FLAG_LENGTH = 250


class MayNotRegrade(Exception):
    """No posting that covers a whole country as its trainer or lead, or everywhere as a reviewer."""


class PreviewChanged(Exception):
    """What was previewed is not what would be done now: look at it again."""


class NothingToRegrade(Exception):
    """Every paper is judged by this key already, or shows other words."""


@transaction.atomic
def start_regrade(
    run_id: UUID, question: Question, *, verdict: str, may_lower: bool, reason: str, by: User, expected: str
) -> Regrade:
    """Judge a question again in the papers of this user's places; the run with this id, also at a second press.

    `expected` is the digest of the preview she saw. Up to AT_ONCE papers are done on return, all or nothing; more are
    left to a task, paper by paper. Raises MayNotRegrade, PreviewChanged and NothingToRegrade.
    """
    list(Question.objects.select_for_update().filter(translation_key=question.translation_key).order_by("pk"))
    if done := Regrade.objects.filter(pk=run_id, made_by=by, question=question.translation_key).first():
        return done
    scope = permissions.regrade_scope(by)
    if scope is None:
        raise MayNotRegrade
    terms = reading.terms(question.translation_key, verdict, may_lower=may_lower)
    found = reading.preview(terms, scope)
    if found.digest != expected or Regrade.objects.filter(pk=run_id).exists():
        raise PreviewChanged
    if not found.papers:
        raise NothingToRegrade
    # Today's practice froze the old key: what is not answered yet is left out, and comes back with the new one.
    PracticeTurn.objects.filter(card__question=question.translation_key, answered_at=None).delete()
    regrade = _record(run_id, question, found, countries=scope, reason=reason, by=by)
    if found.papers <= AT_ONCE:
        go_on(regrade)
        regrade.refresh_from_db()
    else:
        run_regrade.enqueue(str(regrade.pk))
    return regrade


@task()
def run_regrade(regrade_id: str) -> int:
    """Running it twice judges each paper once."""
    return go_on(Regrade.objects.get(pk=regrade_id))


def resume_regrades() -> None:
    """For the tick: a run that nobody has gone on with for a while was killed; it goes on, unless its task waits."""
    waiting = DBTaskResult.objects.ready().filter(task_path=run_regrade.module_path)
    enqueued = {result.args_kwargs["args"][0] for result in waiting}
    runs = Regrade.objects.filter(finished_at=None).annotate(last=Max("remarks__made_at"))
    before = timezone.now() - PATIENCE
    for run in runs:
        if (run.last or run.made_at) < before and str(run.pk) not in enqueued:
            run_regrade.enqueue(str(run.pk))


def go_on(regrade: Regrade) -> int:
    """Judge what this run has not judged yet, each paper whole; returns how many it judged.

    May be called again after a kill, or twice at the same time: a paper is judged once a run.
    """
    if regrade.finished_at:
        return 0
    terms = reading.terms_of(regrade)
    asking = reading.papers_asking(regrade.question, regrade.countries)
    waiting = asking.exclude(pk__in=Remark.objects.filter(regrade=regrade).values("attempt"))
    places = list(waiting.values_list("person_id", "pk"))
    judged = sum(_judge_paper(regrade, terms, person_id, attempt_id) for person_id, attempt_id in places)
    Regrade.objects.filter(pk=regrade.pk, finished_at=None).update(finished_at=timezone.now())
    return judged


def _record(run_id: UUID, question: Question, found: reading.Preview, *, countries, reason: str, by: User) -> Regrade:
    regrade = Regrade.objects.create(
        pk=run_id,
        question=question.translation_key,
        code=question.code,
        stem=question.stem,
        verdict=found.terms.verdict,
        may_lower=found.terms.may_lower,
        revisions={wording.language: wording.revision for wording in found.terms.wordings},
        countries=countries,
        reason=reason,
        papers=found.papers,
        other_words=len(found.other_words),
        made_by=by,
    )
    log(question, "assessments.regrade", user=by, data={"papers": found.papers, "run": str(run_id)})
    return regrade


@transaction.atomic
def _judge_paper(regrade: Regrade, terms: Terms, person_id: UUID, attempt_id: UUID) -> bool:
    """Whether there was something to write. What is read after the locks counts, not what the preview saw."""
    User.objects.select_for_update().get(pk=person_id)
    Attempt.objects.select_for_update().get(pk=attempt_id)
    if regrade.remarks.filter(attempt=attempt_id).exists():
        return False
    attempt = reading.with_marks(Attempt.objects.filter(pk=attempt_id), regrade.question).get()
    again = reading.again(attempt, terms)
    if not again.changes:
        return False
    _write(regrade, attempt, again)
    _settle(regrade, attempt, again)
    return True


def _write(regrade: Regrade, attempt: Attempt, again: Again) -> None:
    Remark.objects.bulk_create(_remark(regrade, attempt, again, line) for line in again.lines)
    for line in again.lines:
        attempt.key[line.item_id] = line.key_after
        if line.right_after is not None:
            Mark.objects.filter(attempt=attempt, item_id=line.item_id).update(right=line.right_after, share=line.share)
    attempt.score, attempt.to_put_right = again.score_after, again.to_put_right
    if again.passed_before != again.passed_after:
        attempt.passed_at = timezone.now() if again.passed_after else None
    attempt.save(update_fields=["key", "score", "to_put_right", "passed_at"])


def _remark(regrade: Regrade, attempt: Attempt, again: Again, line: Line) -> Remark:
    return Remark(
        regrade=regrade,
        attempt=attempt,
        item_id=line.item_id,
        key_before=line.key_before,
        key_after=line.key_after,
        right_before=line.right_before,
        right_after=line.right_after,
        score_before=again.score_before,
        score_after=again.score_after,
        effect=again.effect,
    )


def _settle(regrade: Regrade, attempt: Attempt, again: Again) -> None:
    """The unit follows: complete now, or flagged for HR. No certificate is touched here."""
    if again.complete_after and not again.complete_before:
        _complete(attempt)
    if again.complete_before and not again.complete_after:
        attempt.completed_at = None
        attempt.save(update_fields=["completed_at"])
        _flag(regrade, attempt)


def _complete(attempt: Attempt) -> None:
    """Of a cycle that is over only the attempt: a renewal takes nothing from before it opened."""
    if attempt.cycle == cycle_for(attempt.person, attempt.unit_key):
        complete_attempt(attempt)
    else:
        attempt.completed_at = timezone.now()
        attempt.save(update_fields=["completed_at"])


def _flag(regrade: Regrade, attempt: Attempt) -> None:
    """Unless another attempt of hers holds the unit up."""
    hers = {"person": attempt.person_id, "unit_key": attempt.unit_key, "cycle": attempt.cycle}
    if Attempt.objects.filter(completed_at__isnull=False, **hers).exists():
        return
    reason = _("Regrade of question %(code)s: %(reason)s") % {"code": regrade.code, "reason": regrade.reason}
    for completion in Completion.objects.filter(flagged_at=None, **hers):
        flag_completion(completion, by=regrade.made_by, reason=reason[:FLAG_LENGTH])
