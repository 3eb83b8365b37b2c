"""The tables of item analysis: quizzes, the questions of a quiz, one question by version and by quiz."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from lms.people.models import User

from ..models import Question, QuizPage
from . import items, queries, statistics, words
from .items import Shown, Tally
from .queries import Version
from .selection import Selection
from .statistics import Reliability, Sums
from .words import Numbers, Verdict

NOBODY = Shown()


@dataclass(frozen=True)
class QuizRow:
    """A quiz in the list. `look`: how many of its questions need a look."""

    key: UUID
    title: str
    purpose_said: str
    n: int
    mean: float | None
    questions: int
    look: int
    reliability: Reliability | None
    said: str

    @property
    def is_few(self) -> bool:
        return self.n < words.ENOUGH


@dataclass(frozen=True)
class QuestionRow:
    """One question, or one version of it, or its part in one quiz."""

    key: UUID
    question: Question | None
    case: str
    stem: str
    critical: bool
    numbers: Numbers
    verdicts: list[Verdict]
    answers: list[items.Count]
    tally: Tally
    older: int = 0
    version: Version | None = None
    language: str = ""
    quiz: str = ""
    unit_key: UUID | None = None

    @property
    def is_withheld(self) -> bool:
        """Numbers of so few could describe one person."""
        return self.numbers.n < words.WITHHELD

    @property
    def is_few(self) -> bool:
        return self.numbers.n < words.ENOUGH

    @property
    def gravity(self) -> tuple:
        """Sorts what needs a look first; in each group what tells least."""
        told = self.numbers.discrimination
        return self.verdicts[0].level, told if told is not None else 1.0


@dataclass(frozen=True)
class QuizReport:
    quiz: QuizRow
    rows: list[QuestionRow]


@dataclass(frozen=True)
class QuestionReport:
    """`row`: the newest version in each language, over all quizzes."""

    row: QuestionRow
    versions: list[QuestionRow]
    quizzes: list[QuestionRow]
    item: dict = field(default_factory=dict)


# The list -------------------------------------------------------------------------------------------------------------


def quiz_rows(user: User, chosen: Selection) -> list[QuizRow]:
    """Every quiz with attempts in the selection, those that need a look first. Five queries."""
    marks = queries.marks_of(user, chosen)
    sums = queries.sums_by(marks, "attempt__unit_key", "question", "revision")
    papers = queries.papers_by(marks.filter(position=1), "attempt__unit_key")
    known = queries.versions(revision for _unit, _question, revision in sums)
    pages, titles = queries.quizzes_by_key(), queries.titles_of(user, chosen)
    by_quiz: dict[UUID, dict] = defaultdict(dict)
    for (unit, question, revision), one in sums.items():
        by_quiz[unit][question, revision] = one
    rows = [_quiz_row(unit, one, papers[unit,], known, pages.get(unit), titles) for unit, one in by_quiz.items()]
    return sorted(rows, key=lambda row: (-row.look, row.title))


def _quiz_row(unit, sums: dict[tuple, Sums], papers, known, page: QuizPage | None, titles) -> QuizRow:
    last = queries.newest(sums, known)
    pooled, current = _pooled(sums.items()), _pooled((place, sums[place]) for place in last)
    scores = papers.as_scores
    reliability = statistics.reliability(list(pooled.values()), scores) if scores.n >= words.WITHHELD else None
    asked = sum(of * count for (_t, of), count in papers.scores.items())
    return QuizRow(
        key=unit,
        title=page.title if page else titles.get(unit, ""),
        purpose_said=page.get_purpose_display().split(":")[0] if page else "",
        n=scores.n,
        mean=scores.t / asked if scores.n >= words.WITHHELD else None,
        questions=len(pooled),
        look=sum(words.needs_a_look(_judged(one)) for one in current.values()),
        reliability=reliability,
        said=words.of_reliability(reliability and reliability.value, scores.n),
    )


def _pooled(sums: Iterable[tuple[tuple, Sums]]) -> dict[UUID, Sums]:
    found: dict[UUID, Sums] = defaultdict(Sums)
    for (question, _revision), one in sums:
        found[question] += one
    return found


def _judged(sums: Sums) -> Numbers:
    return Numbers(sums.n, statistics.facility(sums), statistics.discrimination(sums))


# A quiz ---------------------------------------------------------------------------------------------------------------


def quiz_report(user: User, chosen: Selection, unit_key: UUID) -> QuizReport:
    """A quiz and its questions as they read now, those that need a look first. A fixed number of queries."""
    marks = queries.marks_of(user, chosen, attempt__unit_key=unit_key)
    papers = queries.papers_by(marks.filter(position=1), "attempt__unit_key")[unit_key,]
    found = queries.tallies(marks, papers.thirds)
    known = queries.versions(revision for _question, revision in found)
    last = queries.newest(found, known)
    shown = queries.shown_by(tally.sums.last for tally in found.values())
    questions = queries.questions_by_key(question for question, _revision in found)
    pages = queries.quizzes_by_key([unit_key])
    sums = {place: tally.sums for place, tally in found.items()}
    titles = queries.titles_of(user, chosen) if unit_key not in pages else {}
    rows = [_row(key, _of(found, key), last, shown, questions.get(key), known) for key in {key for key, _ in found}]
    usual = _usual(rows)
    judged = [_with_verdicts(row, usual) for row in rows]
    quiz = _quiz_row(unit_key, sums, papers, known, pages.get(unit_key), titles)
    return QuizReport(quiz, sorted(judged, key=lambda row: (row.gravity, row.stem)))


def _of(found: dict[tuple, Tally], key: UUID) -> dict[tuple, Tally]:
    return {place: tally for place, tally in found.items() if place[0] == key}


def _row(key, found, last, shown, question: Question | None, known, **more) -> QuestionRow:
    """The newest versions of one question together; how often older ones were met is said beside them."""
    current = [place for place in found if place in last]
    tally, told = _added(found[place] for place in current), [shown[place] for place in current if place in shown]
    item = told[0][1] if told else {}
    rows = items.answers(tally, _all_shown(what for what, _item in told))
    return QuestionRow(
        key=key,
        question=question,
        case=question.case if question else item.get("case", ""),
        stem=question.stem if question else item.get("stem", ""),
        critical=question.critical if question else item.get("critical", False),
        numbers=items.numbers(tally, rows),
        verdicts=[],
        answers=rows,
        tally=tally,
        older=sum(tally.sums.n for place, tally in found.items() if place not in last),
        version=known[max(current, key=lambda place: place[1] or 0)[1]] if current else None,
        **more,
    )


def _all_shown(told: Iterable[Shown]) -> Shown:
    told = list(told)
    return Shown([text for one in told for text in one.offered], [text for one in told for text in one.right])


def _added(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole += tally
    return whole


def _usual(rows: list[QuestionRow]) -> float | None:
    return statistics.median(Counter(row.numbers.seconds for row in rows if row.numbers.seconds is not None))


def _with_verdicts(row: QuestionRow, usual: float | None) -> QuestionRow:
    row.verdicts.extend(words.verdicts(row.numbers, usual))
    return row


# A question -----------------------------------------------------------------------------------------------------------


def question_report(user: User, chosen: Selection, key: UUID) -> QuestionReport:
    """One question over all quizzes: as it reads now, by version, by quiz. A fixed number of queries."""
    marks = queries.marks_of(user, chosen, question=key)
    thirds = queries.papers_by(marks)[()].thirds
    found = queries.tallies(marks, thirds)
    known = queries.versions(revision for _question, revision in found)
    last, shown = queries.newest(found, known), queries.shown_by(tally.sums.last for tally in found.values())
    question = queries.questions_by_key([key]).get(key)
    usual = queries.usual_seconds(
        queries.marks_of(user, chosen, attempt__unit_key__in=marks.values("attempt__unit_key"))
    )
    row = _with_verdicts(_row(key, found, last, shown, question, known), usual)
    ordered = sorted(found, key=lambda place: place[1] or 0, reverse=True)
    languages = queries.languages_of(key)
    each = [
        _row(
            key, {place: found[place]}, {place}, shown, question, known, language=languages.get(known[place[1]].row, "")
        )
        for place in ordered
    ]
    parts = _parts(user, chosen, marks, key, question, last)
    item = next((item for place, (_shown, item) in shown.items() if place in last), {})
    return QuestionReport(row, [_with_verdicts(one, usual) for one in each], parts, item)


def _parts(user, chosen: Selection, marks, key: UUID, question: Question | None, last: set) -> list[QuestionRow]:
    """The newest versions by quiz. Two queries, and one for titles."""
    pages, titles = queries.quizzes_by_key(), queries.titles_of(user, chosen)
    sums: dict[UUID, Sums] = defaultdict(Sums)
    for (unit, revision), one in queries.sums_by(marks, "attempt__unit_key", "revision").items():
        if (key, revision) in last:
            sums[unit] += one
    rows = [
        QuestionRow(
            key=key,
            question=question,
            case="",
            stem="",
            critical=False,
            numbers=_judged(one),
            verdicts=[],
            answers=[],
            tally=Tally(one),
            quiz=pages[unit].title if unit in pages else titles.get(unit, ""),
            unit_key=unit,
        )
        for unit, one in sums.items()
    ]
    return sorted((_with_verdicts(row, None) for row in rows), key=lambda row: -row.numbers.n)
