"""Square codes for paper (QR, ISO/IEC 18004): drawn as one path, each run of dark modules a rectangle."""

from collections.abc import Iterator
from itertools import groupby

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M


def svg(text: str, symbol: float, alt: str) -> SafeString:
    """The symbol alone, `symbol` mm wide. The four modules of quiet zone around it are the page's."""
    dark = modules(text)
    side, wide = len(dark), f"{symbol:.2f}".rstrip("0").rstrip(".")
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{alt}" width="{wide}mm" height="{wide}mm" '
        'viewBox="0 0 {side} {side}"><title>{alt}</title><path fill="#000" d="{path}"/></svg>',
        alt=alt,
        wide=wide,
        side=side,
        path=_path(dark),
    )


def modules(text: str, mask: int | None = None) -> list[list[bool]]:
    """Dark or not, row by row. `mask`: one of the eight patterns; otherwise the best is looked for, which is slow."""
    square = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask)
    square.add_data(text, optimize=6)
    square.make()
    return square.get_matrix()


def runs(dark: list[list[bool]]) -> Iterator[tuple[int, int, int]]:
    """x, y and length of each row's stretches."""
    for y, row in enumerate(dark):
        x = 0
        for is_dark, stretch in groupby(row):
            length = len(list(stretch))
            if is_dark:
                yield x, y, length
            x += length


def _path(dark: list[list[bool]]) -> str:
    return "".join(f"M{x} {y}h{length}v1h{-length}z" for x, y, length in runs(dark))
