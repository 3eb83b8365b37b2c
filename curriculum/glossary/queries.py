"""Reading the glossary: for the text of one page, and as a list from A to Z."""

import hashlib

from django.conf import settings
from django.db.models import F, Q, QuerySet, Subquery
from django.utils.translation import get_language
from wagtail.models import Page

from ..models import GlossaryTerm
from .marking import Word


def words_on(page: Page) -> tuple[Word, ...]:
    """The glossary as this page's text writes it, explained in the language that is being read where it is translated.

    An alias holds the text of the page it mirrors. One query.
    """
    written = Page.objects.filter(pk=page.alias_of_id or page.pk).values("locale")
    terms = GlossaryTerm.objects.annotate(written=Subquery(written), language=F("locale__language_code"))
    terms = list(terms.filter(Q(locale=F("written")) | Q(language=get_language())).order_by("code"))
    hers = {term.translation_key: term for term in terms if term.language == get_language()}
    return tuple(_word(term, hers) for term in terms if term.locale_id == term.written)


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


def _word(term: GlossaryTerm, hers: dict) -> Word:
    told = hers.get(term.translation_key, term)
    return Word(term.code, tuple(term.forms), told.term, told.explanation)
