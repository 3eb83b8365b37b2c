"""The body of a lesson as one reader's country and language show it, rendered once per live revision and kept.

Nothing is ever thrown out of the cache: the key carries everything that the body depends on.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.core.cache import caches
from django.db.models import Count, Max
from django.template.loader import render_to_string
from django.utils.translation import get_language
from wagtail.images import get_image_model

from lms.core.models import Country

from . import queries
from .glossary.marking import Explainer, Word
from .glossary.queries import version, words_on
from .models import CountryValue, LessonPage, Recording
from .queries import Standing

TEMPLATES = settings.ROOT / "templates"


@dataclass(frozen=True)
class Body:
    """The cards, each with its id; all of them with the ways between; and where their facts come from."""

    ids: list[str]
    cards: list[str]
    html: str
    sources: str


def body_for(page: LessonPage, country: Country | None) -> Body:
    """What a reader in this country sees. Two queries where it is kept already."""
    standing, words = queries.standing(page), words_on(page)
    if standing.revision_id is None or settings.DEBUG:
        return _render(page, country, standing, words)
    key = _key(page, country, standing, words)
    body = caches["bodies"].get(key)
    if body is None:
        body = _render(page, country, standing, words)
        caches["bodies"].set(key, body)
    return body


def preview(page: LessonPage, country: Country | None = None) -> Body:
    """What an author sees, always as a draft: the cards as one country has them, or those of every country, each with
    its countries named."""
    if country:
        return _render(page, country, Standing(None, None), words_on(page))
    names = dict(Country.objects.values_list("code", "name"))
    cards = [(block, {"country_name": ", ".join(map(names.get, block.value["countries"]))}) for block in page.cards]
    return _body(page, cards, words_on(page), reviewed_on=None)


def _key(page: LessonPage, country: Country | None, standing: Standing, words: tuple[Word, ...]) -> str:
    code = country.code if country else "-"
    mark = standing.reviewed_on or ("machine" if standing.by_machine else "draft")
    versions = f"{_values_version(code)}:{_files_version(page)}:{version(words)}:{_templates_version()}"
    return f"{standing.revision_id}:{standing.facts}:{get_language()}:{code}:{mark}:{versions}"


def _values_version(code: str) -> str:
    """Changes when a value of this country is changed, added or deleted."""
    found = CountryValue.objects.filter(country=code).aggregate(count=Count("pk"), last=Max("updated_at"))
    return f"{found['count']}-{found['last'].timestamp() if found['last'] else 0}"


def _files_version(page: LessonPage) -> str:
    """Changes when a recording or picture that its cards show is changed. No query for a lesson without them."""
    cards = [card["value"] for card in page.cards.raw_data]
    recordings = {card["recording"] for card in cards if card.get("recording")}
    pictures = {card["picture"]["image"] for card in cards if isinstance(card.get("picture"), dict)}
    found = [*Recording.objects.filter(pk__in=recordings).order_by("pk").values_list("updated_at", flat=True)]
    found += get_image_model().objects.filter(pk__in=pictures).order_by("pk").values_list("file_hash", flat=True)
    return hashlib.sha256(repr(found).encode()).hexdigest()[:8] if found else "-"


@cache
def _templates_version() -> str:
    """The same in every process that runs the same code, whenever its files were written."""
    digest = hashlib.sha256()
    for path in sorted(path for part in ("curriculum", "components") for path in (TEMPLATES / part).rglob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _render(page: LessonPage, country: Country | None, standing: Standing, words: tuple[Word, ...]) -> Body:
    code, name = (country.code, country.name) if country else ("", "")
    values = values_for(code)
    cards = [
        (block, {"country_name": name, "country_value": values.get(block.value.get("key"), "")})
        for block in page.cards_for(code)
    ]
    return _body(page, cards, words, standing.reviewed_on, by_machine=standing.by_machine)


def values_for(code: str) -> dict[str, str]:
    """What this country's lead has confirmed, in the language that is being read or else in English."""
    rows = CountryValue.objects.confirmed().filter(country=code, language__in=(get_language(), "en"))
    ordered = sorted(rows, key=lambda row: row.language == get_language())
    return {row.key: row.value for row in ordered}


def _body(
    page: LessonPage, cards: list, words: tuple[Word, ...], reviewed_on: date | None, *, by_machine: bool = False
) -> Body:
    facts = {fact.pk: fact for block, _ in cards for fact in block.value["facts"] if fact}
    line = {
        "sources": sorted({f"{fact.source}, {fact.as_of}" for fact in facts.values()}),
        "facts_checked_on": page.facts_checked_on,
        "reviewed_on": reviewed_on,
        "machine_translated": by_machine,
    }
    explainer = Explainer(words)
    drawn = [explainer.explain(block.render(context), block.block_type) for block, context in cards]
    return Body(
        ids=[block.id for block, _ in cards],
        cards=drawn,
        html=render_to_string("curriculum/cards.html", {"cards": drawn}),
        sources=render_to_string("components/source_line.html", line),
    )
