"""«Hem»: a border of triangles and strands, a rosette in each corner, a ghost rosette behind the name, the seal."""

from ..look import Look
from ..shapes import (
    disc,
    drawn,
    filled,
    mark,
    moved,
    path,
    picture,
    rectangle,
    rosette,
    seal,
    strand,
    stroked,
    triangles,
)

MARGIN = 9  # mm from the edge of the paper to the frame
BAND = 7  # from the frame to the inner rule
STRANDS = 10.2  # from the frame to the middle of the strands
CORNER = 5.6
HIDDEN = 3.2  # strands begin under the rosette, so that a crest and not a knot meets its rim
LONG, SHORT = (35, 19), (23, 13)  # teeth and waves of a side
GHOST = {"landscape": (148.5, 88), "portrait": (105, 122)}
SEAL = {"landscape": (148.5, 170), "portrait": (105, 212)}


def ornament(look: Look) -> str:
    content = [
        moved(*GHOST[look.orientation], rosette(66, 24, 12, look.ghost, 0.25)),
        *BORDERS[look.border](look),
        moved(*SEAL[look.orientation], disc(15.9) + seal(15.5, look)),
    ]
    return picture("".join(content), *look.size)


def _woven(look: Look) -> list[str]:
    return [*_plain(look), *_sides(look), *(moved(x, y, _corner(look)) for x, y in _corners(look))]


def _plain(look: Look) -> list[str]:
    return [path(_inside(look, 0), drawn(look.main, 0.7)), path(_inside(look, BAND), drawn(look.main, 0.35))]


def _none(look: Look) -> list[str]:
    return []


BORDERS = {"full": _woven, "plain": _plain, "none": _none}


def _inside(look: Look, by: float) -> str:
    width, height = look.size
    return rectangle(MARGIN + by, MARGIN + by, width - MARGIN - by, height - MARGIN - by)


def _sides(look: Look) -> list[str]:
    """Each side is drawn lying along x with the page below it, then turned into its place."""
    width, height = look.size
    lying, standing = (SHORT, LONG) if look.is_portrait else (LONG, SHORT)
    across, upright = _side(look, width - 2 * MARGIN, *lying), _side(look, height - 2 * MARGIN, *standing)
    return [
        moved(MARGIN, MARGIN, across),
        moved(width - MARGIN, height - MARGIN, across, "rotate(180)"),
        moved(width - MARGIN, MARGIN, upright, "rotate(90)"),
        moved(MARGIN, height - MARGIN, upright, "rotate(-90)"),
    ]


def _side(look: Look, length: float, teeth: int, waves: int) -> str:
    band = length - 2 * BAND
    outer = path(triangles(band, teeth, 3.8), filled(look.main))
    edge = f'{stroked(look.main, 0.15)} stroke-linejoin="round"'
    inner = path(triangles(band, teeth, -3.5, shifted=True), f"{filled(look.fill)} {edge}")
    return (
        moved(BAND, 0.8, outer)
        + moved(BAND, BAND - 0.55, inner)
        + moved(0.8, 0.8, path("M0 0h6.2l-6.2 6.2z", filled(look.main)))
        + moved(STRANDS + HIDDEN, STRANDS, _strands(look, length - 2 * (STRANDS + HIDDEN), waves))
    )


def _strands(look: Look, length: float, waves: int) -> str:
    def pair(amplitude: float, colour: str) -> str:
        both = strand(length, waves, amplitude) + strand(length, waves, -amplitude)
        return path(both, drawn(colour, 0.25))

    return pair(2.5, look.main) + pair(1.3, look.line)


def _corner(look: Look) -> str:
    return disc(CORNER + 0.3) + rosette(CORNER, 1.9, 10, look.main, 0.2) + disc(2.1) + mark(2, look)


def _corners(look: Look) -> list[tuple[float, float]]:
    width, height = look.size
    near = MARGIN + STRANDS
    return [(x, y) for x in (near, width - near) for y in (near, height - near)]
