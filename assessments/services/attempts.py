"""From hand-in to completion. Every verb may be called twice: the second finds what the first did."""

import logging
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lms.learning.services import complete_unit
from lms.people.models import User

from .. import passing, queries, question_types
from ..analysis.chosen import chosen
from ..models import Answer, Attempt, Mark, Purpose

THOUSANDTH = Decimal("0.001")
TESTS = (Purpose.PRE_TEST, Purpose.POST_TEST)

logger = logging.getLogger(__name__)


class Refused(Exception):
    """An answer that is not taken, for one of the reasons below."""


class NotAnAnswer(Refused):
    """Not a complete response to an item of this paper."""


class NothingToPutRight(Refused):
    """This item was not missed, or is right by now."""


@transaction.atomic
def hand_in(attempt: Attempt) -> Attempt:
    """Judge the answers that count by the frozen key. Idempotent. What passes with nothing to put right is complete.

    A pre-test or post-test has no pass and is complete at once. After the deadline and its grace it is the clock that
    hands in, whoever asks.
    """
    attempt = _lock(attempt)
    if not attempt.is_open:
        return attempt
    outcome = _outcome(attempt, Mark.objects.bulk_create(_marks(attempt)))
    is_test, now = attempt.purpose in TESTS, timezone.now()
    attempt.handed_in_at, attempt.by_clock = now, attempt.is_over(now)
    attempt.score, attempt.to_put_right = outcome.score, outcome.to_put_right
    attempt.passed_at = now if outcome.passed and not is_test else None
    attempt.save(update_fields=["handed_in_at", "by_clock", "score", "to_put_right", "passed_at"])
    if is_test or (outcome.passed and not outcome.to_put_right):
        complete_attempt(attempt)
    return attempt


def hand_in_overdue() -> None:
    """Hand in every attempt whose time and grace are over, each in a transaction of its own. Run by the tick."""
    for attempt in queries.overdue_attempts(timezone.now()):
        try:
            hand_in(attempt)
        except Exception:
            logger.exception("an overdue attempt could not be handed in")


@transaction.atomic
def put_right(attempt: Attempt, item_id: str, response: Any, answer_id: UUID) -> Answer:
    """Judge another answer to a missed critical item at once; the last one right completes the unit.

    A replay with the same id changes nothing. Raises NothingToPutRight and NotAnAnswer.
    """
    attempt = _lock(attempt)
    if saved := Answer.objects.filter(pk=answer_id).first():
        return _of(attempt, saved)
    item = attempt.item(item_id)
    if not item or not question_types.get(item["type"]).is_complete(item["item"], response):
        raise NotAnAnswer
    if item_id not in attempt.to_put_right:
        raise NothingToPutRight
    right = grade(attempt, item_id, response)
    answer = Answer.objects.create(
        pk=answer_id, attempt=attempt, item_id=item_id, response=response, put_right=True, right=right
    )
    if right:
        attempt.to_put_right = [id_ for id_ in attempt.to_put_right if id_ != item_id]
        attempt.save(update_fields=["to_put_right"])
        if not attempt.to_put_right:
            complete_attempt(attempt)
    return answer


def grade(attempt: Attempt, item_id: str, response: Any) -> bool:
    """Whether a response to an item of this paper is right, by the key that was frozen with it."""
    return question_types.grade(attempt.item(item_id)["type"], attempt.key[item_id], response).right


def _lock(attempt: Attempt) -> Attempt:
    """The person first: completing locks her too, and a regrade comes the same way."""
    User.objects.select_for_update().get(pk=attempt.person_id)
    return Attempt.objects.select_for_update(of=("self",)).select_related("person").get(pk=attempt.pk)


def _of(attempt: Attempt, saved: Answer) -> Answer:
    if saved.attempt_id != attempt.pk:
        raise NotAnAnswer  # the id belongs to an answer of another paper
    return saved


def _outcome(attempt: Attempt, marks: list[Mark]) -> passing.Outcome:
    return passing.judge(
        attempt.paper,
        {mark.item_id: mark.right for mark in marks},
        attempt.pass_mark,
        shares={mark.item_id: mark.share for mark in marks},
        safety=attempt.purpose == Purpose.CERTIFYING,
    )


def _marks(attempt: Attempt) -> list[Mark]:
    """The answer of each item that counts, judged by the frozen key."""
    given = queries.responses(attempt)
    return [_mark(attempt, position, item, given.get(item["id"])) for position, item in enumerate(attempt.paper, 1)]


def _mark(attempt: Attempt, position: int, item: dict, answer: Answer | None) -> Mark:
    response = answer.response if answer else None
    judged = question_types.grade(item["type"], attempt.key[item["id"]], response)
    return Mark(
        attempt=attempt,
        item_id=item["id"],
        position=position,
        of=len(attempt.paper),
        question=item["question"],
        revision=item["revision"],
        response=response,
        chosen=chosen(item, response),
        right=judged.right,
        share=share_that_counts(attempt, judged),
        seconds=answer and answer.seconds,
    )


def share_that_counts(attempt: Attempt, judged: question_types.Grade) -> Decimal:
    """Of one mark. Unless the paper gives credit for parts, only an answer that is right as a whole counts."""
    return Decimal(judged.share).quantize(THOUSANDTH) if attempt.partial_credit else Decimal(judged.right)


def complete_attempt(attempt: Attempt) -> None:
    """Stamp an attempt with nothing left to put right, and complete its unit. The caller holds the locks."""
    attempt.completed_at = timezone.now()
    attempt.save(update_fields=["completed_at"])
    complete_unit(attempt.person, queries.quiz_page(attempt), detail=_detail(attempt))


def _detail(attempt: Attempt) -> dict:
    """What is kept with the completion. Only a certifying quiz claims a mark: that is what certificates print."""
    named = {"title": attempt.title}
    if attempt.purpose != Purpose.CERTIFYING:
        return named | {"purpose": attempt.purpose}
    return named | {"mark": attempt.points, "of": len(attempt.paper), "pass_mark": attempt.pass_mark}
