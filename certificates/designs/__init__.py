"""What a certificate can look like: one page in all designs; a folder each for style and ornament."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.template import engines

from .hem import ornament as hem
from .loom import ornament as loom

FOLDER = Path(__file__).parent
FACES = (FOLDER / "faces.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Measures:
    """What the page has room for: competencies in so many columns, each `measure` mm wide, and the title's width.

    `densities`: class, lines a column holds, points; the roomiest first. What none holds goes to a second page.
    `titles`: class, points.
    """

    columns: int
    measure: float
    densities: tuple[tuple[str, int, float], ...]
    title_width: float
    titles: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Design:
    id: str
    draw_ornament: Callable[[], str]
    measures: Measures

    @cached_property
    def page(self) -> str:
        return (FOLDER / "page.html").read_text(encoding="utf-8")

    @cached_property
    def template(self):
        return engines["django"].from_string(self.page)

    @cached_property
    def css(self) -> str:
        return (FOLDER / self.id / "page.css").read_text(encoding="utf-8")

    @cached_property
    def ornament(self) -> bytes:
        return self.draw_ornament().encode()

    @cached_property
    def sha256(self) -> str:
        """Of everything that makes the look: a certificate says which design it was drawn with."""
        parts = (self.page.encode(), FACES.encode(), self.css.encode(), self.ornament)
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


HEM = Measures(
    columns=2,
    measure=99,
    densities=(("roomy", 2, 10.5), ("easy", 2, 10), ("snug", 3, 10), ("tight", 4, 9.2)),
    title_width=220,
    titles=(("", 25), ("long", 19), ("longest", 14)),
)
LOOM = Measures(
    columns=1,
    measure=185,
    densities=(("roomy", 5, 10.5), ("snug", 6, 10), ("tight", 8, 9)),
    title_width=195,
    titles=(("", 23), ("long", 18), ("longest", 14)),
)
DESIGNS = {design.id: design for design in (Design("hem", hem.ornament, HEM), Design("loom", loom.ornament, LOOM))}
