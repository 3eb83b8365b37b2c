"""«Hem»: a border of triangles and strands, a rosette in each corner, a ghost rosette behind the name, the seal."""

from ..shapes import (
    GHOST,
    GOLD,
    GOLD_LINE,
    INDIGO,
    disc,
    mark,
    moved,
    number,
    picture,
    points,
    rosette,
    seal,
    strand,
    triangles,
)

WIDTH, HEIGHT = 297, 210
LEFT, TOP, RIGHT, BOTTOM = 9, 9, 288, 201
BAND = 7  # from the frame to the inner rule
STRANDS = 10.2  # from the frame to the middle of the strands
CORNER = 5.6
HIDDEN = 3.2  # strands begin under the rosette, so that a crest and not a knot meets its rim


def ornament() -> str:
    middle = (LEFT + RIGHT) / 2
    content = [
        moved(middle, 88, rosette(66, 24, 12, GHOST, 0.25)),
        _rules(),
        *_sides(),
        *(moved(x, y, _corner()) for x, y in _corners()),
        moved(middle, 170, disc(15.9) + seal(15.5)),
    ]
    return picture("".join(content), WIDTH, HEIGHT)


def _rules() -> str:
    inner = (LEFT + BAND, TOP + BAND, RIGHT - LEFT - 2 * BAND, BOTTOM - TOP - 2 * BAND)
    return _frame(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, 0.7) + _frame(*inner, 0.35)


def _frame(x: float, y: float, width: float, height: float, stroke: float) -> str:
    path = f"M{points(x, y)}h{number(width)}v{number(height)}h{number(-width)}z"
    return f'<path d="{path}" fill="none" stroke="{INDIGO}" stroke-width="{stroke}"/>'


def _sides() -> list[str]:
    """Each side is drawn lying along x with the page below it, then turned into its place."""
    wide, high = RIGHT - LEFT, BOTTOM - TOP
    across, upright = _side(wide, 35, 19), _side(high, 23, 13)
    return [
        moved(LEFT, TOP, across),
        moved(RIGHT, BOTTOM, across, "rotate(180)"),
        moved(RIGHT, TOP, upright, "rotate(90)"),
        moved(LEFT, BOTTOM, upright, "rotate(-90)"),
    ]


def _side(length: float, teeth: int, waves: int) -> str:
    band = length - 2 * BAND
    outer = f'<path d="{triangles(band, teeth, 3.8)}" fill="{INDIGO}"/>'
    inner = (
        f'<path d="{triangles(band, teeth, -3.5, shifted=True)}" fill="{GOLD}" '
        f'stroke="{INDIGO}" stroke-width="0.15" stroke-linejoin="round"/>'
    )
    return (
        moved(BAND, 0.8, outer)
        + moved(BAND, BAND - 0.55, inner)
        + moved(0.8, 0.8, f'<path d="M0 0h6.2l-6.2 6.2z" fill="{INDIGO}"/>')
        + moved(STRANDS + HIDDEN, STRANDS, _strands(length - 2 * (STRANDS + HIDDEN), waves))
    )


def _strands(length: float, waves: int) -> str:
    def pair(amplitude: float, colour: str) -> str:
        both = strand(length, waves, amplitude) + strand(length, waves, -amplitude)
        return f'<path d="{both}" stroke="{colour}"/>'

    return f'<g fill="none" stroke-width="0.25">{pair(2.5, INDIGO)}{pair(1.3, GOLD_LINE)}</g>'


def _corner() -> str:
    return disc(CORNER + 0.3) + rosette(CORNER, 1.9, 10, INDIGO, 0.2) + disc(2.1) + mark(2)


def _corners() -> list[tuple[float, float]]:
    near, far = LEFT + STRANDS, RIGHT - STRANDS
    return [(x, y) for x in (near, far) for y in (TOP + STRANDS, BOTTOM - STRANDS)]
