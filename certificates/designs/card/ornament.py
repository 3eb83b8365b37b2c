"""The wallet card's two sides: a band with the mark and a hem in front, a row of triangles above and below behind."""

from ..look import Look
from ..shapes import WHITE, disc, filled, mark, moved, path, picture, rectangle, ring, rosette, triangles

WIDTH, HEIGHT = 85.6, 54  # mm: ID-1, as a bank card
BAND = 13
TEETH = 24


def front(look: Look) -> str:
    band = path(rectangle(0, 0, WIDTH, BAND), filled(look.main))
    hem = path(triangles(WIDTH, TEETH, 2.2), filled(look.fill))
    below = path(triangles(WIDTH, TEETH, -2, shifted=True), filled(look.thread))
    return picture(
        band
        + moved(8.5, BAND / 2, mark(3.8, look, beside=WHITE))
        + moved(0, BAND, hem)
        + moved(0, BAND + 2.4, below)
        + moved(73.5, 41.5, _rosette(look)),
        WIDTH,
        HEIGHT,
    )


def _rosette(look: Look) -> str:
    return rosette(9, 3.7, 14, look.main, 0.15) + disc(4) + ring(3.9, look.main, 0.25) + mark(2.5, look)


def back(look: Look) -> str:
    above = path(triangles(WIDTH, TEETH, 2), filled(look.fill))
    below = path(triangles(WIDTH, TEETH, -2), filled(look.main))
    return picture(above + moved(0, HEIGHT, below), WIDTH, HEIGHT)
