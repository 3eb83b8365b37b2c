"""Where questions are used: in which quizzes, how, and how often they were answered. Reads Mark rows, never papers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from .models import Mark, Question, QuizPage


@dataclass(frozen=True)
class Use:
    """One quiz that asks a question. `section` counts from 1; a draw takes `count` of `pool` live questions."""

    quiz: QuizPage
    section: int
    count: int | None = None
    pool: int | None = None

    @property
    def is_fixed(self) -> bool:
        return self.count is None


@dataclass
class Usage:
    uses: list[Use] = field(default_factory=list)
    answers: int = 0
    right: int = 0

    @property
    def quizzes(self) -> int:
        return len({use.quiz.pk for use in self.uses})


def quizzes_as_written() -> QuerySet[QuizPage]:
    """Each quiz once: a language that is not translated yet, or translated, asks what its source asks."""
    source = QuizPage.objects.filter(locale__language_code="en")
    return QuizPage.objects.filter(alias_of=None).filter(
        Q(locale__language_code="en") | ~Q(translation_key__in=source.values("translation_key"))
    )


def usage_of(questions: Iterable[Question]) -> dict[UUID, Usage]:
    """The usage of these questions by translation key. A fixed number of queries, however many there are."""
    found = {question.translation_key: Usage() for question in questions}
    for use, keys in _uses():
        for key in keys & found.keys():
            found[key].uses.append(use)
    answered = Mark.objects.filter(question__in=found, response__isnull=False).order_by()
    for row in answered.values("question").annotate(n=Count("pk"), right_n=Count("pk", filter=Q(right=True))):
        found[row["question"]].answers, found[row["question"]].right = row["n"], row["right_n"]
    return found


def used_keys() -> set[UUID]:
    """The questions that some quiz asks or may draw."""
    return set().union(*(keys for _use, keys in _uses()))


def _uses() -> list[tuple[Use, set[UUID]]]:
    """Each section of each quiz with the questions that it may ask."""
    quizzes = list(quizzes_as_written().order_by("title", "pk"))
    blocks = [(quiz, number, block) for quiz in quizzes for number, block in enumerate(quiz.sections.raw_data, 1)]
    return [
        *_fixed([row for row in blocks if row[2]["type"] == "fixed"]),
        *_drawn([r for r in blocks if r[2]["type"] == "draw"]),
    ]


def _fixed(blocks: list[tuple[QuizPage, int, dict]]) -> list[tuple[Use, set[UUID]]]:
    chosen = {pk for _quiz, _number, block in blocks for pk in _chosen(block)}
    keys = dict(Question.objects.filter(pk__in=chosen).values_list("pk", "translation_key"))
    return [(Use(quiz, number), {keys[pk] for pk in _chosen(block) if pk in keys}) for quiz, number, block in blocks]


def _drawn(blocks: list[tuple[QuizPage, int, dict]]) -> list[tuple[Use, set[UUID]]]:
    """The values of all draws are read at once: each by itself would ask for its module."""
    if not blocks:
        return []
    form = QuizPage.sections.field.stream_block.child_blocks["draw"]
    draws = form.bulk_to_python([block["value"] for _quiz, _number, block in blocks])
    bank = list(Question.objects.live().fitting(draws).defer("answer", "case", "why"))
    uses = []
    for (quiz, number, _block), draw in zip(blocks, draws, strict=True):
        pool = draw.section([question for question in bank if question.locale_id == quiz.locale_id]).pool
        keys = {question.translation_key for question in pool}
        uses.append((Use(quiz, number, draw["count"], len(keys)), keys))
    return uses


def _chosen(block: dict) -> list[int]:
    return [item["value"] for item in block["value"]["questions"] if item["value"]]


def fixed_in(questions: Iterable[Question]) -> list[tuple[Question, QuizPage]]:
    """The quizzes, live or not, whose fixed sections hold one of these questions in any language."""
    questions = list(questions)
    usage = usage_of(questions)
    return [(one, use.quiz) for one in questions for use in usage[one.translation_key].uses if use.is_fixed]


def quizzes_drawing_by(slug: str) -> list[QuizPage]:
    """The quizzes, live or not, with a draw that names this tag."""
    return [
        quiz
        for quiz in quizzes_as_written().order_by("title", "pk")
        if any(block["type"] == "draw" and slug in block["value"].get("tags", []) for block in quiz.sections.raw_data)
    ]
