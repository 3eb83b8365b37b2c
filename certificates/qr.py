"""The square on a certificate: an address in upper case with the code in its fragment, drawn as one path.

The four modules of quiet zone around it are the page's: nothing else is drawn there.
"""

from urllib.parse import urlsplit

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M

from .designs.shapes import number


def address(base_url: str, code: str) -> str:
    """`HTTPS://HOST/V#1.<code>`: upper case makes a smaller square, the fragment never reaches a server's log."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}/v#1.{code}".upper()


def svg(text: str, symbol: float, alt: str) -> SafeString:
    """The symbol alone, `symbol` mm wide."""
    square = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    square.add_data(text, optimize=6)
    square.make()
    modules = square.get_matrix()
    side, wide = len(modules), number(symbol)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{alt}" width="{wide}mm" height="{wide}mm" '
        'viewBox="0 0 {side} {side}"><title>{alt}</title><path fill="#000" d="{path}"/></svg>',
        alt=alt,
        wide=wide,
        side=side,
        path=_path(modules),
    )


def _path(modules: list[list[bool]]) -> str:
    """Each run of dark modules in a row is one rectangle."""
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
