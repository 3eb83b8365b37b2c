"""Reading what a person may practise: what she met in quizzes whose key she may see, and what of it is due today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from curriculum.models import Withdrawal
from lms.core.models import Country
from lms.learning.models import Enrolment, Requirement
from lms.people.models import User

from .. import queries
from ..models import Attempt, Mark, PracticeCard, PracticeTurn, Purpose, Question, QuizPage
from . import memory

A_DAY = 5  # questions


@dataclass
class Remembered:
    """What is remembered of a question. `is_new`: not written down yet."""

    question: UUID
    memory: dict
    is_new: bool = False


def remembered(person: User) -> list[Remembered]:
    """All that she met, with the marks that came after its card was last written. Writes nothing."""
    cards = PracticeCard.objects.filter(person=person)
    found = {card.question: Remembered(card.question, card.memory) for card in cards}
    for question, right, at in _newest_marks(person):
        known = found.get(question)
        if known and memory.last_at(known.memory) >= at:
            continue
        after = memory.met_in_quiz(known and known.memory, right, at)
        found[question] = Remembered(question, after, is_new=True)
    return list(found.values())


def due(person: User, country: Country, met: Iterable[Remembered]) -> list[Question]:
    """The questions of what she met that are due today and may be asked, the longest due first.

    Never one that a certifying quiz before her may ask; none that is not live, not for her country or of a withdrawn
    module.
    """
    waiting = [one for one in met if memory.due_at(one.memory) < end_of_day(timezone.localdate())]
    guarded = queries.guarded_questions(person)
    keys = [one.question for one in sorted(waiting, key=_since) if one.question not in guarded]
    withdrawn = Withdrawal.objects.open().values("page_key")
    rows = Question.objects.filter(translation_key__in=keys, live=True).order_by("-pk")
    rows = rows.filter(Q(module=None) | ~Q(module__translation_key__in=withdrawn))
    by_key = {question.translation_key: question for question in rows if question.is_for(country.code)}
    return [by_key[key] for key in keys if key in by_key]


def turns_of(person: User, day: date) -> list[PracticeTurn]:
    """A day's questions in order, without those that a certifying quiz before her may ask by now."""
    turns = list(PracticeTurn.objects.filter(card__person=person, day=day).select_related("card"))
    guarded = queries.guarded_questions(person) if turns else frozenset()
    return [turn for turn in turns if turn.card.question not in guarded]


def left_today(person: User) -> int:
    """About how many questions wait for her today, at most five. One query, for a page that only leads there.

    It knows of certifying quizzes before her by what she met in them: the practice's own page asks exactly.
    """
    today = timezone.localdate()
    turns = PracticeTurn.objects.filter(card__person=OuterRef("pk"), day=today)
    row = User.objects.filter(pk=person.pk).values_list(
        Exists(turns),
        _count(turns.filter(answered_at=None)),
        _count(_due_cards(today)),
        _count(_new_marks(), "question"),
    )
    begun, left, cards, marks = row.get()
    return left if begun else min(cards + marks, A_DAY)


def end_of_day(day: date) -> datetime:
    """Midnight where the site is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _since(one: Remembered) -> datetime:
    return memory.due_at(one.memory)


def _newest_marks(person: User) -> list[tuple[UUID, bool, datetime]]:
    """The newest mark of each question in the attempts whose key she may see."""
    rows = Mark.objects.filter(attempt__in=_open_to_her(person)).order_by("attempt__handed_in_at", "pk")
    newest = {row[0]: row for row in rows.values_list("question", "right", "attempt__handed_in_at")}
    return list(newest.values())


def _open_to_her(person: User) -> list[UUID]:
    """Practice, and certifying quizzes that are complete; a post-test once its key may be seen. Never a pre-test."""
    handed_in = Attempt.objects.filter(person=person, handed_in_at__isnull=False)
    found = list(handed_in.filter(_practice_or_complete()).values_list("pk", flat=True))
    tests = handed_in.filter(purpose=Purpose.POST_TEST).select_related("person")
    return found + [attempt.pk for attempt in tests if queries.shown_items(attempt)]


def _practice_or_complete(of: str = "") -> Q:
    return Q(**{f"{of}purpose": Purpose.PRACTICE}) | Q(
        **{f"{of}purpose": Purpose.CERTIFYING, f"{of}completed_at__isnull": False}
    )


def _due_cards(today: date) -> QuerySet[PracticeCard]:
    cards = PracticeCard.objects.filter(person=OuterRef("pk"), due_at__lt=end_of_day(today))
    return cards.exclude(question__in=_before_her("person"))


def _new_marks() -> QuerySet[Mark]:
    """Marks without a card, that are due: wrong ones, and right ones after the first interval."""
    marks = Mark.objects.filter(_practice_or_complete("attempt__"), attempt__person=OuterRef("pk"))
    marks = marks.filter(attempt__handed_in_at__isnull=False)
    old = timezone.now() - memory.FIRST_INTERVAL
    marks = marks.filter(Q(right=False) | Q(attempt__handed_in_at__lte=old))
    carded = PracticeCard.objects.filter(person=OuterRef("attempt__person"), question=OuterRef("question"))
    return marks.filter(~Exists(carded)).exclude(question__in=_before_her("attempt__person"))


def _before_her(person: str) -> QuerySet:
    """What she met in certifying quizzes that open enrolments ask for. `person`: her field in the query around it."""
    hers = Requirement.objects.filter(enrolment__person=OuterRef(OuterRef(person)))
    asked = hers.filter(enrolment__in=Enrolment.objects.open())
    asked = asked.filter(kind=QuizPage.kind, completed_at=None).values("unit_key")
    return Mark.objects.filter(attempt__purpose=Purpose.CERTIFYING, attempt__unit_key__in=asked).values("question")


def _count(rows: QuerySet, of: str = "pk") -> Coalesce:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(count=Count(of, distinct=True))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)
