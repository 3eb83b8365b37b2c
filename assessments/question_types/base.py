"""What a question type is. Freezing, reading and grading are pure: no database, no clock, no request."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from wagtail.blocks import StructBlock, StructValue


class OtherWords(Exception):
    """An item shows other words than the question has by now: no key for the one can be made of the other."""


@dataclass(frozen=True)
class Grade:
    """Whether the response is right, and how much of it (0 to 1). `near`: not right, but a slip of the pen away."""

    right: bool
    share: float
    near: bool = False


def all_or_nothing(right: bool) -> Grade:
    return Grade(right, 1.0 if right else 0.0)


def share_of(key: dict, response: Any) -> Grade:
    """For responses that answer several things at once: right only when all of them are."""
    given = response if isinstance(response, dict) else {}
    hits = sum(given.get(name) == wanted and type(given.get(name)) is type(wanted) for name, wanted in key.items())
    return Grade(hits == len(key) > 0 and given.keys() == key.keys(), hits / max(1, len(key)))


def shuffled(texts: Iterable[str], random: Random, *, shuffle: bool = True) -> dict[str, str]:
    """Each text once with an id, in an order that depends on the texts alone: nothing tells what is right.

    Without `shuffle` in the order given, for answers to choose from that read best as their author wrote them.
    """
    unique = list(dict.fromkeys(texts))
    if shuffle:
        unique.sort()
        random.shuffle(unique)
    ids = random.sample(range(16**6), len(unique))
    return {text: f"{id_:06x}" for text, id_ in zip(unique, ids, strict=True)}


def ids_of(rows: list[dict], texts: Iterable[str]) -> list[str]:
    """The ids under which an item shows these texts. Raises OtherWords where it does not show just these."""
    texts = list(texts)
    ids = {row["text"]: row["id"] for row in rows}
    if other := ids.keys() ^ set(texts):
        raise OtherWords(", ".join(sorted(other)))
    return [ids[text] for text in texts]


def rows(ids: dict[str, str]) -> list[dict]:
    return [{"id": id_, "text": text} for text, id_ in ids.items()]


def list_problem(what: str, texts: list, *, least: int, most: int, longest: int = 150) -> str:
    """What is wrong with a list that a person reads, and where: too few, too many, empty, too long, twice the same."""
    if not least <= len(texts) <= most:
        words = gettext("%(what)s: give %(least)s to %(most)s; here are %(count)s.")
        return words % {"what": what, "least": least, "most": most, "count": len(texts)}
    seen: dict[str, int] = {}
    for number, text in enumerate(texts, 1):
        plain = " ".join(str(text or "").casefold().split())
        where = {"what": what, "number": number, "longest": longest, "text": text, "first": seen.get(plain)}
        if not plain:
            return gettext("%(what)s: number %(number)s is empty.") % where
        if len(text) > longest:
            return gettext("%(what)s: number %(number)s is longer than %(longest)s letters.") % where
        if plain in seen:
            same = gettext("%(what)s: numbers %(first)s and %(number)s read the same (“%(text)s”). Change one of them.")
            return same % where
        seen[plain] = number
    return ""


class CheckedBlock(StructBlock):
    """A question type's editor block. `problem` says in a sentence what would make the question impossible to judge."""

    @classmethod
    def problem(cls, value: dict) -> str:
        """The sentence, or an empty text."""
        raise NotImplementedError

    def clean(self, value):
        value = super().clean(value)
        if problem := self.problem(value):
            raise ValidationError(problem)
        return value


class QuestionType:
    """One way to ask. A response may be partial until it is handed on: `is_complete` says whether it can be saved."""

    name: str  # the block's name in a question, and the type's name in papers and files
    ask: Any  # what she has to do, said under the question and again when something is missing
    partial: Any = ""  # how parts of an answer count, where a quiz counts them; empty: all or nothing
    script: str = ""  # a static file that makes the field quicker to use; without it everything works
    block: type[CheckedBlock]

    @property
    def template(self) -> str:
        """Draws the field inside the question's fieldset: gets what `context` returns, and `name`."""
        return f"{self.name}/field.html"

    def is_whole(self, value: StructValue) -> bool:
        """Whether a paper can ask and judge it: a translation may have lost what its author was held to."""
        item, key = self.freeze(value, SystemRandom())
        right = self.right_response(item, key)
        return self.is_complete(item, right) and self.grade(key, right).right

    def freeze(self, value: StructValue, random: Random, *, shuffle: bool = True) -> tuple[dict, dict]:
        """The public part (as she sees it) and the key, both JSON. The first tells nothing of the second."""
        item = self.show(value, random, shuffle=shuffle)
        return item, self.key_for(item, value)

    def show(self, value: StructValue, random: Random, *, shuffle: bool = True) -> dict:
        """The public part. Without `shuffle`, answers to choose from keep their author's order."""
        raise NotImplementedError

    def key_for(self, item: dict, value: StructValue) -> dict:
        """The key that a value gives for an item, also for one that was frozen from an earlier value.

        What is said to each answer is part of it. Raises OtherWords where the item shows what the value has no more.
        """
        raise NotImplementedError

    def feedback(self, item: dict, key: dict, response: Any) -> list[str]:
        """What the author says to this response, where the key may be shown. Total."""
        return []

    def read(self, item: dict, data: QueryDict, name: str) -> Any:
        """Her response from a posted form, as JSON, perhaps partial; None where nothing possible was answered."""
        raise NotImplementedError

    def is_complete(self, item: dict, response: Any) -> bool:
        """Whether the response answers all that was asked. Total."""
        raise NotImplementedError

    def grade(self, key: dict, response: Any) -> Grade:
        """Total: never raises on a malformed response, which is wrong."""
        raise NotImplementedError

    def right_response(self, item: dict, key: dict) -> Any:
        """The response that grades as right."""
        raise NotImplementedError

    def in_words(self, item: dict, response: Any) -> list[str]:
        """A response as lines a person reads; works for the right one too. Total."""
        raise NotImplementedError

    def context(self, item: dict, response: Any) -> dict:
        """What the template needs to draw the item with her response so far (None: none)."""
        raise NotImplementedError

    def from_file(self, data: dict) -> dict:
        """The block's value, as StreamField JSON, from a starter file's question; ValueError says what is wrong."""
        value = self.value_from(data)
        if problem := self.block.problem(value):
            raise ValueError(problem)
        return kept(value)

    def value_from(self, data: dict) -> dict:
        """The value before its rules are checked; ValueError where the file's form is wrong."""
        raise NotImplementedError


def kept(value: Any, place: str = "") -> Any:
    """Lists as a StreamField keeps them, the same ids for the same places: what has none is not translated."""
    if isinstance(value, dict):
        return {name: kept(part, f"{place}/{name}") for name, part in value.items()}
    if isinstance(value, list):
        places = [f"{place}/{number}" for number in range(len(value))]
        return [
            {"type": "item", "id": str(uuid5(NAMESPACE_URL, at)), "value": kept(part, at)}
            for at, part in zip(places, value, strict=True)
        ]
    return value


def filled_list(data: dict, key: str) -> list:
    found = data.get(key)
    if not isinstance(found, list) or not found:
        raise ValueError(f"«{key}» must be a list")
    return found


def filled_text(row: Any, key: str, where: str) -> str:
    text = row.get(key) if isinstance(row, dict) else None
    if isinstance(text, bool) or not isinstance(text, str | int | float) or not str(text).strip():
        raise ValueError(f"each of «{where}» needs «{key}» as text (quote words such as “yes” and “no”)")
    return str(text).strip()


def texts_in(data: dict, key: str) -> list[str]:
    """A list of texts, which may be left out."""
    found = data.get(key) or []
    if not isinstance(found, list) or any(isinstance(t, bool) or not isinstance(t, str | int | float) for t in found):
        raise ValueError(f"each of «{key}» must be text (quote a line that holds a colon)")
    return [str(text).strip() for text in found]


def said_in(data: Any, key: str = "feedback") -> str:
    """Optional words of a file's row."""
    return str(data.get(key) or "").strip()


def number_in(data: dict, key: str, default: float | None = None) -> str:
    """A number of a file's row as text; a default of None makes it necessary. Raises ValueError."""
    number = data.get(key, default)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ValueError(f"«{key}» must be a number")
    return str(number)
