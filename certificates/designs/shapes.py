"""The ornaments that certificates are drawn with, as SVG in millimetres: strands, triangles, rosettes, the mark."""

from math import pi

INDIGO, GOLD_LINE, GOLD, MADDER, WHITE = "#2b2470", "#c98a00", "#ffb81f", "#97143a", "#ffffff"
GHOST = "#e4e3ed"  # indigo at 13 % on white: no transparency, so every copier sees the same


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


def mark(reach: float) -> str:
    """Four lozenges round the origin: gold above and below, indigo left and right."""
    half = reach / 2
    above, below = points(-half, -half, half, -half, half, half), points(half, half, -half, half, -half, -half)
    left, right = points(-half, half, -half, -half, half, -half), points(half, -half, half, half, -half, half)
    upright, lying = f"M0 0l{above}zm0 0l{below}z", f"M0 0l{left}zm0 0l{right}z"
    edge = f'stroke="{INDIGO}" stroke-width="{number(reach / 28)}"'
    return f'<path d="{upright}" fill="{GOLD}" {edge}/><path d="{lying}" fill="{INDIGO}" {edge}/>'


def disc(radius: float) -> str:
    return f'<circle r="{number(radius)}" fill="{WHITE}"/>'


def ring(radius: float, colour: str, width: float) -> str:
    return f'<circle r="{number(radius)}" fill="none" stroke="{colour}" stroke-width="{number(width)}"/>'


def seal(radius: float) -> str:
    """28 ellipses round the mark."""
    scale = radius / 15.5
    return (
        rosette(radius, 6 * scale, 14, INDIGO, 0.22)
        + rosette(12.3 * scale, 5.5 * scale, 14, GOLD_LINE, 0.22)
        + disc(7.7 * scale)
        + ring(7.6 * scale, INDIGO, 0.4)
        + ring(6.8 * scale, GOLD_LINE, 0.25)
        + mark(4.6 * scale)
    )


def moved(x: float, y: float, content: str, turn: str = "") -> str:
    return f'<g transform="translate({points(x, y)}) {turn}">{content}</g>'


def picture(content: str, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}mm" height="{number(height)}mm" '
        f'viewBox="0 0 {points(width, height)}">{content}</svg>'
    )


def lozenge() -> str:
    """Before a competency: indigo with a gold heart."""
    outer, inner = "M12 0l12 12-12 12-12-12z", "M12 7l5 5-5 5-5-5z"
    paths = f'<path d="{outer}" fill="{INDIGO}"/><path d="{inner}" fill="{GOLD}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">{paths}</svg>'
