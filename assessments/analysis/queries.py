"""Adding up marks in the database: sums, scores, choices and times by quiz, question and version. No papers are read
but one for each version, for what it shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, ExpressionWrapper, F, FloatField, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, NullIf
from django.utils import translation
from django.utils.translation import get_language
from wagtail.models import Revision

from lms.people.models import User

from .. import question_types
from ..models import Attempt, Mark, Question, QuizPage
from . import statistics
from .items import Shown, Tally
from .selection import Selection
from .statistics import Scores, Sums

SAME = 1e-9  # the database and Python divide alike; this is for the one that may not


@dataclass(frozen=True, order=True)
class Version:
    """A question as one revision has it. `row` is the question's own row: one for each language."""

    revision: int | None
    row: str = ""
    since: datetime | None = None


@dataclass
class Papers:
    """A quiz's scores: how many papers had how much of how many questions."""

    scores: Counter = field(default_factory=Counter)

    @property
    def as_scores(self) -> Scores:
        rows = self.scores.items()
        n = sum(self.scores.values())
        return Scores(n, sum(t * count for (t, _of), count in rows), sum(t * t * count for (t, _of), count in rows))

    @property
    def thirds(self) -> tuple[float, float] | None:
        shares: Counter = Counter()
        for (t, of), count in self.scores.items():
            shares[t / of] += count
        return statistics.thirds(shares)


def marks_of(user: User, chosen: Selection, **which) -> QuerySet[Mark]:
    """The marks that count, each with its share `x`, its paper's score `t` and the mean of the other questions `r`."""
    length = Cast("of", FloatField())
    marks = Mark.objects.filter(chosen.condition(user, "attempt__"), **which).order_by()
    marks = marks.annotate(x=Cast("share", FloatField()), t=Cast("attempt__score", FloatField()))
    rest = ExpressionWrapper((F("t") - F("x")) / NullIf(length - Value(1.0), Value(0.0)), FloatField())
    return marks.annotate(r=rest, p=ExpressionWrapper(F("t") / length, FloatField()))


def sums_by(marks: QuerySet[Mark], *names: str) -> dict[tuple, Sums]:
    """The sums of each group. One query."""
    many = Q(of__gt=1)
    added = {
        "n": Count("pk"),
        "sx": Sum("x"),
        "pairs": Count("pk", filter=many),
        "px": Sum("x", filter=many),
        "pxx": Sum(F("x") * F("x"), filter=many),
        "sr": Sum("r"),
        "srr": Sum(F("r") * F("r")),
        "pxr": Sum(F("x") * F("r")),
        "pp": Sum(F("p") * F("p")),
        "last": Max("pk"),
    }
    rows = marks.values_list(*names).annotate(**added)
    width = len(names)
    return {row[:width]: Sums(*(value or 0 for value in row[width:])) for row in rows}


def papers_by(marks: QuerySet[Mark], *names: str) -> dict[tuple, Papers]:
    """How many papers had which score, by group, from marks of which each stands for a paper of its own. One query."""
    found: dict[tuple, Papers] = defaultdict(Papers)
    rows = marks.values_list(*names, "t", "of").annotate(n=Count("pk"))
    for *group, t, of, n in rows:
        found[tuple(group)].scores[t, of] += n
    return found


def usual_seconds(marks: QuerySet[Mark]) -> float | None:
    """What half of the questions of a quiz take at most: the median of their medians. One query."""
    counts: dict[UUID, Counter] = defaultdict(Counter)
    for question, seconds, n in marks.exclude(seconds=None).values_list("question", "seconds").annotate(n=Count("pk")):
        counts[question][seconds] += n
    return statistics.median(Counter(statistics.median(one) for one in counts.values()))


def tallies(marks: QuerySet[Mark], thirds: tuple[float, float] | None) -> dict[tuple, Tally]:
    """By question and revision: sums, times, choices. Three queries."""
    found: dict[tuple, Tally] = defaultdict(Tally)
    for group, sums in sums_by(marks, "question", "revision").items():
        found[group].sums = sums
    for question, revision, seconds, n in (
        marks.exclude(seconds=None).values_list("question", "revision", "seconds").annotate(n=Count("pk"))
    ):
        found[question, revision].seconds[seconds] += n
    low, high = thirds or (-1.0, 2.0)
    groups = {
        "weak": Count("pk", filter=Q(p__lte=low + SAME)),
        "strong": Count("pk", filter=Q(p__gte=high - SAME)),
    }
    for question, revision, lines, n, weak, strong in marks.values_list("question", "revision", "chosen").annotate(
        n=Count("pk"), **groups
    ):
        found[question, revision].add_choice(lines, n, weak, strong)
    return dict(found)


def versions(revisions: Iterable[int | None]) -> dict[int | None, Version]:
    """Each revision with its question's row and its day; one that was purged keeps its number. One query."""
    wanted = set(revisions)
    rows = Revision.objects.filter(pk__in=wanted - {None}).values_list("pk", "object_id", "created_at")
    return {revision: Version(revision) for revision in wanted} | {pk: Version(pk, *rest) for pk, *rest in rows}


def newest(found: Iterable[tuple[UUID, int | None]], known: dict[int | None, Version]) -> set[tuple[UUID, int | None]]:
    """Of the versions that were met, the last of each question and language: an older one is another question."""
    last: dict[tuple, int | None] = {}
    for question, revision in found:
        place = question, known[revision].row
        if (revision or 0) >= (last.get(place) or 0):
            last[place] = revision
    return {(question, revision) for (question, _row), revision in last.items()}


def questions_by_key(keys: Iterable[UUID]) -> dict[UUID, Question]:
    """In the language that is being read, else in that of the source. One query."""
    rows = Question.objects.filter(translation_key__in=set(keys)).select_related("locale")
    return {row.translation_key: row for row in sorted(rows, key=preferred)}


def languages_of(key: UUID) -> dict[str, str]:
    """The language of each row of a question, by the row's id as a version names it. One query."""
    rows = Question.objects.filter(translation_key=key).select_related("locale").only("locale")
    return {str(row.pk): row.locale.get_display_name() for row in rows}


def quizzes_by_key(keys: Iterable[UUID] | None = None) -> dict[UUID, QuizPage]:
    """Quiz pages by translation key, the language that is being read before others. One query."""
    pages = QuizPage.objects.select_related("locale").defer("sections", "bands")
    pages = pages if keys is None else pages.filter(translation_key__in=set(keys))
    return {page.translation_key: page for page in sorted(pages, key=preferred)}


def preferred(row) -> tuple[bool, bool]:
    """Sorts what is wanted last, so that it stays when rows are gathered by key."""
    language = row.locale.language_code
    return language == get_language(), language == "en"


def titles_of(user: User, chosen: Selection) -> dict[UUID, str]:
    """The title under which each quiz was last served, also of one whose page is gone. One query."""
    rows = Attempt.objects.filter(chosen.condition(user)).order_by().values_list("unit_key")
    return dict(rows.annotate(title=Max("title")))


def shown_by(last: Iterable[int]) -> dict[tuple, tuple[Shown, dict]]:
    """What each question and revision shows, and its item, from the papers that hold these marks. One query."""
    found = {}
    for mark in Mark.objects.filter(pk__in=set(last)).select_related("attempt"):
        if item := mark.attempt.item(mark.item_id):
            found[mark.question, mark.revision] = _shown(item, mark.attempt.key.get(mark.item_id)), item
    return found


def _shown(item: dict, key: dict | None) -> Shown:
    """In the source language, as `chosen` says what was chosen."""
    type_ = question_types.get(item["type"])
    with translation.override(settings.LANGUAGE_CODE):
        return _in_words(type_, item, key)


def _in_words(type_: question_types.QuestionType, item: dict, key: dict | None) -> Shown:
    offered = [option["text"] for option in type_.context(item["item"], None).get("options", ()) if "text" in option]
    right = type_.in_words(item["item"], type_.right_response(item["item"], key)) if key else []
    return Shown(offered, right)
