"""What stands in the way of a design on paper, said of the field that it is about. Reads fonts, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from .. import typography
from .telling import telling_words

BOLD, ITALIC = "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf"


class Room(NamedTuple):
    """The lines that a text may take, each so many millimetres wide."""

    face: str
    points: float
    width: float
    lines: int = 1

    def holds(self, text: str) -> bool:
        return typography.lines_needed(text, self.face, self.points, self.width) <= self.lines and all(
            typography.width(word, self.face, self.points) <= self.width for word in text.split()
        )


class Fault(NamedTuple):
    """`position` counts the blocks of a stream; `field` is the part of the block."""

    position: int
    field: str
    message: str


SMALL_PRINT = Room(typography.BODY, 8, 95, 2)
ROOM = {
    "landscape": {
        "heading": Room(typography.TITLE, 43, 195),
        "formula": Room(ITALIC, 13, 195),
        "sentence": Room(typography.BODY, 12, 195),
        "small_print": SMALL_PRINT,
    },
    "portrait": {
        "heading": Room(typography.TITLE, 36, 150),
        "formula": Room(ITALIC, 13, 150),
        "sentence": Room(typography.BODY, 12, 150, 2),
        "small_print": SMALL_PRINT,
    },
}
SIGNATORY = {"name": Room(BOLD, 10.5, 42, 2), "title": Room(typography.BODY, 9, 42, 2)}


def of_wordings(wordings: StreamValue, orientation: str, *, neutral: bool) -> Iterator[Fault]:
    """Each language once; each text in the room that it has."""
    languages, seen = dict(settings.LANGUAGES), set()
    for position, block in enumerate(wordings):
        language = block.value["language"]
        in_words = capfirst(str(languages.get(language, language)))
        if language in seen:
            words = _("%(language)s is here twice: keep one of the two.")
            yield Fault(position, "language", words % {"language": in_words})
        seen.add(language)
        for field, room in ROOM[orientation].items():
            yield from _of_text(position, field, block.value[field] or "", neutral, room, in_words)


def of_signatories(signatories: StreamValue, *, neutral: bool) -> Iterator[Fault]:
    for position, block in enumerate(signatories):
        for field, room in SIGNATORY.items():
            yield from _of_text(position, field, block.value[field] or "", neutral, room)


def of_logos(logos: StreamValue, *, neutral: bool) -> Iterator[Fault]:
    for position, block in enumerate(logos):
        yield from _telling(position, "says", block.value["says"] or "", neutral)


def _of_text(position: int, field: str, text: str, neutral: bool, room: Room, language: str = "") -> Iterator[Fault]:
    if lacking := typography.missing([text]):
        words = _("The fonts lack %(letters)s. Write it in another way.")
        yield Fault(position, field, words % {"letters": ", ".join(map(typography.named, lacking[:5]))})
    elif not room.holds(text):
        yield Fault(position, field, _too_long(language))
    yield from _telling(position, field, text, neutral)


def _too_long(language: str) -> str:
    if not language:
        return _("It does not fit on the paper. Make it shorter.")
    return _("It does not fit on the paper in %(language)s. Make it shorter.") % {"language": language}


def _telling(position: int, field: str, text: str, neutral: bool) -> Iterable[Fault]:
    """What names an illness stays out of a neutral design: who sees the paper would know."""
    if neutral and (found := telling_words(text)):
        words = _("“%(word)s” tells of an illness. Leave it out, or print the programme’s own title.")
        yield Fault(position, field, words % {"word": found[0]})
