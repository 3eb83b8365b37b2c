"""Eight wallet cards on an A4 sheet with crop marks. The back of each lies behind its front: columns the other way."""

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Dictionary, Stream

from .gathering import Gathering, opened

MM = 72 / 25.4
SHEET = (210.0, 297.0)
CARD = (85.6, 54.0)
COLUMNS, ROWS = 2, 4
ON_A_SHEET = COLUMNS * ROWS
GAP = 8.0
MARK, OFF = 3.0, 1.0  # how long a crop mark is, and how far from the corner it begins
HAIRLINE = 0.25  # points


class NotACard(Exception):
    """Not two pages of 85.6 × 54 mm."""


@dataclass(frozen=True)
class Spot:
    """The lower left corner of a card on the sheet, in mm."""

    x: float
    y: float


def spots(mirrored: bool = False) -> Iterator[Spot]:
    """From the upper left, row by row; mirrored from the upper right."""
    left, top = ((sheet - many * card - (many - 1) * GAP) / 2 for sheet, many, card in _sides())
    for number in range(ON_A_SHEET):
        row, column = divmod(number, COLUMNS)
        column = COLUMNS - 1 - column if mirrored else column
        yield Spot(left + column * (CARD[0] + GAP), SHEET[1] - top - (row + 1) * CARD[1] - row * GAP)


def add_sheet(made: Gathering, cards: list[bytes]) -> None:
    """Two pages: the fronts, then the backs. Raises NotACard."""
    sides = [_sides_of(made, card) for card in cards]
    for side, mirrored in ((0, False), (1, True)):
        placed = list(zip((both[side] for both in sides), spots(mirrored), strict=False))
        _add_page(made, placed)


def _sides():
    return zip(SHEET, (COLUMNS, ROWS), CARD, strict=True)


def _sides_of(made: Gathering, card: bytes) -> list[Stream]:
    with opened(card) as source:
        if [_size(page) for page in source.pages] != [CARD, CARD]:
            raise NotACard
        return [made.take(page.as_form_xobject()) for page in source.pages]


def _size(page) -> tuple[float, float]:
    left, low, right, top = (float(edge) for edge in page.mediabox)
    return round((right - left) / MM, 1), round((top - low) / MM, 1)


def _add_page(made: Gathering, placed: list[tuple[Stream, Spot]]) -> None:
    drawn = [_marks(spot) for _card, spot in placed]
    drawn += [
        f"q 1 0 0 1 {spot.x * MM:.4f} {spot.y * MM:.4f} cm /Card{number} Do Q"
        for number, (_card, spot) in enumerate(placed)
    ]
    words = Stream(made.pdf, "\n".join(drawn).encode())
    cards = {f"/Card{number}": card for number, (card, _spot) in enumerate(placed)}
    made.add_page(
        {
            "/MediaBox": [0, 0, *(side * MM for side in SHEET)],
            "/Resources": Dictionary({"/XObject": Dictionary(cards)}),
            "/Contents": made.pdf.make_indirect(words),
        }
    )


def _marks(spot: Spot) -> str:
    """Two short lines at each corner, in the gap and the margin, never on the card."""
    lines = []
    for x, outwards in ((spot.x, -1), (spot.x + CARD[0], 1)):
        for y, upwards in ((spot.y, -1), (spot.y + CARD[1], 1)):
            lines.append(_line(x + outwards * OFF, y, x + outwards * (OFF + MARK), y))
            lines.append(_line(x, y + upwards * OFF, x, y + upwards * (OFF + MARK)))
    return f"q {HAIRLINE} w {' '.join(lines)} Q"


def _line(*mm: float) -> str:
    x, y, to_x, to_y = (length * MM for length in mm)
    return f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S"
