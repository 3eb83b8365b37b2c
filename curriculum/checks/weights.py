"""What every live lesson weighs: measured in the background, so that a list of the heavy ones costs two queries."""

from dataclasses import dataclass

from django.core.cache import cache
from wagtail.models import Page

from .. import bodies
from ..models import LessonPage
from .weight import weigh

A_DAY = 24 * 60 * 60  # then measured again: a picture or the look of a card may have changed
AT_ONCE = 25


@dataclass(frozen=True)
class Heavy:
    """A live lesson over its budget. `body`: its cards in bytes, packed; `parts`: what else is too heavy."""

    page: Page
    body: int
    parts: tuple[str, ...]


def measure_live() -> int:
    """Weigh some live lessons whose live version has not been weighed today. Returns how many."""
    rows = {_key(pk): lesson for lesson, pk in _live()}
    wanted = [lesson for key, lesson in rows.items() if key not in cache.get_many(rows)][:AT_ONCE]
    for lesson in LessonPage.objects.filter(pk__in=wanted):
        weight = weigh(bodies.preview(lesson).html, lesson.cards)
        measured = (weight.body, tuple(part.name for part in weight.heavy_parts), weight.is_heavy)
        cache.set(_key(lesson.live_revision_id), measured, A_DAY)
    return len(wanted)


def heavy() -> list[Heavy]:
    """The live lessons known to be too heavy, the heaviest first."""
    rows = {_key(revision): pk for pk, revision in _live()}
    found = {rows[key]: measured for key, measured in cache.get_many(rows).items() if measured[2]}
    pages = Page.objects.in_bulk(found) if found else {}
    listed = [Heavy(page, *found[pk][:2]) for pk, page in pages.items()]
    return sorted(listed, key=lambda one: -one.body)


def _live():
    """Primary key and live revision of each lesson that learners read in its own words."""
    live = LessonPage.objects.live().filter(alias_of=None, live_revision__isnull=False)
    return live.order_by("path").values_list("pk", "live_revision_id")


def _key(revision: int) -> str:
    return f"lesson-weight:{revision}"
