"""An answer, saved as it is given: never lost, never double. Three queries: begin, the locked attempt, the answer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.people.models import User

from .. import permissions, question_types
from ..models import Answer, Attempt
from .attempts import NotAnAnswer, Refused, hand_in

AWAY = 15 * 60  # seconds: whoever takes longer than this was doing something else

Read = Callable[[Attempt], tuple[str, Any]]


class HandedIn(Refused):
    """The paper was handed in; it takes no more answers."""


class OutOfTime(HandedIn):
    """The time and its grace are over: the server handed in what was there."""


class Withdrawn(Refused):
    """The quiz or its module is withdrawn for now; what she has answered is kept."""


class AlreadyAnswered(Refused):
    """A practice quiz has shown what is right; the first answer stands."""


def save_answer(attempt: Attempt, item_id: str, response: Any, answer_id: UUID) -> Answer:
    """Keep a response; the newest of an item counts. A replay with the same id changes nothing, even after hand-in.

    Raises HandedIn, OutOfTime, Withdrawn, NotAnAnswer, and in a practice quiz AlreadyAnswered.
    """
    return take_answer(attempt.person, attempt.pk, answer_id, lambda _attempt: (item_id, response))


def take_answer(person: User, attempt_id: UUID, answer_id: UUID, read: Read, *, of_page: bool = False) -> Answer:
    """As save_answer, for whoever has the attempt's id only: `read` gets it and returns item and response.

    `of_page`: the id came with a page, not with an act. Sent again with another answer (the page came back from the
    browser's memory) it is another answer. Raises Http404 where the attempt is not hers.
    """
    try:
        return _take(person, attempt_id, answer_id, read)
    except (Refused, IntegrityError) as reason:  # IntegrityError: the id is taken
        return _sent_before(person, attempt_id, answer_id, read, of_page=of_page, refusal=reason)


@transaction.atomic
def _take(person: User, attempt_id: UUID, answer_id: UUID, read: Read) -> Answer:
    attempt, now = permissions.attempt_to_answer(person, attempt_id), timezone.now()
    item_id, response = read(attempt)
    _check(attempt, item_id, response, now)
    return Answer.objects.create(
        pk=answer_id, attempt=attempt, item_id=item_id, response=response, seconds=_seconds(attempt, now), saved_at=now
    )


def _sent_before(
    person: User, attempt_id: UUID, answer_id: UUID, read: Read, *, of_page: bool, refusal: Exception
) -> Answer:
    """The answer of which this is a replay. Where it is none: saves what a page sent anew, else raises the refusal."""
    saved = Answer.objects.select_related("attempt").filter(pk=answer_id, attempt=attempt_id).first()
    if saved and (not of_page or (saved.item_id, saved.response) == read(saved.attempt)):
        return saved
    if isinstance(refusal, IntegrityError):
        if not saved:
            raise NotAnAnswer from refusal  # the id belongs to an answer of another paper
        return take_answer(person, attempt_id, uuid4(), read)
    if isinstance(refusal, OutOfTime):
        hand_in(Attempt.objects.get(pk=attempt_id))
    raise refusal


def _check(attempt: Attempt, item_id: str, response: Any, now: datetime) -> None:
    item = attempt.item(item_id)
    if not item or not question_types.get(item["type"]).is_complete(item["item"], response):
        raise NotAnAnswer
    if attempt.is_over(now):
        raise OutOfTime
    if not attempt.is_open:
        raise HandedIn
    if attempt.is_withdrawn:
        raise Withdrawn
    if attempt.is_practice and attempt.answers.filter(item_id=item_id).exists():
        raise AlreadyAnswered


def _seconds(attempt: Attempt, now: datetime) -> int:
    """Since the answer before this one or the start."""
    since = attempt.last_saved_at or attempt.started_at
    return min(AWAY, max(0, round((now - since).total_seconds())))
