"""Reading the glossary: for the text of one page, and as a list from A to Z."""

import hashlib
from functools import partial

from django.conf import settings
from django.core.cache import caches
from django.db.models import F, QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from ..models import GlossaryTerm
from .marking import Word

KEPT_SECONDS = 60


def words_on(page: Page) -> tuple[Word, ...]:
    """The glossary as this page's text writes it, as it stood within the last minute.

    An alias holds English text: its words are explained in the language that is being read, where they are translated.
    """
    if page.alias_of_id is None:
        return tuple(_word(*row) for _key, row in _rows(locale=page.locale_id))
    hers = {key: (term, told) for key, (_, term, _, told) in _rows(locale__language_code=get_language())}
    english = _rows(locale__language_code=settings.LANGUAGE_CODE)
    return tuple(_word(*row, *hers.get(key, ())) for key, row in english)


def version(words: tuple[Word, ...]) -> str:
    """Changes when a word that a body could explain is changed, added or deleted."""
    return hashlib.sha256(repr(words).encode()).hexdigest()[:12]


def glossary() -> list[GlossaryTerm]:
    """Every word once, in the language that is being read or else in English, from A to Z. One query."""
    terms = GlossaryTerm.objects.annotate(language=F("locale__language_code"))
    by_key = {term.translation_key: term for term in _hers_last(terms)}
    return sorted(by_key.values(), key=lambda term: term.term.casefold())


def _hers_last(terms: QuerySet[GlossaryTerm]) -> list[GlossaryTerm]:
    wanted = get_language()
    return sorted(terms.filter(language__in={wanted, settings.LANGUAGE_CODE}), key=lambda term: term.language == wanted)


def _rows(**locale) -> list[tuple]:
    """Every lesson asks for them: plain values, kept for a minute, and no query in between."""
    key = f"words:{'-'.join(map(str, locale.values()))}"
    return caches["bodies"].get_or_set(key, partial(_read, locale), timeout=KEPT_SECONDS)


def _read(locale: dict) -> list[tuple]:
    terms = GlossaryTerm.objects.filter(**locale).order_by("code")
    return [(key, row) for key, *row in terms.values_list("translation_key", "code", "term", "variants", "explanation")]


def _word(
    code: str, term: str, variants: str, explanation: str, term_read: str = "", explanation_read: str = ""
) -> Word:
    """The last two: as she reads them, where that is another language."""
    return Word(code, f"{term},{variants}", term_read or term, explanation_read or explanation)
