"""Square codes for paper (QR, ISO/IEC 18004): drawn as one path, each run of dark modules a rectangle."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M


def svg(text: str, symbol: float, alt: str) -> SafeString:
    """The symbol alone, `symbol` mm wide. The four modules of quiet zone around it are the page's."""
    square = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    square.add_data(text, optimize=6)
    square.make()
    modules = square.get_matrix()
    side, wide = len(modules), f"{symbol:.2f}".rstrip("0").rstrip(".")
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{alt}" width="{wide}mm" height="{wide}mm" '
        'viewBox="0 0 {side} {side}"><title>{alt}</title><path fill="#000" d="{path}"/></svg>',
        alt=alt,
        wide=wide,
        side=side,
        path=_path(modules),
    )


def _path(modules: list[list[bool]]) -> str:
    runs = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start} {y}h{x - start}v1h{start - x}z")
            x += 1
    return "".join(runs)
