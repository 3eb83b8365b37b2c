"""Reading practicals: their pages, and which belong to a module. What was observed: `watching`."""

from collections.abc import Iterable
from uuid import UUID

from wagtail.models import Page

from curriculum.models import ModulePage

from ..models import PracticalPage
from .pages import page_of


def practical_page(unit_key: UUID, language: str) -> PracticalPage:
    return page_of(PracticalPage, unit_key, language)


def practicals_of(module: ModulePage, keys: Iterable[UUID]) -> set[UUID]:
    """Which of these units are practicals that name this module, in whatever language. One query.

    The stored ids are compared: to load the pages that the field names would cost a query a practical.
    """
    pages = Page.objects.live().filter(translation_key__in=[module.translation_key, *keys])
    rows = list(pages.values_list("pk", "translation_key", "unitpage__practicalpage__modules"))
    named = {pk for pk, key, _modules in rows if key == module.translation_key}
    return {key for _pk, key, modules in rows if modules and named & {row["value"] for row in modules.raw_data}}
