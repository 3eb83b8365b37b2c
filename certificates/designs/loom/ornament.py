"""«Loom»: woven bands with a window, a fine frame with a mark in each corner, the seal.

Landscape: a strip to the left, the square in its window. Portrait: a cloth above, the seal in its window, and a hem of
the same weave below.
"""

from dataclasses import dataclass

from ..look import Look
from ..shapes import (
    disc,
    drawn,
    filled,
    mark,
    moved,
    number,
    path,
    picture,
    points,
    rectangle,
    seal,
    strand,
    triangles,
)

PITCH = 9  # mm: a tooth, a lozenge, a wave


@dataclass(frozen=True)
class Cloth:
    """Bands one under the other, `repeats` figures wide, beginning at `left`."""

    look: Look
    left: float
    repeats: int

    @property
    def width(self) -> float:
        return self.repeats * PITCH

    def bar(self, top: float) -> str:
        return path(rectangle(0, top, self.width, top + 3), filled(self.look.main))

    def triangles(self, top: float, falling: bool = False) -> str:
        """The main colour hangs from above into the fill; falling, the other way about."""
        ground, teeth = (self.look.main, self.look.fill) if falling else (self.look.fill, self.look.main)
        field = path(rectangle(0, 0, self.width, 5), filled(ground))
        return moved(0, top, field + path(triangles(self.width, self.repeats, 5), filled(teeth)))

    def dashes(self, middle: float) -> str:
        starts = (points(PITCH * place + 1.1, middle) for place in range(self.repeats))
        dashes = "".join(f"M{start}h{number(PITCH - 2.2)}" for start in starts)
        return path(dashes, drawn(self.look.thread, 0.6))

    def lozenges(self, middle: float, thread: bool = False) -> str:
        """Each with a heart of the fill."""

        def row(reach: float) -> str:
            starts = (f"M{points(PITCH * (place + 0.5), middle - reach)}" for place in range(self.repeats))
            turn = points(reach, reach, -reach, reach, -reach, -reach)
            return "".join(f"{start}l{turn}z" for start in starts)

        colour = self.look.thread if thread else self.look.main
        return path(row(PITCH / 2), filled(colour)) + path(row(PITCH / 4), filled(self.look.fill))

    def waves(self, middle: float) -> str:
        def pair(amplitude: float, colour: str, width: float) -> str:
            both = strand(self.width, self.repeats, amplitude) + strand(self.width, self.repeats, -amplitude)
            return path(both, drawn(colour, width))

        return moved(0, middle, pair(3.9, self.look.main, 0.4) + pair(2, self.look.line, 0.3))

    def zigzag(self, top: float) -> str:
        """Cut straight at the cloth's edges: filled shapes, no strokes."""

        def band(thick: float) -> str:
            rise, fall = points(PITCH / 2, -PITCH * 0.75), points(PITCH / 2, PITCH * 0.75)
            back = f"l{points(-PITCH / 2, -PITCH * 0.75)} {points(-PITCH / 2, PITCH * 0.75)}" * self.repeats
            there = f"l{rise} {fall}" * self.repeats
            return f"M0 {number(PITCH * 0.75 - thick / 2)}{there}v{number(thick)}{back}z"

        both = path(band(4.2), filled(self.look.main)) + path(band(1.7), filled(self.look.thread))
        return moved(0, top + 1.6, both)

    def edges(self, top: float, bottom: float) -> str:
        sides = f"M.3 {number(top)}v{number(bottom - top)}M{points(self.width - 0.3, top)}v{number(bottom - top)}"
        return path(sides, drawn(self.look.main, 0.6))

    def woven(self, *bands: str) -> str:
        return moved(self.left, 0, "".join(bands))


def ornament(look: Look) -> str:
    return picture(LAYOUTS[look.orientation, look.border](look), *look.size)


def _strip(look: Look) -> str:
    cloth = Cloth(look, 10, 6)
    strip = cloth.woven(
        cloth.bar(10),
        cloth.triangles(14.4),
        cloth.dashes(21.2),
        cloth.lozenges(28.6),
        cloth.dashes(35),
        cloth.waves(42),
        cloth.zigzag(49),
        cloth.waves(65.8),
        cloth.dashes(71.9),
        cloth.lozenges(79.2, thread=True),
        cloth.triangles(85, falling=True),
        cloth.bar(91.8),
        cloth.dashes(174.4),
        cloth.lozenges(181.6),
        cloth.dashes(188),
        cloth.triangles(190.6),
        cloth.bar(197),
        cloth.edges(10, 200),
    )
    return strip + _frame(look, 72, 10, 287, 200) + _seal(look)


def _cloths(look: Look) -> str:
    cloth = Cloth(look, 10.5, 21)
    above = cloth.woven(
        cloth.bar(10),
        cloth.triangles(14.4),
        cloth.dashes(21.2),
        cloth.lozenges(28.6, thread=True),
        cloth.dashes(36),
        cloth.zigzag(36.6),
        cloth.bar(52.4),
    )
    below = cloth.woven(cloth.bar(270), cloth.lozenges(278.5), cloth.bar(284))
    sides = cloth.woven(cloth.edges(10, 287))
    return above + below + sides + _window(look)


def _window(look: Look) -> str:
    """White in the cloth, with the seal."""
    return moved(167, 32.7, disc(21.5) + seal(19.5, look))


def _seal(look: Look) -> str:
    return moved(167, 32.7, seal(19.5, look)) if look.is_portrait else moved(258, 167, seal(18, look))


def _plain_strip(look: Look) -> str:
    strip = path(rectangle(10.3, 10.3, 63.7, 199.7), drawn(look.main, 0.6))
    frame = path(rectangle(72.3, 10.3, 286.7, 199.7), drawn(look.main, 0.6))
    return strip + frame + _seal(look)


def _plain_sheet(look: Look) -> str:
    return path(rectangle(10.3, 10.3, 199.7, 286.7), drawn(look.main, 0.6)) + _seal(look)


LAYOUTS = {
    ("landscape", "full"): _strip,
    ("landscape", "plain"): _plain_strip,
    ("landscape", "none"): _seal,
    ("portrait", "full"): _cloths,
    ("portrait", "plain"): _plain_sheet,
    ("portrait", "none"): _seal,
}


def _frame(look: Look, left: float, top: float, right: float, bottom: float) -> str:
    across, upright = _thread(look, right - left, 16), _thread(look, bottom - top, 14)
    sides = moved(left, top, across) + moved(left, bottom, across)
    sides += moved(left, top, upright, "rotate(90)") + moved(right, top, upright, "rotate(90)")
    corners = (moved(x, y, disc(3.2) + mark(2.7, look)) for x in (left, right) for y in (top, bottom))
    return sides + "".join(corners)


def _thread(look: Look, length: float, waves: int) -> str:
    pair = strand(length, waves, 1.7) + strand(length, waves, -1.7)
    return path(f"M0 0h{number(length)}", drawn(look.line, 0.3)) + path(pair, drawn(look.main, 0.22))
