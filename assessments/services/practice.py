"""Practising what she missed: the day's questions, and an answer to one of them."""

from datetime import date
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.utils import timezone

from lms.core.models import Country
from lms.people.models import User

from .. import papers, pictures, queries, question_types
from ..models import PracticeCard, PracticeTurn
from ..practice import memory
from ..practice import queries as practice
from ..practice.queries import A_DAY, Remembered
from .attempts import NotAnAnswer


class AnsweredBefore(Exception):
    """What is right was shown; the first answer stands."""


@transaction.atomic
def start_practice(person: User, country: Country, language: str) -> list[PracticeTurn]:
    """The questions of today in her language: those she began, or up to five that are due. Empty: nothing is due.

    Writes down what she met in quizzes since. A second press finds what the first made.
    """
    User.objects.select_for_update().get(pk=person.pk)
    today = timezone.localdate()
    if turns := practice.turns_of(person, today):
        return turns
    met = practice.remembered(person)
    _write_down(person, met)
    chosen = practice.due(person, country, met)[:A_DAY]
    paper, keys = papers.draw(queries.asked(chosen, language), SystemRandom(), mix_questions=False)
    pictures.keep(paper)
    return PracticeTurn.objects.bulk_create(_turns(person, today, paper, keys))


@transaction.atomic
def answer_turn(turn: PracticeTurn, response: Any) -> PracticeTurn:
    """Judge an answer at once and reckon when the question comes back. The same answer again changes nothing.

    Raises NotAnAnswer, and AnsweredBefore for another answer.
    """
    card = PracticeCard.objects.select_for_update().get(pk=turn.card_id)
    turn = PracticeTurn.objects.select_related("card").get(pk=turn.pk)
    if turn.answered_at:
        if turn.response != response:
            raise AnsweredBefore
        return turn
    type_ = question_types.get(turn.item["type"])
    if not type_.is_complete(turn.item["item"], response):
        raise NotAnAnswer
    grade = type_.grade(turn.key, response)
    turn.response, turn.right, turn.answered_at = response, grade.right, timezone.now()
    turn.save(update_fields=["response", "right", "answered_at"])
    card.memory = memory.answered(card.memory, memory.rating(grade), turn.answered_at)
    card.due_at = memory.due_at(card.memory)
    card.save(update_fields=["memory", "due_at"])
    return turn


def _turns(person: User, day: date, paper: list[dict], keys: dict) -> list[PracticeTurn]:
    cards = {str(card.question): card for card in PracticeCard.objects.filter(person=person)}
    begun = PracticeTurn.objects.filter(card__person=person, day=day).count()
    return [
        PracticeTurn(card=cards[item["question"]], day=day, position=position, item=item, key=keys[item["id"]])
        for position, item in enumerate(paper, begun + 1)
    ]


def _write_down(person: User, met: list[Remembered]) -> None:
    """One row a question, whatever was there before."""
    PracticeCard.objects.bulk_create(
        [
            PracticeCard(person=person, question=one.question, memory=one.memory, due_at=memory.due_at(one.memory))
            for one in met
            if one.is_new
        ],
        update_conflicts=True,
        unique_fields=["person", "question"],
        update_fields=["memory", "due_at"],
    )
