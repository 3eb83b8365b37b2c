"""Which cards of a quiz's module teach what a question asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from curriculum.models import Fact, LessonPage, ModulePage

from .models import QuizPage

LOOKS_BACK = ("ask", "flash", "summary")  # cards that ask or repeat: read again where the thing is taught


@dataclass(frozen=True)
class Place:
    """A card of a live lesson, counted as a learner of one country sees them."""

    lesson: LessonPage
    lesson_number: int
    card_number: int
    kind: str
    facts: frozenset[int]

    @property
    def url(self) -> str:
        return f"{self.lesson.url}#card-{self.card_number}"


def read_again(quiz: QuizPage, items: Iterable[dict], country_code: str) -> dict[str, list[Place]]:
    """By item id: for each fact that an item of a paper tests, the card that teaches it best; each card once."""
    return _read_again(LessonPage.objects.sibling_of(quiz), items, country_code)


def read_again_in(module: ModulePage, items: Iterable[dict], country_code: str) -> dict[str, list[Place]]:
    """As read_again, for questions that are asked outside a quiz: in the lessons of this module."""
    return _read_again(LessonPage.objects.child_of(module), items, country_code)


def _read_again(lessons: QuerySet, items: Iterable[dict], country_code: str) -> dict[str, list[Place]]:
    codes = {code for item in items for code in item["facts"]}
    facts = dict(Fact.objects.filter(code__in=codes).values_list("code", "pk"))
    places = _places(lessons, country_code) if facts else []
    return {item["id"]: _best([facts[code] for code in item["facts"] if code in facts], places) for item in items}


def _best(facts: list[int], places: list[Place]) -> list[Place]:
    found = []
    for fact in facts:
        teaching = sorted(
            (place for place in places if fact in place.facts), key=lambda place: place.kind in LOOKS_BACK
        )
        found += teaching[:1]
    return sorted(dict.fromkeys(found), key=lambda place: (place.lesson_number, place.card_number))


def _places(lessons: QuerySet, country_code: str) -> list[Place]:
    # The stored form: turning every card's blocks into objects would cost a query for each kind of card.
    live = lessons.live().order_by("path").select_related("locale")
    return [
        Place(lesson, lesson_number, card_number, card["type"], frozenset(_values(card["value"].get("facts"))))
        for lesson_number, lesson in enumerate(live, 1)
        for card_number, card in enumerate(_seen(lesson, country_code), 1)
    ]


def _seen(lesson: LessonPage, country_code: str) -> list[dict]:
    cards = lesson.cards.raw_data
    return [card for card in cards if country_code in (card["value"].get("countries") or [country_code])]


def _values(items: list | None) -> list[int]:
    """The values of a stored ListBlock."""
    return [item["value"] if isinstance(item, dict) else item for item in items or []]
