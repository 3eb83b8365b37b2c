"""What a handbook says, in its order: read from the pages as they are live, in one language, for one country."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.models import Page

from curriculum import queries as curriculum
from curriculum.models import GlossaryTerm, LessonPage, ModulePage
from curriculum.paper import cards
from curriculum.paper.cards import Reader

from ..models import Edition, PracticalPage, QuizPage
from . import answers


@dataclass(frozen=True)
class Lesson:
    page: LessonPage
    number: int
    of: int
    standing: curriculum.Standing
    address: str
    cards: list[SafeString] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    withdrawn: str = ""


@dataclass(frozen=True)
class JobAid:
    title: str
    cards: list[SafeString]
    sources: list[str]


@dataclass(frozen=True)
class Chapter:
    """A module. Withdrawn, it holds nothing but the reason."""

    page: ModulePage
    standing: curriculum.Standing
    address: str
    lessons: list[Lesson] = field(default_factory=list)
    quizzes: list[QuizPage] = field(default_factory=list)
    questions: list[answers.Answered] = field(default_factory=list)
    job_aid: JobAid | None = None
    withdrawn: str = ""


@dataclass(frozen=True)
class Practical:
    page: PracticalPage
    steps: list
    withdrawn: str = ""


@dataclass(frozen=True)
class Book:
    subject: Page
    reader: Reader
    edition: str
    chapters: list[Chapter]
    practicals: list[Practical]
    glossary: list[GlossaryTerm]

    @property
    def is_module(self) -> bool:
        return isinstance(self.subject, ModulePage)

    @property
    def for_facilitators(self) -> bool:
        return self.edition == Edition.FACILITATOR

    @property
    def standings(self) -> list[curriculum.Standing]:
        return [part.standing for chapter in self.chapters for part in (chapter, *chapter.lessons)]

    @property
    def reviewed_on(self) -> date | None:
        """The oldest review of all that is printed; None as long as one page has none."""
        days = [standing.reviewed_on for standing in self.standings]
        return min(days) if days and all(days) else None

    @property
    def by_machine(self) -> bool:
        return any(standing.by_machine for standing in self.standings)

    @property
    def as_of(self) -> datetime:
        """When the newest of its pages went live."""
        pages = [self.subject, *(practical.page for practical in self.practicals)]
        pages += [part.page for chapter in self.chapters for part in (chapter, *chapter.lessons)]
        pages += [quiz for chapter in self.chapters for quiz in chapter.quizzes]
        return max((page.last_published_at for page in pages if page.last_published_at), default=timezone.now())

    @property
    def address(self) -> str:
        return cards.address_of(self.subject)


@dataclass(frozen=True)
class Outline:
    """Which pages a book is made of, before any of them is read: {module key: its units, None for all}."""

    subject: Page
    modules: list[ModulePage]
    units: dict[UUID, set[UUID] | None]
    practicals: list[PracticalPage]


def outline(subject: Page, reader: Reader, language: str) -> Outline:
    if isinstance(subject, ModulePage):
        practicals = [page for page in live(PracticalPage, language) if subject.translation_key in page.module_keys]
        return Outline(subject, [subject], {subject.translation_key: None}, _watched(practicals, reader))
    units: dict[UUID, set[UUID] | None] = {}
    keys = []
    for row in subject.rows_for(reader.country):
        if isinstance(row.target, ModulePage):
            units[row.target.translation_key] = None
        elif isinstance(row.target, PracticalPage):
            keys.append(row.target.translation_key)
        elif row.target.module and units.get(row.target.module.translation_key, ()) is not None:
            units.setdefault(row.target.module.translation_key, set()).add(row.target.translation_key)
    modules, practicals = live(ModulePage, language, list(units)), live(PracticalPage, language, keys)
    return Outline(subject, modules, units, _watched(practicals, reader))


def live(model: type[Page], language: str, keys: list[UUID] | None = None) -> list:
    """The live pages of these keys in their order (None: all), each in this language or else in English."""
    pages = model.objects.live().filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
    pages = pages if keys is None else pages.filter(translation_key__in=keys)
    found = sorted(pages.annotate(language=F("locale__language_code")), key=lambda page: page.language == language)
    by_key = {page.translation_key: page for page in found}
    order = [page.translation_key for page in sorted(found, key=lambda page: page.path)] if keys is None else keys
    return [by_key[key] for key in dict.fromkeys(order) if key in by_key]


def book(found: Outline, reader: Reader, language: str, edition: str) -> Book:
    gone = curriculum.withdrawn()
    return Book(
        subject=found.subject,
        reader=reader,
        edition=edition,
        chapters=[
            _chapter(module, found.units[module.translation_key], reader, language, edition, gone)
            for module in found.modules
        ],
        practicals=[
            Practical(page, page.steps_for(reader.country), gone.get(page.translation_key, ""))
            for page in found.practicals
        ],
        glossary=_glossary(language),
    )


def units_of(module: ModulePage, wanted: set[UUID] | None) -> list[Page]:
    """Its live lessons and quizzes in their order; only the wanted ones where there is a choice."""
    children = module.get_children().live().specific()
    return [page for page in children if wanted is None or page.translation_key in wanted]


def _chapter(module: ModulePage, wanted: set[UUID] | None, reader: Reader, language: str, edition: str, gone: dict):
    head = {"page": module, "standing": curriculum.standing(module), "address": cards.address_of(module)}
    if reason := gone.get(module.translation_key):
        return Chapter(**head, withdrawn=reason)
    units = units_of(module, wanted)
    lessons = [page for page in units if isinstance(page, LessonPage)]
    quizzes = [page for page in units if isinstance(page, QuizPage) and page.translation_key not in gone]
    return Chapter(
        **head,
        lessons=[_lesson(page, n, len(lessons), reader, gone) for n, page in enumerate(lessons, 1)],
        quizzes=quizzes,
        questions=answers.of(quizzes, reader.country, language) if edition == Edition.FACILITATOR else [],
        job_aid=_job_aid(module, reader) if module.job_aid else None,
    )


def _lesson(page: LessonPage, number: int, of: int, reader: Reader, gone: dict) -> Lesson:
    address = cards.address_of(page)
    head = {"page": page, "number": number, "of": of, "standing": curriculum.standing(page), "address": address}
    if reason := gone.get(page.translation_key):
        return Lesson(**head, withdrawn=reason)
    shown = cards.printed(page.cards, reader, address)
    return Lesson(**head, cards=shown, sources=cards.sources(page.cards, reader))


def _job_aid(module: ModulePage, reader: Reader) -> JobAid:
    title = module.job_aid_title or module.title
    return JobAid(title, cards.printed(module.job_aid, reader), cards.sources(module.job_aid, reader))


def _watched(pages: list[PracticalPage], reader: Reader) -> list[PracticalPage]:
    return [page for page in pages if page.is_for_country(reader.country)]


def _glossary(language: str) -> list[GlossaryTerm]:
    """In English as long as nobody has written it in this language."""
    terms = GlossaryTerm.objects.filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
    found = sorted(terms.annotate(language=F("locale__language_code")), key=lambda term: term.language == language)
    return sorted({term.code: term for term in found}.values(), key=lambda term: term.term.casefold())
