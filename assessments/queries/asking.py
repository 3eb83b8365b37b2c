"""Reading what a paper is made of: questions in a language, what is kept back, what counts, what may be shown."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, F, Prefetch, Q
from wagtail.models import Page

from lms.learning.models import Enrolment, Requirement
from lms.people.models import User

from ..models import Answer, Attempt, Purpose, Question, QuestionFact, QuizPage
from ..papers import Asked
from ..question_types import get
from ..question_types.images import shown
from .pages import page_of


def asked(questions: Iterable[Question], language: str) -> list[Asked]:
    """Questions as a paper asks them, each in this language or else as it was written. Three queries.

    Translating checks no answer: one that lost what it is judged by (a gap's brackets) is asked as it was written.
    """
    questions = list(questions)
    same = Question.objects.filter(translation_key__in=[question.translation_key for question in questions])
    facts = Prefetch("cited_facts", QuestionFact.objects.select_related("fact"))
    live = same.filter(live=True).annotate(language=F("locale__language_code"))
    found = live.select_related("picture").prefetch_related(facts)
    by_key = {(question.translation_key, question.language): question for question in found}
    written = {question.pk: question for question in found}
    return [
        _asked(_judgeable(by_key.get((question.translation_key, language))) or written.get(question.pk, question))
        for question in questions
    ]


def _judgeable(question: Question | None) -> Question | None:
    return question if question and get(question.type_name).is_whole(question.answer[0].value) else None


def _asked(question: Question) -> Asked:
    return Asked(
        question=str(question.translation_key),
        revision=question.live_revision_id,
        type=question.type_name,
        value=question.answer[0].value,
        case=question.case,
        stem=question.stem,
        why=question.why,
        critical=question.critical,
        facts=[row.fact.code for row in question.cited_facts.all()],
        picture=shown(question.picture, question.picture_alt),
    )


def responses(attempt: Attempt) -> dict[str, Answer]:
    """The answer that counts, by item id: the newest; in practice the first, which showed what is right."""
    answers = attempt.answers.filter(put_right=False)
    ordered = answers.order_by("-saved_at", "-pk") if attempt.is_practice else answers
    return {answer.item_id: answer for answer in ordered}


def guarded_questions(person: User) -> frozenset[UUID]:
    """Translation keys of all that a certifying quiz may ask which an open enrolment of hers still asks for.

    Nothing may show her their key: practice and repetition leave them out. A paper that she has begun asks what it was
    drawn from, whatever becomes of its quiz. Four queries.
    """
    wanted = Requirement.objects.filter(enrolment__person=person, enrolment__in=Enrolment.objects.open())
    wanted = wanted.filter(kind=QuizPage.kind, completed_at=None).values_list("unit_key", flat=True)
    keys = set(wanted)
    return _may_be_asked(keys) | _begun(person, keys) if keys else frozenset()


def _may_be_asked(keys: set[UUID]) -> frozenset[UUID]:
    quizzes = QuizPage.objects.filter(translation_key__in=keys, purpose=Purpose.CERTIFYING).only("sections")
    parts = [section for quiz in quizzes for section in quiz.sections.raw_data]
    if not parts:
        return frozenset()
    may_be_asked = reduce(or_, [_criteria(section["type"], section["value"]) for section in parts])
    return frozenset(Question.objects.filter(may_be_asked).values_list("translation_key", flat=True))


def _begun(person: User, keys: set[UUID]) -> frozenset[UUID]:
    """What is asked in certifying papers that are open, or passed with something left to put right."""
    begun = Attempt.objects.filter(person=person, unit_key__in=keys, purpose=Purpose.CERTIFYING, completed_at=None)
    papers = begun.filter(Q(handed_in_at=None) | Q(passed_at__isnull=False)).values_list("paper", flat=True)
    return frozenset(UUID(item["question"]) for paper in papers for item in paper)


def _criteria(kind: str, value: dict) -> Q:
    """What a stored section may ask, whatever the country: its blocks as objects would cost queries for each quiz."""
    if kind == "fixed":
        return Q(pk__in=[row["value"] if isinstance(row, dict) else row for row in value["questions"]])
    wanted = Q(pk__isnull=False)
    if value.get("tags"):
        wanted &= Q(tagged_items__tag__slug__in=value["tags"])
    if value.get("module"):
        module = Page.objects.filter(pk=value["module"])  # one that is gone narrows a draw no more
        wanted &= Q(module__translation_key__in=module.values("translation_key")) | ~Exists(module)
    if value.get("difficulty"):
        wanted &= Q(difficulty__in=[int(level) for level in value["difficulty"]])
    return wanted


def shown_items(attempt: Attempt) -> set[str]:
    """Ids of the items whose key may be shown to her now: what is right, why, and what is said to an answer.

    Never of a pre-test. Of a certifying quiz once its unit is complete; of a post-test once the certifying quizzes of
    its module are; of practice at once. Never of a question that another certifying quiz before her may ask.
    """
    if not _may_show(attempt):
        return set()
    guarded = {str(key) for key in guarded_questions(attempt.person)}
    return {item["id"] for item in attempt.paper if item["question"] not in guarded}


def _may_show(attempt: Attempt) -> bool:
    if attempt.purpose == Purpose.PRACTICE:
        return True
    if attempt.purpose == Purpose.PRE_TEST or attempt.completed_at is None:
        return False
    return attempt.purpose == Purpose.CERTIFYING or not _module_is_open(attempt)


def _module_is_open(attempt: Attempt) -> bool:
    """Whether a certifying quiz that stands beside this test is still before her."""
    page = page_of(QuizPage, attempt.unit_key, attempt.language)
    certifying = QuizPage.objects.sibling_of(page).filter(purpose=Purpose.CERTIFYING).values("translation_key")
    hers = Requirement.objects.filter(enrolment__person=attempt.person_id, enrolment__in=Enrolment.objects.open())
    return hers.filter(completed_at=None, unit_key__in=certifying).exists()
