"""From the start of a quiz to its completion. Every verb may be called twice: the second finds what the first did."""

from decimal import Decimal
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lms.core.models import Country
from lms.learning.services import complete_unit
from lms.people.models import User

from .. import papers, passing, queries, question_types
from ..analysis.chosen import chosen
from ..models import Answer, Attempt, Mark, Question, QuizPage

THOUSANDTH = Decimal("0.001")


class NoTriesLeft(Exception):
    """All tries are used: a trainer talks with the learner and opens another."""


class NothingToAsk(Exception):
    """No question of this quiz is for the learner's country."""


class HandedIn(Exception):
    """The paper was handed in; it takes no more answers."""


class NotAnAnswer(Exception):
    """Not a complete response to an item of this paper."""


class AlreadyAnswered(Exception):
    """A practice quiz has shown what is right; the first answer stands."""


class NothingToPutRight(Exception):
    """This item was not missed, or is right by now."""


@transaction.atomic
def start_attempt(person: User, quiz: QuizPage, country: Country, language: str) -> Attempt:
    """The attempt to go on with: an open one, one that passed, or a new one with a paper of its own.

    Raises NoTriesLeft and NothingToAsk.
    """
    User.objects.select_for_update().get(pk=person.pk)
    state = queries.quiz_state(person, quiz)
    if state.standing:
        return state.standing
    if state.left == 0:
        raise NoTriesLeft
    paper, key = _draw(quiz, country.code, language, person)
    return Attempt.objects.create(
        person=person,
        unit_key=quiz.translation_key,
        title=quiz.title,
        purpose=quiz.purpose,
        cycle=state.cycle,
        number=len(state.attempts) + 1,
        language=language,
        country_code=country.code,
        pass_mark=quiz.pass_mark,
        paper=paper,
        key=key,
    )


@transaction.atomic
def save_answer(attempt: Attempt, item_id: str, response: Any, answer_id: UUID) -> Answer:
    """Keep a response; the newest of an item counts. A replay with the same id changes nothing, even after hand-in.

    Raises HandedIn, NotAnAnswer, and in a practice quiz AlreadyAnswered.
    """
    attempt = _lock(attempt)
    if saved := Answer.objects.filter(pk=answer_id, attempt=attempt).first():
        return saved
    _check(attempt, item_id, response, answer_id)
    if not attempt.is_open:
        raise HandedIn
    if attempt.is_practice and attempt.answers.filter(item_id=item_id).exists():
        raise AlreadyAnswered
    return Answer.objects.create(pk=answer_id, attempt=attempt, item_id=item_id, response=response)


@transaction.atomic
def hand_in(attempt: Attempt) -> Attempt:
    """Judge the newest answers by the frozen key. Idempotent. A pass with nothing to put right completes the unit."""
    attempt = _lock(attempt)
    if not attempt.is_open:
        return attempt
    marks = Mark.objects.bulk_create(_marks(attempt))
    right = {mark.item_id: mark.right for mark in marks}
    outcome = passing.judge(attempt.paper, right, attempt.pass_mark, safety=not attempt.is_practice)
    attempt.handed_in_at = timezone.now()
    attempt.score, attempt.to_put_right = Decimal(outcome.score), outcome.to_put_right
    attempt.passed_at = attempt.handed_in_at if outcome.passed else None
    attempt.save(update_fields=["handed_in_at", "score", "to_put_right", "passed_at"])
    if outcome.passed and not outcome.to_put_right:
        _complete(attempt)
    return attempt


@transaction.atomic
def put_right(attempt: Attempt, item_id: str, response: Any, answer_id: UUID) -> Answer:
    """Judge another answer to a missed critical item at once; the last one right completes the unit.

    A replay with the same id changes nothing. Raises NothingToPutRight and NotAnAnswer.
    """
    attempt = _lock(attempt)
    if saved := Answer.objects.filter(pk=answer_id, attempt=attempt).first():
        return saved
    _check(attempt, item_id, response, answer_id)
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
            _complete(attempt)
    return answer


def grade(attempt: Attempt, item_id: str, response: Any) -> bool:
    """Whether a response to an item of this paper is right, by the key that was frozen with it."""
    return question_types.get(attempt.item(item_id)["type"]).grade(attempt.key[item_id], response).right


def _lock(attempt: Attempt) -> Attempt:
    return Attempt.objects.select_for_update().select_related("person").get(pk=attempt.pk)


def _check(attempt: Attempt, item_id: str, response: Any, answer_id: UUID) -> None:
    item = attempt.item(item_id)
    if not item or not question_types.get(item["type"]).is_complete(item["item"], response):
        raise NotAnAnswer
    if Answer.objects.filter(pk=answer_id).exists():
        raise NotAnAnswer  # the id belongs to an answer of another paper


def _draw(quiz: QuizPage, country_code: str, language: str, person: User) -> tuple[list[dict], dict]:
    questions = queries.questions_in(quiz, country_code, language)
    if not questions:
        raise NothingToAsk
    last = Attempt.objects.filter(person=person, unit_key=quiz.translation_key).first()
    return papers.draw([_asked(question) for question in questions], SystemRandom(), last.paper if last else None)


def _asked(question: Question) -> papers.Asked:
    return papers.Asked(
        question=str(question.translation_key),
        revision=question.live_revision_id,
        type=question.type_name,
        value=question.answer[0].value,
        case=question.case,
        stem=question.stem,
        why=question.why,
        critical=question.critical,
        facts=[row.fact.code for row in question.cited_facts.all()],
    )


def _marks(attempt: Attempt) -> list[Mark]:
    """The newest answer of each item, judged by the frozen key."""
    newest = {answer.item_id: answer for answer in attempt.answers.filter(put_right=False)}
    return [_mark(attempt, position, item, newest.get(item["id"])) for position, item in enumerate(attempt.paper, 1)]


def _mark(attempt: Attempt, position: int, item: dict, answer: Answer | None) -> Mark:
    response = answer.response if answer else None
    judged = question_types.get(item["type"]).grade(attempt.key[item["id"]], response)
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
        share=Decimal(judged.share).quantize(THOUSANDTH),
        seconds=answer and answer.seconds,
    )


def _complete(attempt: Attempt) -> None:
    attempt.completed_at = timezone.now()
    attempt.save(update_fields=["completed_at"])
    mark = {"mark": attempt.points, "of": len(attempt.paper), "pass_mark": attempt.pass_mark}
    complete_unit(attempt.person, queries.quiz_page(attempt), detail=mark | {"title": attempt.title})
