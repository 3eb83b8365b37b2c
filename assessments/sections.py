"""What the sections of a quiz come to in one country: what is asked for certain, what is drawn, how many a paper holds.

Pure: no database. Questions are told apart by their translation key.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Section:
    """Either `fixed` questions, or `count` of a `pool` by chance. No question stands in `fixed` twice or in both."""

    fixed: tuple = ()
    pool: tuple = ()
    count: int = 0


def all_of(sections: Iterable[Section]) -> list:
    """Every question that may be asked, each once: in the order of the sections."""
    found = {key(question): question for section in sections for question in (*section.fixed, *section.pool)}
    return list(found.values())


def size(sections: list[Section]) -> int:
    """How many questions a paper can hold, each once, where pools overlap too.

    A greatest matching of the places to fill with the questions that fit them, by augmenting paths (Kuhn 1955).
    """
    places = [{key(question) for question in section.pool} for section in sections for _ in range(section.count)]
    taken: dict[Any, int] = {}
    drawn = sum(_seat(place, places, taken, set()) for place in range(len(places)))
    return sum(len(section.fixed) for section in sections) + drawn


def _seat(place: int, places: list[set], taken: dict[Any, int], seen: set) -> bool:
    """Whether a place finds a question, others moving over if they must."""
    for question in places[place] - seen:
        seen.add(question)
        if question not in taken or _seat(taken[question], places, taken, seen):
            taken[question] = place
            return True
    return False


def key(question) -> str:
    return str(question.translation_key)
