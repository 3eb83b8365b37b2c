"""What a certificate can look like: one page in all designs; a folder each for placing and ornament."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from string import Template

from django.template import engines

from . import rooms
from .card import ornament as card
from .hem import ornament as hem
from .look import SIZES, Look
from .loom import ornament as loom
from .shapes import lozenge

FOLDER = Path(__file__).parent
SVG = "image/svg+xml"
SHEETS = ("page.css", "faces.css", "page.html")


@dataclass(frozen=True)
class Design:
    id: str
    draw_ornament: Callable[[Look], str]
    rooms: dict[str, rooms.Rooms]

    @cached_property
    def sha256(self) -> str:
        """Of everything that makes the look: a certificate says which design it was drawn with."""
        sheets = [*map(_read, SHEETS), *(_read(f"{self.id}/{orientation}.css") for orientation in SIZES)]
        ornaments = [self.draw_ornament(Look(self.id, orientation)) for orientation in SIZES]
        return hashlib.sha256("\0".join([*sheets, *ornaments, repr(self.rooms)]).encode()).hexdigest()

    def css(self, look: Look) -> str:
        width, height = look.size
        sheets = _read("page.css") + _read(f"{self.id}/{look.orientation}.css")
        return Template(sheets).substitute(width=width, height=height, main=look.main, line=look.line)


DESIGNS = {
    design.id: design
    for design in (
        Design("hem", hem.ornament, {"landscape": rooms.HEM_LANDSCAPE, "portrait": rooms.HEM_PORTRAIT}),
        Design("loom", loom.ornament, {"landscape": rooms.LOOM_LANDSCAPE, "portrait": rooms.LOOM_PORTRAIT}),
    )
}


def rooms_of(look: Look) -> rooms.Rooms:
    return DESIGNS[look.base].rooms[look.orientation]


@lru_cache(maxsize=64)
def dressed(look: Look) -> tuple[str, dict[str, tuple[bytes, str]]]:
    """Style sheet and ornaments of a look: drawn once, however many certificates wear it."""
    design = DESIGNS[look.base]
    ornaments = {"design:ornament": design.draw_ornament(look), "design:lozenge": lozenge(look)}
    return design.css(look), {address: (svg.encode(), SVG) for address, svg in ornaments.items()}


@lru_cache(maxsize=64)
def card_dressed(look: Look) -> tuple[str, dict[str, tuple[bytes, str]]]:
    sides = {"card:front": card.front(look), "card:back": card.back(look)}
    css = Template(_read("card/page.css")).substitute(main=look.main, line=look.line)
    return css, {address: (svg.encode(), SVG) for address, svg in sides.items()}


@cache
def template(name: str):
    return engines["django"].from_string(_read(name))


@cache
def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _sizes() -> str:
    """One class for each half point: a text is set in the largest that its room holds."""
    steps = (half / 2 for half in range(9, 90))
    return "\n".join(f".size-{round(size * 10)} {{ font-size: {size:g}pt !important }}" for size in steps)


FACES = f"{_read('faces.css')}{_sizes()}\n"
