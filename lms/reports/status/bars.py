"""The stacked bar of a row: whole units of its width, drawn by a template. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH = 280
PARTS = ("certified", "ends_soon", "expired", "in_progress", "rest")


@dataclass(frozen=True)
class Part:
    key: str
    count: int
    x: int
    width: int


def parts_of(counts: Mapping[str, int]) -> list[Part]:
    """Those that are not empty; together they fill the bar, and what ends soon is not counted as certified twice."""
    ends = counts["ends"]
    sizes = [counts["certified"] - ends, ends, counts["expired"], counts["in_progress"]]
    sizes.append(counts["people"] - sum(sizes))
    found, before = [], 0
    for key, size in zip(PARTS, sizes, strict=True):
        x, end = (round(WIDTH * at / counts["people"]) for at in (before, before + size)) if size else (0, 0)
        if size:
            found.append(Part(key, size, x, max(end - x, 1)))
        before += size
    return found
