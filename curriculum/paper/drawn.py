"""Drawings and icons for paper. WeasyPrint gives an inline SVG none of the page's style: it is written into each."""

import re
from functools import cache

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

INK = "#1b1736"
# The colours of static/css/lesson.css for a light page.
COLOURS = {
    "skin": "#6b4226",
    "tan": "#8a5a2b",
    "deep": "#45270f",
    "indigo": "#3a2fa0",
    "madder": "#97143a",
    "rose": "#d8496f",
    "leaf": "#00634a",
    "lake": "#075a73",
    "gold": "#ffb81f",
    "white": "#fff",
    "sky": "#7fc4d9",
    "wood": "#7a4a20",
    "clay": "#b0652a",
    "floor": "#dfb673",
    "grey": "#8d879c",
}
# Shweshwe: dots in two layers, half a tile apart. The hem: marigold pointing down, rose pointing up, on deep indigo.
PATTERNS = {
    "dots": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10" fill="#554f8d">'
    '<circle cx="2.5" cy="2.5" r=".75"/><circle cx="7.5" cy="7.5" r=".75"/></svg>',
    "hem": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12" width="12" height="12">'
    '<path fill="#1c174f" d="M0 0h12v12H0z"/><path fill="#ffb81f" d="M0 0h12L6 6z"/>'
    '<path fill="#d8496f" d="M0 12h12L6 6z"/></svg>',
}
PEN = f'fill="{INK}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'


@cache
def drawing(name: str, alt: str) -> SafeString:
    """One of the site's own drawings, with what it shows to who cannot see it."""
    head, _end, rest = render_to_string(f"curriculum/drawings/{name}.svg").strip().partition(">")
    box = re.search(r'viewBox="[^"]*"', head)[0]
    said = f"<title>{escape(alt)}</title><style>{_style()}</style>"
    return SafeString(f'<svg class="drawing" role="img" {box} {PEN}>{said}{rest}')


@cache
def icon(name: str, colour: str) -> str:
    """A symbol of components/icons/, in one colour, as a picture of its own."""
    path = render_to_string(f"components/icons/{name}.svg").replace("currentColor", f"#{colour}")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        f'stroke="#{colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{path}</svg>'
    )


@cache
def _style() -> str:
    """What `currentColor` comes to: a line takes the colour of its own class, else of the nearest group's."""
    rules = [f".line{{fill:none;stroke:{INK}}}"]
    rules += [f".{name}{{fill:{colour}}}" for name, colour in COLOURS.items()]
    rules += [f".{name} .line{{fill:none;stroke:{colour}}}" for name, colour in COLOURS.items()]
    rules += [f".line.{name}{{fill:none;stroke:{colour}}}" for name, colour in COLOURS.items()]
    return "".join(rules)
