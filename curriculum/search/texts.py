"""The sentences of a card, read from the form it is stored in: no page of the curriculum costs a query. Pure."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

# Parts of a card that are no words for a reader.
WITHOUT = {"id", "type", "facts", "countries", "key", "sign", "name", "speaker", "recording", "picture", "document"}
ENDS = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
TAGS = re.compile(r"<[^>]+>")
BETWEEN = re.compile(r"(?<=[.!?])[”’\"]?\s+|\n+")


def sentences(card: dict) -> list[str]:
    """Everything it says, line by line, the title first."""
    value = card["value"]
    texts = [value.get("title") or "", *_strings({name: part for name, part in value.items() if name != "title"})]
    return [sentence for text in texts for sentence in _cut(text)]


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for one in part:
            yield from _strings(one)
    elif isinstance(part, dict):
        for name, one in part.items():
            if name not in WITHOUT:
                yield from _strings(one)


def _cut(text: str) -> Iterator[str]:
    plain = unescape(TAGS.sub("", ENDS.sub("\n", text)))
    return (sentence.strip() for sentence in BETWEEN.split(plain) if sentence.strip())
