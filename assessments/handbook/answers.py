"""The questions of a module's quizzes with what is right and why: for those who may see the key."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom

from lms.core.models import Country

from .. import queries, question_types
from ..models import QuizPage
from ..papers import Asked
from ..records.building import shown_parts
from ..records.words import PARTS


@dataclass(frozen=True)
class Answered:
    asked: Asked
    kind: str
    parts: list[dict]
    right: list[str]
    quizzes: list[str]


def of(quizzes: Sequence[QuizPage], country: Country, language: str) -> list[Answered]:
    """Every question that a learner of this country may be asked, once, with the titles of the quizzes that may ask."""
    may_ask = {quiz.title: quiz.questions_for(country.code) for quiz in quizzes}
    questions = {question.translation_key: question for found in may_ask.values() for question in found}
    titles = {
        str(key): [title for title, found in may_ask.items() if key in {one.translation_key for one in found}]
        for key in questions
    }
    return [_answered(asked, titles[asked.question]) for asked in queries.asked(questions.values(), language)]


def _answered(asked: Asked, quizzes: list[str]) -> Answered:
    type_ = question_types.get(asked.type)
    item, key = type_.freeze(asked.value, SystemRandom(), shuffle=False)
    parts = [{"name": PARTS.get(part["part"], part["part"]), "lines": part["lines"]} for part in shown_parts(item)]
    right = type_.in_words(item, type_.right_response(item, key))
    return Answered(asked, str(type_.block().label), parts, right, quizzes)
