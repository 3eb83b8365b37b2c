"""The table of who may open what: matrix.txt, a line an address."""

from dataclasses import dataclass
from pathlib import Path

from .world import ABROAD, ANONYMOUS, AT_HOME

FILE = Path(__file__).parent / "matrix.txt"
SIGNED_IN = {*AT_HOME, *ABROAD}
GROUPS = {
    "everyone": SIGNED_IN | {ANONYMOUS},
    "signed-in": SIGNED_IN,
    "staff": {"trainer", "reviewer", "hr", "lead", "administrator"},
    "keepers": {"hr", "lead", "administrator"},
    "reporters": {"trainer", "hr", "lead", "administrator"},
    "authors": {"trainer", "reviewer", "administrator"},
    "nobody": set(),
}


@dataclass(frozen=True)
class Line:
    name: str
    about: str
    may: frozenset[str]


def read() -> tuple[dict[str, Line], set[str]]:
    """The lines by name, and the names («wagtailimages:*» too) that have nothing to do with people."""
    lines: dict[str, Line] = {}
    without_people: set[str] = set()
    for text in FILE.read_text().splitlines():
        words = text.split("#")[0].split()
        if not words:
            continue
        if words[1:] == ["no", "people"]:
            without_people.add(words[0])
        else:
            lines[words[0]] = Line(words[0], words[1], frozenset(_may(words[1], words[2:])))
    return lines, without_people


def _may(about: str, words: list[str]) -> set[str]:
    """Who works abroad may what her like at home may, unless the address is about a row of Kenya’s."""
    named = set().union(*(GROUPS.get(word, {word.replace("_", " ")}) for word in words))
    if about != "-" or "everyone" in words or "signed-in" in words:
        return named
    return named | {f"{role} abroad" for role in named if f"{role} abroad" in ABROAD}
