"""Whom a regrade would touch, before anything is done. Papers are read a few hundred at a time."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Revision

from lms.learning.models import Completion, Requirement
from lms.people.models import User

from ..models import Answer, Attempt, Mark, Question, Regrade, Remark
from .reckoning import Again, Terms, Wording, judge_again

CHUNK = 200
NAMED = 200  # so many people are listed; all are counted
Effect = Remark.Effect


@dataclass
class Group:
    """Papers of one quiz, country and language that asked one revision of the question."""

    title: str
    country: str
    language: str
    revision: int | None
    asked: int = 0
    effects: Counter = field(default_factory=Counter)
    other_words: int = 0
    unchanged: int = 0


@dataclass
class Touched:
    """Somebody whose result changes in kind. `programmes`: those she finished with what the attempt completed."""

    attempt: Attempt
    again: Again
    is_complete: bool = False
    programmes: list[str] = field(default_factory=list)


@dataclass
class Preview:
    terms: Terms
    groups: dict[tuple, Group] = field(default_factory=dict)
    effects: Counter = field(default_factory=Counter)
    attempts: list[UUID] = field(default_factory=list)
    asked: int = 0
    unchanged: int = 0
    other_words: list[Attempt] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)
    digest: str = ""

    @property
    def papers(self) -> int:
        """How many would be judged again."""
        return len(self.attempts)

    @property
    def passing(self) -> list[Touched]:
        return [one for one in self.touched if one.again.effect == Effect.PASSED]

    @property
    def losing(self) -> list[Touched]:
        return [one for one in self.touched if one.again.effect == Effect.FLAGGED]


def terms(key: UUID, verdict: str, *, may_lower: bool, revisions: dict | None = None) -> Terms:
    """The terms of a regrade by what is published now, or by the revisions that a run wrote down."""
    questions = Question.objects.filter(translation_key=key, live=True).select_related("locale").order_by("pk")
    wordings = tuple(_wording(question, revisions) for question in questions)
    return Terms(str(key), verdict, may_lower, wordings)


def terms_of(regrade: Regrade) -> Terms:
    return terms(regrade.question, regrade.verdict, may_lower=regrade.may_lower, revisions=regrade.revisions)


def _wording(question: Question, revisions: dict | None) -> Wording:
    language = question.locale.language_code
    revision = (revisions or {}).get(language) or question.live_revision_id
    published = Revision.objects.get(pk=revision).as_object() if revision else question
    answer = published.answer[0]
    return Wording(language, revision, answer.block_type, published.stem, published.case, answer.value)


def papers_asking(key: UUID | str, countries: Iterable[str] = ()) -> QuerySet[Attempt]:
    """Attempts whose paper asks this question, of people of these countries (none: all), handed in or not.

    What is handed in has Mark rows; of what is open only the paper knows.
    """
    asked = Mark.objects.filter(question=key).values("attempt")
    still_open = Attempt.objects.filter(handed_in_at=None).annotate(text=Cast("paper", TextField()))
    still_open = still_open.filter(text__contains=str(key))
    attempts = Attempt.objects.filter(Q(pk__in=asked) | Q(pk__in=still_open.values("pk")))
    if countries:
        attempts = attempts.filter(person__country__in=list(countries))
    return attempts.order_by("person_id", "pk")


def with_marks(attempts: QuerySet[Attempt], question: UUID | str) -> QuerySet[Attempt]:
    """With what is needed to judge this question again: responses to it alone, as a long paper holds many."""
    light = Mark.objects.only("attempt", "item_id", "right", "share").order_by()
    asked = Mark.objects.filter(question=question).only("attempt", "item_id", "right", "share", "response").order_by()
    later = Answer.objects.filter(put_right=True)
    return attempts.select_related("person").prefetch_related(
        Prefetch("marks", light, to_attr="all_marks"),
        Prefetch("marks", asked, to_attr="asked_marks"),
        Prefetch("answers", later, to_attr="put_right_answers"),
    )


def again(attempt: Attempt, by: Terms) -> Again:
    """An attempt from `with_marks`, judged again."""
    marks = {mark.item_id: mark for mark in (*attempt.all_marks, *attempt.asked_marks)}
    given: dict[str, list] = {}
    for answer in attempt.put_right_answers:
        given.setdefault(answer.item_id, []).append(answer.response)
    return judge_again(attempt, marks, given, by)


def preview(by: Terms, countries: Iterable[str] = ()) -> Preview:
    """Everything that somebody should see before she regrades; writes nothing."""
    found, digest = Preview(by), hashlib.sha256(f"{by.verdict} {by.may_lower} {sorted(countries)}".encode())
    digest.update(repr([(wording.language, wording.revision) for wording in by.wordings]).encode())
    for attempt in with_marks(papers_asking(by.question, countries), by.question).iterator(chunk_size=CHUNK):
        judged = again(attempt, by)
        _count(found, attempt, judged)
        if judged.changes:
            digest.update(f"{attempt.pk} {judged.effect} {judged.score_after} {judged.to_put_right}".encode())
    found.digest = digest.hexdigest()
    _add_consequences(found.touched)
    return found


def _count(found: Preview, attempt: Attempt, judged: Again) -> None:
    group = _group(found, attempt)
    group.asked, found.asked = group.asked + 1, found.asked + 1
    if judged.other_words:
        group.other_words += 1
        found.other_words.append(_light(attempt))
    if not judged.changes:
        unchanged = 0 if judged.other_words else 1
        group.unchanged, found.unchanged = group.unchanged + unchanged, found.unchanged + unchanged
        return
    found.attempts.append(attempt.pk)
    found.effects[judged.effect] += 1
    group.effects[judged.effect] += 1
    if judged.effect in (Effect.PASSED, Effect.FLAGGED):
        found.touched.append(Touched(_light(attempt), judged))


def _group(found: Preview, attempt: Attempt) -> Group:
    item = next(item for item in attempt.paper if item["question"] == found.terms.question)
    place = (attempt.title, attempt.country_code, attempt.language, item["revision"])
    return found.groups.setdefault(place, Group(*place))


def _light(attempt: Attempt) -> Attempt:
    """Thousands may be kept: without paper, key and rows."""
    attempt.paper, attempt.key = [], {}
    attempt.all_marks = attempt.asked_marks = attempt.put_right_answers = []
    return attempt


def _add_consequences(touched: list[Touched]) -> None:
    """What those who would lose hold today. Two queries a thousand people."""
    losing = {_place(one.attempt): one for one in touched if one.again.effect == Effect.FLAGGED}
    for part in _parts(list(losing.values())):
        people = {one.attempt.person_id for one in part}
        units = {one.attempt.unit_key for one in part}
        standing = Completion.objects.filter(person__in=people, unit_key__in=units, flagged_at=None)
        rows = Requirement.objects.filter(completion__in=standing, enrolment__completed_at__isnull=False)
        for completion in standing:
            if one := losing.get((completion.person_id, completion.unit_key, completion.cycle)):
                one.is_complete = True
        for row in rows.select_related("completion", "enrolment"):
            done = row.completion
            if one := losing.get((done.person_id, done.unit_key, done.cycle)):
                one.programmes.append(row.enrolment.programme_code)


def _place(attempt: Attempt) -> tuple:
    return attempt.person_id, attempt.unit_key, attempt.cycle


def _parts(rows: list, size: int = 500) -> Iterator[list]:
    """A database refuses a question of thousands of parts."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def visible(touched: list[Touched], people: QuerySet[User]) -> list[Touched]:
    """Those of the first few whom this user may see by name."""
    first = touched[:NAMED]
    seen = set(people.filter(pk__in={one.attempt.person_id for one in first}).values_list("pk", flat=True))
    return [one for one in first if one.attempt.person_id in seen]


def revision_days(groups: Iterable[Group]) -> dict[int, object]:
    """When the revisions that papers hold were written. One query."""
    pks = {group.revision for group in groups if group.revision}
    return dict(Revision.objects.filter(pk__in=pks).values_list("pk", "created_at"))
