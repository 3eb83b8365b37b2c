"""Knowledge gain: what the same people knew before a module and after it, by module and cohort."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.db.models import FloatField, Q, TextField
from django.db.models.functions import Cast

from curriculum.models import ModulePage
from lms.learning.models import Cohort, Requirement
from lms.people.models import Posting, Role, Site, User

from ..models import Mark, Question, QuizPage
from ..models.quiz import Purpose
from . import statistics, words
from .queries import preferred, questions_by_key
from .selection import Selection
from .statistics import Gain

ENOUGH_FOR_EFFECT = 10
FEW = 5
STEP = 4  # characters of a path that a page has beyond its parent's
BANDS = 5


@dataclass(frozen=True)
class Wanted:
    """What the page filters by, beside what a selection of attempts can say."""

    attempts: Selection
    programme_key: UUID | None = None
    module_key: UUID | None = None
    site: Site | None = None


@dataclass(frozen=True)
class Test:
    """One handed-in attempt: `share` of its `of` marks."""

    attempt: UUID
    person: UUID
    cycle: int
    unit: UUID
    share: float
    of: int
    at: datetime


@dataclass(frozen=True)
class Pair:
    """What one person knew before and after. Where one of the two is missing there is no gain to reckon."""

    before: Test | None
    after: Test | None
    cohort: Cohort | None

    @property
    def is_whole(self) -> bool:
        return bool(self.before and self.after)

    @property
    def shares(self) -> tuple[float, float]:
        return self.before.share, self.after.share


@dataclass(frozen=True)
class Module:
    """A module with a pre-test. `by_post_test`: else what came after is the first try at its certifying quiz."""

    key: UUID
    title: str
    path: str
    before: frozenset[UUID]
    after: frozenset[UUID]
    by_post_test: bool


@dataclass(frozen=True)
class GainRow:
    """`cohort` None with `is_all`: everyone of the module; else those of no cohort."""

    module: Module
    cohort: Cohort | None
    is_all: bool
    gain: Gain | None
    only_before: int
    only_after: int
    of: int | None
    pairs: Sequence[Pair]

    @property
    def said(self) -> str:
        one = self.gain
        return words.of_gain(one.n, one.more, one.before, one.after, self.of) if one else ""

    @property
    def normalised_said(self) -> str:
        return words.of_normalised(self.gain.normalised) if self.gain else ""

    @property
    def is_few(self) -> bool:
        return bool(self.gain) and self.gain.n < FEW


@dataclass(frozen=True)
class QuestionChange:
    """One question that the same people met before and after."""

    question: Question | None
    n: int
    before: float
    after: float

    @property
    def difference(self) -> float:
        return self.after - self.before


# Rows -----------------------------------------------------------------------------------------------------------------


def gain_rows(user: User, wanted: Wanted) -> list[GainRow]:
    """By module in the curriculum's order; with several cohorts everyone together first. Five queries."""
    modules = [one for one in modules_with_pre_test() if wanted.module_key in (None, one.key)]
    tests = _tests(user, wanted, modules)
    cohorts = _cohorts(wanted, modules)
    rows = []
    for module in modules:
        rows += _rows_of(module, list(_pairs(module, tests, cohorts, wanted)))
    return rows


def modules_with_pre_test() -> list[Module]:
    """Two queries. Quizzes of any language say which module a translation key belongs to."""
    pages = {page.path: page for page in ModulePage.objects.select_related("locale")}
    quizzes: dict[UUID, dict[str, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for path, key, purpose in QuizPage.objects.values_list("path", "translation_key", "purpose"):
        if page := pages.get(path[:-STEP]):
            quizzes[page.translation_key][purpose].add(key)
    titles = {page.translation_key: page for page in sorted(pages.values(), key=preferred)}
    found = [_module(titles[key], by_purpose) for key, by_purpose in quizzes.items() if by_purpose[Purpose.PRE_TEST]]
    return sorted(found, key=attrgetter("path"))


def _module(page: ModulePage, by_purpose: dict[str, set[UUID]]) -> Module:
    after = by_purpose[Purpose.POST_TEST]
    return Module(
        key=page.translation_key,
        title=page.title,
        path=page.path,
        before=frozenset(by_purpose[Purpose.PRE_TEST]),
        after=frozenset(after or by_purpose[Purpose.CERTIFYING]),
        by_post_test=bool(after),
    )


def _tests(user: User, wanted: Wanted, modules: Iterable[Module]) -> list[Test]:
    """First tries, the earliest first. The first mark of each paper stands for it. One query."""
    units = {key for module in modules for key in module.before | module.after}
    marks = Mark.objects.filter(wanted.attempts.condition(user, "attempt__"), position=1, attempt__number=1)
    if wanted.site:
        there = Posting.objects.current(wanted.attempts.as_of).filter(role=Role.LEARNER, site=wanted.site)
        marks = marks.filter(attempt__person__in=there.values("person"))
    told = "attempt attempt__person attempt__cycle attempt__unit_key share_of_all of attempt__handed_in_at"
    rows = marks.filter(attempt__unit_key__in=units).order_by("attempt__handed_in_at")
    rows = rows.annotate(share_of_all=Cast("attempt__score", FloatField()) / Cast("of", FloatField()))
    return [Test(*row) for row in rows.values_list(*told.split())]


def _cohorts(wanted: Wanted, modules: Iterable[Module]) -> dict[tuple[UUID, UUID], dict[int, Cohort | None]]:
    """By person and module: the cohort of each cycle that asks for a quiz of it. Two queries."""
    modules_of = {unit: module.key for module in modules for unit in module.before | module.after}
    asked = Q(unit_key__in=modules_of) | Q(module_key__in=set(modules_of.values()))
    rows = Requirement.objects.filter(asked, kind=QuizPage.kind).order_by("enrolment__cycle")
    if wanted.programme_key:
        rows = rows.filter(enrolment__programme_key=wanted.programme_key)
    if wanted.attempts.cohort:
        rows = rows.filter(enrolment__cohort=wanted.attempts.cohort)
    told = rows.values_list("enrolment__person", "enrolment__cycle", "enrolment__cohort", "unit_key", "module_key")
    cohorts = Cohort.objects.in_bulk()
    found: dict[tuple[UUID, UUID], dict[int, Cohort | None]] = defaultdict(dict)
    for person, cycle, cohort, unit, module in told:
        found[person, modules_of.get(unit, module)][cycle] = cohorts.get(cohort)
    return found


def _pairs(module: Module, tests: list[Test], cohorts: dict, wanted: Wanted) -> Iterable[Pair]:
    """One for each person and cycle: her pre-test, and the first test after it."""
    hers: dict[tuple[UUID, int], list[Test]] = defaultdict(list)
    for test in tests:
        if test.unit in module.before | module.after:
            hers[test.person, test.cycle].append(test)
    narrowed = wanted.programme_key or wanted.attempts.cohort
    for (person, cycle), mine in hers.items():
        by_cycle = cohorts.get((person, module.key), {})
        if by_cycle or not narrowed:
            last = next(reversed(by_cycle.values()), None)
            yield Pair(*_before_and_after(module, mine), by_cycle.get(cycle, last))


def _before_and_after(module: Module, mine: list[Test]) -> tuple[Test | None, Test | None]:
    before = next((test for test in mine if test.unit in module.before), None)
    later = [test for test in mine if test.unit in module.after and (not before or test.at >= before.at)]
    return before, next(iter(later), None)


def _rows_of(module: Module, pairs: list[Pair]) -> list[GainRow]:
    by_cohort: dict[Cohort | None, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_cohort[pair.cohort].append(pair)
    ordered = sorted(by_cohort, key=lambda cohort: (cohort is None, cohort and (cohort.starts_on, cohort.name)))
    rows = [_gain_row(module, by_cohort[cohort], cohort) for cohort in ordered]
    return ([_gain_row(module, pairs, None, is_all=True)] if len(rows) > 1 else []) + rows


def _gain_row(module: Module, pairs: list[Pair], cohort: Cohort | None, *, is_all: bool = False) -> GainRow:
    whole = [pair for pair in pairs if pair.is_whole]
    lengths = {test.of for pair in whole for test in (pair.before, pair.after)}
    return GainRow(
        module=module,
        cohort=cohort,
        is_all=is_all,
        gain=statistics.gain([pair.shares for pair in whole], enough=ENOUGH_FOR_EFFECT),
        only_before=sum(pair.after is None for pair in pairs),
        only_after=sum(pair.before is None for pair in pairs),
        of=lengths.pop() if len(lengths) == 1 else None,
        pairs=whole,
    )


# One module -----------------------------------------------------------------------------------------------------------


def bands(pairs: Sequence[Pair]) -> list[tuple[int, int, int, int]]:
    """How many had up to 20, 40 … 100 per cent: (from, to, before, after)."""
    width = 100 // BANDS
    found = [[0, 0] for _ in range(BANDS)]
    for pair in pairs:
        for place, share in enumerate(pair.shares):
            found[min(BANDS - 1, int(share * BANDS + 1e-9))][place] += 1
    return [(place * width, (place + 1) * width, *counts) for place, counts in enumerate(found)]


def question_changes(pairs: Sequence[Pair]) -> list[QuestionChange]:
    """The questions that both tests asked the same people, the greatest gain first. Two queries."""
    places = {test.attempt.hex: (owner, place) for owner, pair in enumerate(pairs) for place, test in _both(pair)}
    units = {test.unit for pair in pairs for _place, test in _both(pair)}
    found: dict[str, tuple[dict[int, float], dict[int, float]]] = defaultdict(lambda: ({}, {}))
    for attempt, question, share in _shares(units):
        if here := places.get(attempt.replace("-", "")):
            owner, place = here
            found[question][place][owner] = share
    shared = {UUID(question): _change(*shares) for question, shares in found.items()}
    questions = questions_by_key(key for key, change in shared.items() if change)
    changes = [QuestionChange(questions.get(key), *change) for key, change in shared.items() if change]
    return sorted(changes, key=lambda one: (-one.difference, str(one.question)))


def _both(pair: Pair) -> Iterable[tuple[int, Test]]:
    return enumerate((pair.before, pair.after))


def _shares(units: set[UUID]) -> Iterable[tuple[str, str, float]]:
    """Attempt, question and share of each mark; keys as text, for which a database has no slow converter."""
    marks = Mark.objects.filter(attempt__unit_key__in=units, attempt__number=1).order_by()
    told = Cast("attempt_id", TextField()), Cast("question", TextField()), Cast("share", FloatField())
    return marks.values_list(*told).iterator(chunk_size=5000)


def _change(before: dict[int, float], after: dict[int, float]) -> tuple[int, float, float] | None:
    """How many met it both times, and their means."""
    both = before.keys() & after.keys()
    if not both:
        return None
    first, second = (sum(shares[owner] for owner in both) / len(both) for shares in (before, after))
    return len(both), first, second
