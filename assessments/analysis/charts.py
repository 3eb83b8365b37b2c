"""The geometry of the drawn charts, in whole units: a template turns it into SVG. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from .statistics import Gain

LEFT, WIDTH, RIGHT = 280, 500, 120  # names · the scale from 0 to 100 per cent · the numbers
HEAD, LINE = 34, 44
BAR = 300
CLOSE = 18  # too near for an arrow: a dot within the ring


@dataclass(frozen=True)
class Arrow:
    """One line of the chart: from what they knew to what they know. `head` is empty where both are almost the same."""

    title: str
    who: str
    n: int
    before: int
    after: int
    x1: int
    x2: int
    y: int
    head: str

    @property
    def base(self) -> int:
        return self.y + 5


@dataclass(frozen=True)
class Arrows:
    lines: list[Arrow]
    ticks: list[tuple[int, int]]
    height: int
    width: int = LEFT + WIDTH + RIGHT
    foot: int = 0
    numbers_at: int = LEFT + WIDTH + 20


def arrows(rows: Sequence[tuple[str, str, Gain]]) -> Arrows:
    """A module's title is said once, above its lines."""
    lines, last = [], None
    for place, (title, who, one) in enumerate(rows):
        lines.append(_arrow(title if title != last else "", who, one, HEAD + place * LINE + LINE // 2))
        last = title
    foot = HEAD + len(lines) * LINE
    return Arrows(lines, [(percent, _x(percent / 100)) for percent in range(0, 101, 20)], foot + 2, foot=foot)


def _arrow(title: str, who: str, one: Gain, y: int) -> Arrow:
    x1, x2 = _x(one.before), _x(one.after)
    side = 1 if x2 >= x1 else -1
    far = abs(x2 - x1) > CLOSE
    head = f"{x2},{y} {x2 - 11 * side},{y - 6} {x2 - 11 * side},{y + 6}" if far else ""
    return Arrow(title, who, one.n, round(100 * one.before), round(100 * one.after), x1, x2, y, head)


def _x(share: float) -> int:
    return LEFT + round(share * WIDTH)


def bars(bands: Sequence[tuple[int, int, int, int]]) -> list[dict]:
    """Bands of scores with the lengths of their two bars; the longest fills the width."""
    most = max((count for _low, _high, *counts in bands for count in counts), default=0) or 1
    return [
        {
            "from": low,
            "to": high,
            "before": before,
            "after": after,
            "before_width": round(BAR * before / most),
            "after_width": round(BAR * after / most),
        }
        for low, high, before, after in bands
    ]
