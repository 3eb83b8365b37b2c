"""«Loom»: a strip of woven bands with a window for the square, a fine frame with a mark in each corner, the seal."""

from ..shapes import (
    GOLD,
    GOLD_LINE,
    INDIGO,
    MADDER,
    disc,
    mark,
    moved,
    number,
    picture,
    points,
    seal,
    strand,
    triangles,
)

WIDTH, HEIGHT = 297, 210
STRIP, LEFT = 54, 10  # mm: the strip's width and where it begins
PITCH = STRIP / 6
FRAME = (72, 10, 287, 200)


def ornament() -> str:
    bands = [
        _bar(10),
        _triangles(14.4, 5),
        _dashes(21.2),
        _lozenges(28.6, INDIGO),
        _dashes(35),
        _waves(42),
        _zigzag(49),
        _waves(65.8),
        _dashes(71.9),
        _lozenges(79.2, MADDER),
        _triangles(85, 5, falling=True),
        _bar(91.8),
        _dashes(174.4),
        _lozenges(181.6, INDIGO),
        _dashes(188),
        _triangles(190.6, 5),
        _bar(197),
    ]
    return picture(moved(LEFT, 0, "".join(bands) + _edges()) + _frame() + moved(258, 167, seal(18)), WIDTH, HEIGHT)


def _path(d: str, paint: str) -> str:
    return f'<path d="{d}" {paint}/>'


def _stroke(colour: str, width: float) -> str:
    return f'fill="none" stroke="{colour}" stroke-width="{number(width)}"'


def _bar(top: float, height: float = 3) -> str:
    return _path(f"M0 {number(top)}h{STRIP}v{number(height)}h-{STRIP}z", f'fill="{INDIGO}"')


def _edges() -> str:
    return _path(f"M.3 10v190M{number(STRIP - 0.3)} 10v190", _stroke(INDIGO, 0.6))


def _triangles(top: float, height: float, *, falling: bool = False) -> str:
    """Indigo hangs from above into gold; falling, the other way about."""
    ground, teeth = (INDIGO, GOLD) if falling else (GOLD, INDIGO)
    field = _path(f"M0 0h{STRIP}v{number(height)}h-{STRIP}z", f'fill="{ground}"')
    return moved(0, top, field + _path(triangles(STRIP, 6, height), f'fill="{teeth}"'))


def _dashes(middle: float) -> str:
    dashes = "".join(f"M{points(PITCH * place + 1.1, middle)}h{number(PITCH - 2.2)}" for place in range(6))
    return _path(dashes, _stroke(MADDER, 0.6))


def _lozenges(middle: float, colour: str) -> str:
    """Six in a row, each with a heart of gold."""

    def row(reach: float) -> str:
        starts = (f"M{points(PITCH * (place + 0.5), middle - reach)}" for place in range(6))
        turn = points(reach, reach, -reach, reach, -reach, -reach)
        return "".join(f"{start}l{turn}z" for start in starts)

    return _path(row(PITCH / 2), f'fill="{colour}"') + _path(row(PITCH / 4), f'fill="{GOLD}"')


def _waves(middle: float) -> str:
    def pair(amplitude: float, colour: str, width: float) -> str:
        return _path(strand(STRIP, 6, amplitude) + strand(STRIP, 6, -amplitude), _stroke(colour, width))

    return moved(0, middle, pair(3.9, INDIGO, 0.4) + pair(2, GOLD_LINE, 0.3))


def _zigzag(top: float) -> str:
    """Cut straight at the strip's edges: filled shapes, no strokes."""

    def band(thick: float) -> str:
        rise, half = points(PITCH / 2, -PITCH * 0.75), points(PITCH / 2, PITCH * 0.75)
        back = f"l{points(-PITCH / 2, -PITCH * 0.75)} {points(-PITCH / 2, PITCH * 0.75)}" * 6
        return f"M0 {number(PITCH * 0.75 - thick / 2)}" + f"l{rise} {half}" * 6 + f"v{number(thick)}{back}z"

    return moved(0, top + 1.6, _path(band(4.2), f'fill="{INDIGO}"') + _path(band(1.7), f'fill="{MADDER}"'))


def _frame() -> str:
    left, top, right, bottom = FRAME
    across, upright = _thread(right - left, 16), _thread(bottom - top, 14)
    sides = moved(left, top, across) + moved(left, bottom, across)
    sides += moved(left, top, upright, "rotate(90)") + moved(right, top, upright, "rotate(90)")
    corners = (moved(x, y, disc(3.2) + mark(2.7)) for x in (left, right) for y in (top, bottom))
    return sides + "".join(corners)


def _thread(length: float, waves: int) -> str:
    pair = strand(length, waves, 1.7) + strand(length, waves, -1.7)
    return _path(f"M0 0h{number(length)}", _stroke(GOLD_LINE, 0.3)) + _path(pair, _stroke(INDIGO, 0.22))
