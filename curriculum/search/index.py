"""All that can be found in one language, read once and kept until a page is published, moved or taken away."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.db.models import QuerySet
from wagtail.models import Page

from ..models import LessonPage, ModulePage
from .folding import words_of
from .texts import sentences


@dataclass(frozen=True, slots=True)
class Card:
    countries: tuple[str, ...]
    sentences: tuple[str, ...]
    folded: str  # its words between spaces, compared by the beginning of a word

    def is_for(self, country_code: str) -> bool:
        return not self.countries or country_code in self.countries


@dataclass(frozen=True, slots=True)
class Text:
    """A lesson, or a module's job aid. Its cards in order; the first of `head` is the title."""

    key: UUID
    module_key: UUID
    is_job_aid: bool
    is_source: bool  # not in the language that was asked for
    head: Card
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Index:
    texts: tuple[Text, ...]
    known: list[str]  # every word of them


def index(language: str) -> Index:
    """One query where it is kept already, three where it is not."""
    rows = _pages(language).order_by("path").values_list("pk", "path", "live_revision_id", "alias_of_id")
    version = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
    # One entry a language, whatever is published: it is large.
    kept, found = caches["bodies"].get(f"search:{language}", ("", None))
    if kept != version:
        found = _read(language)
        caches["bodies"].set(f"search:{language}", (version, found))
    return found


def _pages(language: str) -> QuerySet[Page]:
    kinds = Page.objects.live().type(LessonPage, ModulePage)
    return kinds.filter(locale__language_code__in={language, settings.LANGUAGE_CODE})


def _read(language: str) -> Index:
    modules, lessons = (_live(model.objects.all(), language) for model in (ModulePage, LessonPage))
    above = {module.path: module.translation_key for module in modules}
    texts = [
        _text(page, above[module_path], page.cards, [page.title, page.objective], language)
        for page in _one_a_key(lessons, language)
        if (module_path := page.path[: -page.steplen]) in above
    ]
    texts += [
        _text(page, page.translation_key, page.job_aid, [page.job_aid_title or page.title], language)
        for page in _one_a_key(modules, language)
        if page.job_aid
    ]
    cards = (card for text in texts for card in (text.head, *text.cards))
    return Index(tuple(texts), sorted({word for card in cards for word in card.folded.split()}))


def _live(pages: QuerySet, language: str) -> list:
    """In this language and in the source's, in the order of the tree."""
    wanted = pages.live().filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
    return list(wanted.select_related("locale").order_by("path"))


def _one_a_key(pages: list, language: str) -> list:
    """The page of each key in this language, else the source's."""
    hers = {page.translation_key for page in pages if page.locale.language_code == language}
    return [page for page in pages if page.locale.language_code == language or page.translation_key not in hers]


def _text(page, module_key: UUID, stream, head: list[str], language: str) -> Text:
    return Text(
        key=page.translation_key,
        module_key=module_key,
        is_job_aid=page.translation_key == module_key,
        is_source=page.alias_of_id is not None or page.locale.language_code != language,
        head=_card((), head),
        cards=tuple(_card(card["value"].get("countries") or (), sentences(card)) for card in stream.raw_data),
    )


def _card(countries: Iterable[str], said: list[str]) -> Card:
    return Card(tuple(countries), tuple(said), f" {' '.join(words_of(' '.join(said)))} ")
