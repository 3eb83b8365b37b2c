"""Reading attempts: where a person stands with a quiz, its page, what is locked."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import get_language
from wagtail.models import Page

from curriculum.models import Withdrawal
from lms.learning.models import Completion, Requirement
from lms.learning.services import cycle_for
from lms.people.models import User

from .. import passing
from ..models import Answer, Attempt, ExtraTry, Purpose, QuizPage
from .asking import guarded_questions
from .pages import page_of


@dataclass
class QuizState:
    """Where a person stands with a quiz in this cycle.

    `left` is None where tries are not counted. `standing` is the attempt to go on with: an open one, or one that
    passed. `is_opened`: a trainer opened the next try. `guarded`: questions that are kept back from her practice.
    """

    cycle: int
    attempts: list[Attempt]
    left: int | None
    standing: Attempt | None
    is_opened: bool = False
    guarded: frozenset[UUID] = frozenset()

    @property
    def last(self) -> Attempt | None:
        return self.attempts[0] if self.attempts else None

    @property
    def is_locked(self) -> bool:
        return self.left == 0 and not self.standing


def quiz_state(person: User, quiz: QuizPage) -> QuizState:
    cycle = cycle_for(person, quiz.translation_key)
    mine = {"person": person, "unit_key": quiz.translation_key, "cycle": cycle}
    attempts = list(Attempt.objects.filter(**mine).defer("key").order_by("-number"))
    standing = next((attempt for attempt in attempts if attempt.is_open), None)
    if quiz.purpose == Purpose.PRACTICE:
        guarded = frozenset() if standing else guarded_questions(person)
        return QuizState(cycle, attempts, None, standing, guarded=guarded)
    standing = standing or _settled(attempts, mine)
    if quiz.purpose != Purpose.CERTIFYING:
        return QuizState(cycle, attempts, None, standing)
    not_yet = [attempt for attempt in attempts if attempt.passed_at is None and not attempt.is_open]
    opened = set(ExtraTry.objects.filter(**mine).values_list("after_attempt", flat=True)) if not_yet else set()
    left = passing.tries_left(quiz.tries, len(opened), len(not_yet))
    return QuizState(cycle, attempts, left, standing, is_opened=bool(attempts and attempts[0].pk in opened))


def _settled(attempts: list[Attempt], mine: dict) -> Attempt | None:
    """The attempt that passed or was a test, unless what it completed was flagged since: then she is asked again."""
    settled = next((attempt for attempt in attempts if attempt.passed_at or attempt.completed_at), None)
    if settled and settled.completed_at and not Completion.objects.filter(**mine, flagged_at=None).exists():
        return None
    return settled


def quiz_page(attempt: Attempt) -> QuizPage:
    """The quiz of an attempt, in its language if it is there. Live or not: what she has done counts."""
    return page_of(QuizPage, attempt.unit_key, attempt.language)


@cache
def offered_attempts() -> QuerySet[Attempt]:
    """Attempts without their key, with `is_withdrawn`: the quiz, or the module in which she was asked for it, is now.

    Made once a process: every answer asks it, and to put it together costs more than to run it.
    """
    gone = Withdrawal.objects.open()
    asked = Requirement.objects.filter(enrolment__person=OuterRef("person"), unit_key=OuterRef("unit_key"))
    return Attempt.objects.defer("key").annotate(
        is_withdrawn=Exists(gone.filter(page_key=OuterRef("unit_key")))
        | Exists(asked.filter(module_key__in=gone.values("page_key")))
    )


@cache
def attempts_to_answer() -> QuerySet[Attempt]:
    """As offered_attempts, with `last_saved_at`: when the last answer before this one was saved."""
    before = Answer.objects.filter(attempt=OuterRef("pk")).order_by("-saved_at").values("saved_at")
    return offered_attempts().annotate(last_saved_at=Subquery(before[:1]))


def overdue_attempts(now: datetime) -> list[Attempt]:
    """Open attempts whose deadline and grace are over, without their papers."""
    late = Attempt.objects.filter(handed_in_at=None, deadline_at__lte=now).defer("paper", "key")
    return [attempt for attempt in late if attempt.is_over(now)]


def quiz_to_read(attempt: Attempt) -> QuizPage | None:
    """The quiz of an attempt in the language that is being read, where it is live."""
    return _to_read(QuizPage.objects.select_related("locale"), attempt)


def quiz_link(attempt: Attempt) -> Page | None:
    """As quiz_to_read, for a page that links to it: title and address only, at a quarter of the cost."""
    return _to_read(Page.objects.select_related("locale").only("title", "url_path", "locale__language_code"), attempt)


def _to_read(pages: QuerySet, attempt: Attempt):
    found = pages.live().filter(translation_key=attempt.unit_key).order_by("pk")
    return max(found, key=lambda page: page.locale.language_code == get_language(), default=None)


def locked_attempts(learners: QuerySet[User]) -> list[Attempt]:
    """The last «not yet» of everyone whose tries are used up, the newest first. A fixed number of queries."""
    certifying = Attempt.objects.filter(person__in=learners, purpose=Purpose.CERTIFYING)
    groups: dict[tuple, list[Attempt]] = {}
    for attempt in certifying.select_related("person").defer("paper", "key").order_by("number"):
        groups.setdefault((attempt.person_id, attempt.unit_key, attempt.cycle), []).append(attempt)
    rows = ExtraTry.objects.filter(person__in=learners).values_list("person_id", "unit_key", "cycle")
    extra = Counter(rows)
    tries = dict(QuizPage.objects.values_list("translation_key", "tries"))
    locked = [group[-1] for place, group in groups.items() if _is_locked(group, tries.get(place[1], 0), extra[place])]
    return sorted(locked, key=lambda attempt: attempt.handed_in_at, reverse=True)


def _is_locked(attempts: list[Attempt], tries: int, extra: int) -> bool:
    if any(attempt.is_open or attempt.passed_at for attempt in attempts):
        return False
    return passing.tries_left(tries, extra, len(attempts)) == 0
