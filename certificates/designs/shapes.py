"""The ornaments that certificates are drawn with, as SVG in millimetres: strands, triangles, rosettes, the mark."""

from math import pi

from .look import Look

WHITE = "#ffffff"


def number(value: float) -> str:
    """Two decimals: a hundredth of a millimetre."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def points(*values: float) -> str:
    return " ".join(map(number, values))


def strand(length: float, waves: int, amplitude: float) -> str:
    """A sine along x from the origin, one cubic a half wave: right at both ends, at the crest and in its slope."""
    half, reach = length / waves / 2, amplitude * 4 / 3
    curves = []
    for step in range(waves * 2):
        height = -reach if step % 2 else reach
        curves.append(f"c{points(half * 4 / 3 / pi, height, half * (1 - 4 / 3 / pi), height, half, 0)}")
    return "M0 0" + "".join(curves)


def triangles(length: float, count: int, height: float, *, shifted: bool = False) -> str:
    """A row standing on y = 0. Shifted, it begins half a tooth later and has one tooth less."""
    half = length / count / 2
    start, teeth = (half, count - 1) if shifted else (0, count)
    tooth = f"l{points(half, height)} {points(half, -height)}"
    return f"M{number(start)} 0{tooth * teeth}z"


def rosette(radius: float, hole: float, ellipses: int, colour: str, width: float) -> str:
    """Ellipses turned round one centre; their long axes make the rim, their short ones the hole."""
    turned = "".join(
        f'<ellipse rx="{number(radius)}" ry="{number(hole)}" transform="rotate({number(180 * step / ellipses)})"/>'
        for step in range(ellipses)
    )
    return f'<g fill="none" stroke="{colour}" stroke-width="{number(width)}">{turned}</g>'


def mark(reach: float, look: Look, beside: str = "") -> str:
    """Four lozenges round the origin: fill above and below, `beside` (the main colour) left and right."""
    half = reach / 2
    above, below = points(-half, -half, half, -half, half, half), points(half, half, -half, half, -half, -half)
    left, right = points(-half, half, -half, -half, half, -half), points(half, -half, half, half, -half, half)
    upright, lying = f"M0 0l{above}zm0 0l{below}z", f"M0 0l{left}zm0 0l{right}z"
    edge = stroked(look.main, reach / 28)
    return path(upright, f'fill="{look.fill}" {edge}') + path(lying, f'fill="{beside or look.main}" {edge}')


def disc(radius: float) -> str:
    return f'<circle r="{number(radius)}" fill="{WHITE}"/>'


def ring(radius: float, colour: str, width: float) -> str:
    return f'<circle r="{number(radius)}" fill="none" stroke="{colour}" stroke-width="{number(width)}"/>'


def seal(radius: float, look: Look) -> str:
    """28 ellipses round the mark."""
    scale = radius / 15.5
    return (
        rosette(radius, 6 * scale, 14, look.main, 0.22)
        + rosette(12.3 * scale, 5.5 * scale, 14, look.line, 0.22)
        + disc(7.7 * scale)
        + ring(7.6 * scale, look.main, 0.4)
        + ring(6.8 * scale, look.line, 0.25)
        + mark(4.6 * scale, look)
    )


def path(d: str, paint: str) -> str:
    return f'<path d="{d}" {paint}/>'


def filled(colour: str) -> str:
    return f'fill="{colour}"'


def stroked(colour: str, width: float) -> str:
    return f'stroke="{colour}" stroke-width="{number(width)}"'


def drawn(colour: str, width: float) -> str:
    """A line and no fill."""
    return f'fill="none" {stroked(colour, width)}'


def rectangle(left: float, top: float, right: float, bottom: float) -> str:
    return f"M{points(left, top)}h{number(right - left)}v{number(bottom - top)}h{number(left - right)}z"


def moved(x: float, y: float, content: str, turn: str = "") -> str:
    return f'<g transform="translate({points(x, y)}) {turn}">{content}</g>'


def picture(content: str, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}mm" height="{number(height)}mm" '
        f'viewBox="0 0 {points(width, height)}">{content}</svg>'
    )


def lozenge(look: Look) -> str:
    """Before a competency: the main colour with a heart of fill."""
    outer, inner = "M12 0l12 12-12 12-12-12z", "M12 7l5 5-5 5-5-5z"
    paths = path(outer, filled(look.main)) + path(inner, filled(look.fill))
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">{paths}</svg>'
