"""What the shipped faces can set, how wide it comes out, and how a name is laid out. Reads fonts, nothing else."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import ceil

from fontTools.ttLib import TTFont

from lms.core.faces import FONTS

DISPLAY, TEXT = "NotoSerifDisplay-SemiBold.ttf", "NotoSerif-Medium.ttf"
TITLE, BODY = "NotoSerifDisplay-ExtraBold.ttf", "NotoSerif-Regular.ttf"
BOLD, ITALIC = "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf"
SERIFS = (DISPLAY, TITLE, BODY, TEXT, BOLD, ITALIC)
ETHIOPIC = "NotoSerifEthiopic-SemiBold.ttf"  # sets what the serif faces lack, whichever of them is asked for
NAME_WIDTH = 190.0
MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class NameSteps:
    """In which sizes a name may stand, the largest first. `one_line`: up to so many letters, face, points."""

    one_line: tuple[tuple[int, str, float], ...]
    two_lines: tuple[float, ...]


# The display cut's hairlines are too thin for a copier below 24 points.
ON_PAGE = NameSteps(
    one_line=(
        *((20, DISPLAY, 38), (26, DISPLAY, 33), (33, DISPLAY, 28), (40, DISPLAY, 24)),
        *((46, TEXT, 20.5), (46, TEXT, 19), (46, TEXT, 17.5), (46, TEXT, 16)),
    ),
    two_lines=(20, 18, 16.5, 15, 13.5, 12),
)
ON_CARD = NameSteps(
    one_line=((26, DISPLAY, 13), (26, DISPLAY, 12), (38, TEXT, 10), (38, TEXT, 9), (38, TEXT, 8)),
    two_lines=(9, 8, 7, 6, 5.5, 5, 4.5),
)


class NameTooLong(Exception):
    """Not even two small lines hold it."""


@dataclass(frozen=True)
class NameLayout:
    lines: tuple[str, ...]
    face: str
    size: float

    @property
    def css_class(self) -> str:
        return f"{'display' if self.face == DISPLAY else 'text'} size-{self.size * 10:.0f}"


def missing(texts: Iterable[str]) -> list[str]:
    """The characters that no shipped face can set, each once, in order."""
    known = _repertoire()
    return list(dict.fromkeys(character for text in texts for character in text if ord(character) not in known))


def named(character: str) -> str:
    """A character so that one can find it: “ኣ” (ETHIOPIC SYLLABLE GLOTTAL AA)."""
    return f"“{character}” ({unicodedata.name(character, f'U+{ord(character):04X}')})"


def width(text: str, face: str, points: float) -> float:
    """Millimetres, by advance widths: a hair wider than what kerning makes of it."""
    advances = _advances(face)
    return sum(advances.get(ord(character), 1) for character in text) * points * MM_PER_POINT


def letters(name: str) -> int:
    """How long it looks: marks over and under a letter take no room."""
    return sum(not unicodedata.combining(character) for character in name)


def lay_out_name(name: str, room: float = NAME_WIDTH, steps: NameSteps = ON_PAGE) -> NameLayout:
    """The largest setting that the length allows and `room` millimetres hold. Raises NameTooLong."""
    long = letters(name)
    for longest, face, size in steps.one_line:
        if long <= longest and width(name, face, size) <= room:
            return NameLayout((name,), face, size)
    lines = _halves(name)
    for size in steps.two_lines:
        if all(width(line, TEXT, size) <= room for line in lines):
            return NameLayout(lines, TEXT, size)
    raise NameTooLong


def lines_needed(text: str, face: str, points: float, measure: float) -> int:
    """How many lines a text takes when words are set greedily; a word that is too wide counts for all it would need."""
    lines = broken(text, face, points, measure)
    return sum(max(1, ceil(width(line, face, points) / measure - 1e-6)) for line in lines) or 1


def broken(text: str, face: str, points: float, measure: float) -> list[str]:
    """The lines, each as full as it can be."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", face, points) <= measure:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def balanced(text: str, face: str, points: float, measure: float) -> list[str]:
    """As many lines as `broken`, each about as long as the others: no word stands alone on the last."""
    lines = broken(text, face, points, measure)
    while len(narrower := broken(text, face, points, measure := measure * 0.97)) == len(lines) > 1:
        lines = narrower
    return lines


def _halves(name: str) -> tuple[str, ...]:
    """Broken at the space that leaves the longer half shortest."""
    words = name.split()
    splits = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))] or [(name,)]
    return min(splits, key=lambda lines: max(width(line, TEXT, 10) for line in lines))


@cache
def _repertoire() -> frozenset[int]:
    """What every serif face can set, or else the Ethiopic one. Read once a process."""
    serif = frozenset.intersection(*(frozenset(_font(face).getBestCmap()) for face in SERIFS))
    return serif | frozenset(_font(ETHIOPIC).getBestCmap())


@cache
def _advances(face: str) -> dict[int, float]:
    """Code point → width in ems. Marks that stand over or under a letter have none."""
    return _own_advances(ETHIOPIC) | _own_advances(face)


def _own_advances(face: str) -> dict[int, float]:
    font = _font(face)
    metrics, units = font["hmtx"], font["head"].unitsPerEm
    return {
        point: 0 if unicodedata.combining(chr(point)) else metrics[glyph][0] / units
        for point, glyph in font.getBestCmap().items()
    }


def _font(face: str) -> TTFont:
    return TTFont(FONTS / face, lazy=True)
