"""Templates' words: «{placeholder}» parts and nothing else. Unlike str.format, no way into the values' attributes."""

import re
from collections.abc import Iterable, Mapping

from .disclosure import revealing

PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


class UnknownPlaceholder(Exception):
    """The words ask for something that this kind of message does not know: its name is the argument."""


class BraceLeft(Exception):
    """A brace that belongs to no placeholder, such as «{name.x}»."""


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders' values, each put in as it is. Raises KeyError for one without a value."""
    return PLACEHOLDER.sub(lambda match: str(values[match[1]]), text)


def check_placeholders(text: str, known: Iterable[str]) -> None:
    """Raises UnknownPlaceholder or BraceLeft."""
    for name in PLACEHOLDER.findall(text):
        if name not in known:
            raise UnknownPlaceholder(name)
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        raise BraceLeft


def revealing_words(text: str) -> list[str]:
    """The words of a template that would tell others what she is; placeholders' names are no words."""
    return revealing(PLACEHOLDER.sub(" ", text))
