"""Reading attempts and observations: where a person stands, whom an observer watches, what is locked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from curriculum.models import ModulePage, Withdrawal
from lms.learning.models import Completion, Requirement
from lms.learning.services import cycle_for
from lms.people.models import Role, User
from lms.people.permissions import sites_for

from . import passing
from .models import Attempt, ExtraTry, Observation, PracticalPage, Question, QuestionFact, QuizPage

SHOWN = 20


# Quizzes --------------------------------------------------------------------------------------------------------------


@dataclass
class QuizState:
    """Where a person stands with a quiz in this cycle. `left` is None where tries are not counted."""

    cycle: int
    attempts: list[Attempt]
    left: int | None
    standing: Attempt | None

    @property
    def last(self) -> Attempt | None:
        return self.attempts[0] if self.attempts else None

    @property
    def is_locked(self) -> bool:
        return self.left == 0 and not self.standing


def quiz_state(person: User, quiz: QuizPage) -> QuizState:
    cycle = cycle_for(person, quiz.translation_key)
    mine = {"person": person, "unit_key": quiz.translation_key, "cycle": cycle}
    attempts = list(Attempt.objects.filter(**mine).order_by("-number"))
    standing = next((attempt for attempt in attempts if attempt.is_open), None)
    if quiz.purpose == QuizPage.Purpose.PRACTICE:
        return QuizState(cycle, attempts, None, standing)
    not_yet = sum(attempt.passed_at is None and not attempt.is_open for attempt in attempts)
    extra = ExtraTry.objects.filter(**mine).count() if not_yet >= quiz.tries else 0
    left = passing.tries_left(quiz.tries, extra, not_yet)
    return QuizState(cycle, attempts, left, standing or _passed(attempts, mine))


def _passed(attempts: list[Attempt], mine: dict) -> Attempt | None:
    """The attempt that passed, unless what it completed was flagged since: then she is asked again."""
    passed = next((attempt for attempt in attempts if attempt.passed_at), None)
    if passed and passed.completed_at and not Completion.objects.filter(**mine, flagged_at=None).exists():
        return None
    return passed


def quiz_page(attempt: Attempt) -> QuizPage:
    """The quiz of an attempt, in its language if it is there. Live or not: what she has done counts."""
    return _page(QuizPage, attempt.unit_key, attempt.language)


def is_withdrawn(attempt: Attempt) -> bool:
    """Whether the quiz, or the module in which she was asked for it, is withdrawn now. One query."""
    asked = Requirement.objects.filter(enrolment__person=attempt.person_id, unit_key=attempt.unit_key)
    gone = Q(page_key=attempt.unit_key) | Q(page_key__in=asked.exclude(module_key=None).values("module_key"))
    return Withdrawal.objects.open().filter(gone).exists()


def practical_page(unit_key: UUID, language: str) -> PracticalPage:
    return _page(PracticalPage, unit_key, language)


def _page(model, unit_key: UUID, language: str):
    pages = list(model.objects.filter(translation_key=unit_key).select_related("locale").order_by("pk"))
    if not pages:
        raise model.DoesNotExist
    return next((page for page in pages if page.locale.language_code == language), pages[0])


def questions_in(quiz: QuizPage, country_code: str, language: str) -> list[Question]:
    """The quiz's questions for a country, each in this language or else as it was written."""
    chosen = quiz.questions_for(country_code)
    same = Question.objects.filter(translation_key__in=[question.translation_key for question in chosen])
    facts = Prefetch("cited_facts", QuestionFact.objects.select_related("fact"))
    found = same.filter(live=True).annotate(language=F("locale__language_code")).prefetch_related(facts)
    by_key = {(question.translation_key, question.language): question for question in found}
    written = {question.pk: question for question in found}
    return [
        by_key.get((question.translation_key, language)) or written.get(question.pk, question) for question in chosen
    ]


def quiz_to_read(attempt: Attempt) -> QuizPage | None:
    """The quiz of an attempt in the language that is being read, where it is live."""
    pages = QuizPage.objects.live().filter(translation_key=attempt.unit_key).select_related("locale").order_by("pk")
    return max(pages, key=lambda page: page.locale.language_code == get_language(), default=None)


# Practicals -----------------------------------------------------------------------------------------------------------


@dataclass
class Watched:
    """A learner's practical that is still open, and the observer's unfinished observation of it."""

    practical: PracticalPage
    observation: Observation | None


@dataclass
class Person:
    learner: User
    practicals: list[Watched]


def people_to_observe(observer: User, learners: Iterable[User]) -> list[Person]:
    """Learners with the practicals that an open enrolment still asks for. A fixed number of queries."""
    learners = list(learners)
    rows = Requirement.objects.filter(kind=PracticalPage.kind, enrolment__person__in=learners, completed_at=None)
    rows = rows.filter(enrolment__completed_at=None, enrolment__closed_at=None).select_related("enrolment")
    wanted: dict[UUID, list[UUID]] = {}
    for row in rows.order_by("position"):
        wanted.setdefault(row.enrolment.person_id, []).append(row.unit_key)
    pages = _practicals({key for keys in wanted.values() for key in keys})
    mine = Observation.objects.filter(observer=observer, signed_at=None)
    begun = {(one.learner_id, one.unit_key): one for one in mine}
    return [
        Person(
            learner,
            [
                Watched(pages[key], begun.get((learner.pk, key)))
                for key in dict.fromkeys(wanted.get(learner.pk, []))
                if key in pages
            ],
        )
        for learner in learners
    ]


def _practicals(keys: set[UUID]) -> dict[UUID, PracticalPage]:
    """Live practicals by key that are not withdrawn, in the language that is being read where there is one."""
    pages = PracticalPage.objects.live().filter(translation_key__in=keys).select_related("locale")
    pages = pages.exclude(translation_key__in=Withdrawal.objects.open().values("page_key"))
    ordered = sorted(pages, key=lambda page: page.locale.language_code == get_language())
    return {page.translation_key: page for page in ordered}


def practicals_of(module: ModulePage, keys: Iterable[UUID]) -> set[UUID]:
    """Which of these units are practicals that name this module, in whatever language. One query.

    The stored ids are compared: to load the pages that the field names would cost a query a practical.
    """
    pages = Page.objects.live().filter(translation_key__in=[module.translation_key, *keys])
    rows = list(pages.values_list("pk", "translation_key", "unitpage__practicalpage__modules"))
    named = {pk for pk, key, _modules in rows if key == module.translation_key}
    return {key for _pk, key, modules in rows if modules and named & {row["value"] for row in modules.raw_data}}


def observations_of(learner: User, practical: Page) -> list[Observation]:
    """What was signed about a learner's practical, the newest first."""
    signed = Observation.objects.filter(learner=learner, unit_key=practical.translation_key, signed_at__isnull=False)
    return list(signed.select_related("observer", "site").order_by("-signed_at"))


def signed_by(observer: User) -> list[Observation]:
    """The last observations that she signed where she is an observer today."""
    sites = sites_for(observer, Role.OBSERVER)
    signed = Observation.objects.filter(observer=observer, signed_at__isnull=False, site__in=sites)
    return list(signed.select_related("learner").order_by("-signed_at")[:SHOWN])


# Records that keep a page from being deleted --------------------------------------------------------------------------


def records_of(keys: list) -> list[QuerySet]:
    """What people have answered or shown of the pages with these keys."""
    return [model.objects.filter(unit_key__in=keys) for model in (Attempt, Observation, ExtraTry)]


# Locked quizzes -------------------------------------------------------------------------------------------------------


def locked_attempts(learners: QuerySet[User]) -> list[Attempt]:
    """The last «not yet» of everyone whose tries are used up, the newest first. A fixed number of queries."""
    certifying = Attempt.objects.filter(person__in=learners, purpose=QuizPage.Purpose.CERTIFYING)
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
