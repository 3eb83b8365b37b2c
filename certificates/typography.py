"""What the shipped faces can set, how wide it comes out, and how a name is laid out. Reads fonts, nothing else."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from lms.core.faces import FONTS

DISPLAY, TEXT = "NotoSerifDisplay-SemiBold.ttf", "NotoSerif-Medium.ttf"
TITLE, BODY = "NotoSerifDisplay-ExtraBold.ttf", "NotoSerif-Regular.ttf"
SERIFS = (DISPLAY, TITLE, BODY, TEXT, "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf")
NAME_WIDTH = 190.0
MM_PER_POINT = 25.4 / 72

# Up to so many characters: points. The display cut's hairlines are too thin for a copier below 24.
ONE_LINE = ((20, DISPLAY, 38), (26, DISPLAY, 33), (33, DISPLAY, 28), (40, DISPLAY, 24))
ONE_LINE_SMALL = ((46, TEXT, 20.5), (46, TEXT, 19), (46, TEXT, 17.5), (46, TEXT, 16))
TWO_LINES = (20, 18, 16.5, 15, 13.5, 12)


class NameTooLong(Exception):
    """Not even two small lines hold it."""


@dataclass(frozen=True)
class NameLayout:
    lines: tuple[str, ...]
    face: str
    size: float

    @property
    def css_class(self) -> str:
        return f"{'display' if self.face == DISPLAY else 'text'}-{self.size * 10:.0f}"


def missing(texts: Iterable[str]) -> list[str]:
    """The characters that at least one serif face lacks, each once, in order."""
    known = _repertoire()
    return list(dict.fromkeys(character for text in texts for character in text if ord(character) not in known))


def named(character: str) -> str:
    """A character so that one can find it: “ኣ” (ETHIOPIC SYLLABLE GLOTTAL AA)."""
    return f"“{character}” ({unicodedata.name(character, f'U+{ord(character):04X}')})"


def width(text: str, face: str, points: float) -> float:
    """Millimetres, by advance widths: a hair wider than what kerning makes of it."""
    advances, units = _advances(face)
    return sum(advances.get(ord(character), units) for character in text) / units * points * MM_PER_POINT


def lay_out_name(name: str) -> NameLayout:
    """The largest setting that the length allows and 190 mm hold. Raises NameTooLong."""
    for longest, face, size in (*ONE_LINE, *ONE_LINE_SMALL):
        if len(name) <= longest and width(name, face, size) <= NAME_WIDTH:
            return NameLayout((name,), face, size)
    lines = _halves(name)
    for size in TWO_LINES:
        if all(width(line, TEXT, size) <= NAME_WIDTH for line in lines):
            return NameLayout(lines, TEXT, size)
    raise NameTooLong


def lines_needed(text: str, face: str, points: float, measure: float) -> int:
    """How many lines a text takes when words are set greedily."""
    lines, used, space = 1, 0.0, width(" ", face, points)
    for word in text.split():
        wide = width(word, face, points)
        if used and used + space + wide > measure:
            lines, used = lines + 1, wide
        else:
            used += wide + (space if used else 0)
    return lines


def _halves(name: str) -> tuple[str, ...]:
    """Broken at the space that leaves the longer half shortest."""
    words = name.split()
    splits = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))] or [(name,)]
    return min(splits, key=lambda lines: max(width(line, TEXT, 10) for line in lines))


@cache
def _repertoire() -> frozenset[int]:
    """What every serif face can set. Read once a process."""
    return frozenset.intersection(*(frozenset(_font(face).getBestCmap()) for face in SERIFS))


@cache
def _advances(face: str) -> tuple[dict[int, int], int]:
    font = _font(face)
    metrics = font["hmtx"]
    return {point: metrics[glyph][0] for point, glyph in font.getBestCmap().items()}, font["head"].unitsPerEm


def _font(face: str) -> TTFont:
    return TTFont(FONTS / face, lazy=True)
