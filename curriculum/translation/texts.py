"""The texts of a page, question or glossary word that a translator has to write, in order, each with its place."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


@dataclass(frozen=True)
class Text:
    path: str  # wagtail-localize's content path: the msgctxt of its PO files
    source: str
    place: str  # in words: «Cards 3 · Remember · Key message»
    most: int | None  # characters that fit


def texts(thing: models.Model) -> list[Text]:
    """Each text once a path, as wagtail-localize cuts them."""
    found = {}
    for segment in extract_segments(thing):
        if isinstance(segment, StringSegmentValue):
            place, most = _place(thing, segment.path)
            found.setdefault((segment.path, segment.string.data), Text(segment.path, segment.string.data, place, most))
    return list(found.values())


def _place(thing: models.Model, path: str) -> tuple[str, int | None]:
    name, *rest = path.split(".")
    field = thing._meta.get_field(name)
    words = capfirst(str(field.verbose_name))
    if not isinstance(field, StreamField):
        return words, field.max_length
    inner, most = _in_stream(field.stream_block, getattr(thing, name), rest)
    return " · ".join([words, *inner]), most


def _in_stream(block: blocks.Block, value: Any, rest: list[str]) -> tuple[list[str], int | None]:
    words = []
    for part in rest:
        if isinstance(block, blocks.StructBlock):
            block, value = block.child_blocks[part], value[part]
            words.append(str(block.label))
        elif isinstance(block, blocks.StreamBlock | blocks.ListBlock):
            number, child = _child(block, value, part)
            block, value = child.block, child.value
            words.append(f"{number} {block.label}" if block.label else str(number))
        else:
            words.append(part)
    field = getattr(block, "field", None)
    return words, getattr(field, "max_length", None)


def _child(block: blocks.Block, value: Any, wanted: str):
    children = value.bound_blocks if isinstance(block, blocks.ListBlock) else value
    return next((number, child) for number, child in enumerate(children, 1) if child.id == wanted)
