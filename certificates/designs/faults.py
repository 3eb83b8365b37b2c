"""What stands in the way of a design on paper, said of the field that it is about. Reads fonts, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from lms.core.telling import complaint

from ..paper import typography
from ..paper.layout import FACE
from . import rooms_of
from .look import Look


class Fault(NamedTuple):
    """`position` counts the blocks of a stream; `field` is the part of the block."""

    position: int
    field: str
    message: str


WORDS = ("heading", "formula", "sentence", "small_print")
SIGNED = {"name": "signed", "title": "post"}  # as the rooms of a design call them


def of_wordings(wordings: StreamValue, look: Look) -> Iterator[Fault]:
    """Each language once; each text in the room that the look leaves it."""
    languages, seen = dict(settings.LANGUAGES), set()
    for position, block in enumerate(wordings):
        language = block.value["language"]
        in_words = capfirst(str(languages.get(language, language)))
        if language in seen:
            words = _("%(language)s is here twice: keep one of the two.")
            yield Fault(position, "language", words % {"language": in_words})
        seen.add(language)
        for field in WORDS:
            fits = _fits(block.value[field] or "", field, look)
            yield from _of_text(position, field, block.value[field] or "", fits, in_words)


def of_signatories(signatories: StreamValue, look: Look) -> Iterator[Fault]:
    for position, block in enumerate(signatories):
        for field, name in SIGNED.items():
            fits = _fits(block.value[field] or "", name, look)
            yield from _of_text(position, field, block.value[field] or "", fits)


def of_logos(logos: StreamValue) -> Iterator[Fault]:
    for position, block in enumerate(logos):
        yield from _telling(position, "says", block.value["says"] or "")


def _of_text(position: int, field: str, text: str, fits: bool, language: str = "") -> Iterator[Fault]:
    if lacking := typography.missing([text]):
        words = _("The fonts lack %(letters)s. Write it in another way.")
        yield Fault(position, field, words % {"letters": ", ".join(map(typography.named, lacking[:5]))})
    elif not fits:
        yield Fault(position, field, _too_long(language))
    yield from _telling(position, field, text)


def _fits(text: str, name: str, look: Look) -> bool:
    """In one of the sizes that the room has for it, no word longer than a line."""
    room, face = rooms_of(look).texts[name], FACE.get(name, typography.BODY)
    return any(
        typography.lines_needed(text, face, points, room.width) <= lines
        and all(typography.width(word, face, points) <= room.width for word in text.split())
        for points, lines in room.steps
    )


def _too_long(language: str) -> str:
    if not language:
        return _("It does not fit on the paper. Make it shorter.")
    return _("It does not fit on the paper in %(language)s. Make it shorter.") % {"language": language}


def _telling(position: int, field: str, text: str) -> Iterable[Fault]:
    """Whichever title a design prints: its holder may choose the neutral one, and who sees the paper would know."""
    if words := complaint(text):
        yield Fault(position, field, words)
