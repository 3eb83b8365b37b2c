"""The cards of a lesson or job aid as paper shows them to one country, and where their facts come from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.models import Page

from lms.core.models import Country

from .. import bodies


@dataclass(frozen=True)
class Reader:
    """Whose paper it is: a country, with the values that its lead has confirmed."""

    country: Country
    values: dict[str, str]


def reader_in(country: Country) -> Reader:
    """In the language that is active. One query."""
    return Reader(country, bodies.values_for(country.code))


def printed(blocks: Iterable, reader: Reader, address: str = "") -> list[SafeString]:
    """The cards that hold in her country, each drawn by curriculum/paper/cards/<kind>.html."""
    return [
        render_to_string(f"curriculum/paper/cards/{block.block_type}.html", _context(block, reader, address))
        for block in held(blocks, reader)
    ]


def shown(blocks: Iterable, reader: Reader) -> list[SafeString]:
    """The same cards as a phone shows them."""
    return [block.render(_context(block, reader, "")) for block in held(blocks, reader)]


def held(blocks: Iterable, reader: Reader) -> Iterator:
    return (block for block in blocks if block.value.is_for(reader.country.code))


def sources(blocks: Iterable, reader: Reader) -> list[str]:
    """Each source once, with its year."""
    facts = {fact.pk: fact for block in held(blocks, reader) for fact in block.value["facts"] if fact}
    return sorted({f"{fact.source}, {fact.as_of}" for fact in facts.values()})


def address_of(page: Page) -> str:
    """Where a phone finds this page."""
    _site, _root, path = page.get_url_parts()
    return settings.BASE_URL.rstrip("/") + path


def _context(block, reader: Reader, address: str) -> dict:
    return {
        "value": block.value,
        "country_name": reader.country.name,
        "country_value": reader.values.get(block.value.get("key"), ""),
        "address": address,
    }
