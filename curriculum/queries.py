"""Reading the curriculum in few queries: titles and addresses by key, a lesson's place in its module, its review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F, Subquery
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page

from .models import Fact, LessonPage, UnitPage, Withdrawal


@dataclass(frozen=True)
class Entry:
    """What a list says about one page."""

    title: str
    url: str
    minutes: int
    cloth: str
    icon: str
    health_area: str = ""  # of a module
    client_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class LessonPlace:
    module_title: str
    number: int
    of: int


@dataclass(frozen=True)
class Standing:
    """The live revision of a page, the clinical review that stands behind it today, and whether a machine made it.

    What a clinician has approved is no machine's work any more, also when her review has run out.
    `facts`: the newest revision of any fact; a lesson names the sources of those that it cites.
    """

    revision_id: int | None
    reviewed_on: date | None
    by_machine: bool = False
    facts: int | None = None


def entries(request: HttpRequest, keys: Iterable[UUID]) -> dict[UUID, Entry]:
    """The live pages of these keys in the language of the page that is being read, else in the source language."""
    return {
        page.translation_key: _entry(page, request)
        for page in _in_language(Page.objects.filter(translation_key__in=keys))
    }


def unit_page(key: UUID) -> UnitPage:
    """The live unit of this key as its own kind, in the language that is being read. Raises Http404."""
    for page in reversed(_in_language(UnitPage.objects.filter(translation_key=key))):
        return page.specific
    raise Http404


def withdrawn() -> dict[UUID, str]:
    """Key and reason of everything that is withdrawn now."""
    return dict(Withdrawal.objects.open().values_list("page_key", "reason"))


def lesson_place(lesson: LessonPage) -> LessonPlace:
    """Its module's title, which lesson of it this is, of how many. One query."""
    above = lesson.path[: -lesson.steplen]
    family = Page.objects.filter(path__startswith=above, depth__gte=lesson.depth - 1).order_by("path")
    rows = family.values_list("path", "title", "live", "unitpage__lessonpage")
    titles = [title for path, title, _live, _lesson in rows if path == above]
    lessons = [path for path, _title, live, is_lesson in rows if live and is_lesson]
    number = sum(path < lesson.path for path in lessons) + 1
    return LessonPlace(titles[0] if titles else "", number, max(number, len(lessons)))


def standing(page: Page) -> Standing:
    """For an alias, that of the page it mirrors: an alias has no revisions."""
    review, newest = "live_revision__clinical_review", F("latest_revision").desc(nulls_last=True)
    facts = Subquery(Fact.objects.order_by(newest).values("latest_revision")[:1])
    source = Page.objects.filter(pk=page.alias_of_id or page.pk)
    for revision_id, reviewed_at, due_on, texts, fact in source.values_list(
        "live_revision_id", f"{review}__reviewed_at", f"{review}__due_on", "live_revision__machine_texts__count", facts
    ):
        reviewed_on = _day(reviewed_at) if due_on and due_on >= timezone.localdate() else None
        return Standing(revision_id, reviewed_on, by_machine=bool(texts) and reviewed_at is None, facts=fact)
    return Standing(None, None)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _in_language(pages) -> list:
    """One live page a key; the wanted language comes last, so that it wins in a dictionary."""
    wanted = get_language()
    pages = pages.live().filter(locale__language_code__in={wanted, settings.LANGUAGE_CODE})
    pages = pages.annotate(language=F("locale__language_code")).order_by("path")
    return sorted(pages.select_related(*_parts(pages)), key=lambda page: page.language == wanted)


def _parts(pages) -> list[str]:
    return ["unitpage", "modulepage"] if pages.model is Page else []


def _entry(page: Page, request: HttpRequest) -> Entry:
    unit, module = getattr(page, "unitpage", None), getattr(page, "modulepage", None)
    return Entry(
        title=page.title,
        url=page.get_url(request),
        minutes=(unit or module).minutes if unit or module else 0,
        cloth=module.cloth if module else "",
        icon=module.icon if module else "",
        health_area=module.health_area if module else "",
        client_groups=tuple(module.client_groups) if module else (),
    )
