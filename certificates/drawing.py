"""Draws a certificate from its snapshot and its credential and nothing else: the same two give the same bytes."""

from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _

from . import codes, qr, snapshots, typography
from .designs import DESIGNS, Design, frozen
from .designs.shapes import lozenge
from .layout import page_words
from .press import CannotDraw, MissingLibrary, press

__all__ = ["CannotDraw", "MissingLibrary", "blocked_reason", "draw"]

SVG = "image/svg+xml"
SYMBOL = 40.0  # mm: a copy scanned at 150 dpi still decodes


def blocked_reason(snapshot: dict) -> str:
    """Why this can never be drawn as it is, or an empty string."""
    lacking = typography.missing(snapshots.printed_texts(snapshot))
    if lacking:
        letters = ", ".join(map(typography.named, lacking[:5]))
        reason = _("The fonts lack %(letters)s. Correct the spelling, or have the letter added to the fonts.")
        return reason % {"letters": letters}
    try:
        typography.lay_out_name(snapshot["holder"]["name"])
    except typography.NameTooLong:
        return _("The name does not fit on two lines. Enter a shorter form of it.")
    if unread := frozen.unread(snapshot):
        reason = _("A picture could not be read: %(names)s. Choose it anew in the design, then press “Try again”.")
        return reason % {"names": ", ".join(unread)}
    return ""


def draw(snapshot: dict, credential: str = "") -> bytes:
    """The PDF, unsigned. Raises CannotDraw or MissingLibrary with a sentence for HR.

    With a credential the square holds it and can be checked without a signal; without one it holds the code alone.
    """
    if reason := blocked_reason(snapshot):
        raise CannotDraw(reason)
    design = DESIGNS[snapshot["design"]["base"]]
    pictures = {"design:ornament": (design.ornament, SVG), "design:lozenge": (lozenge().encode(), SVG)}
    return press(_html(design, snapshot, credential), design.css, pictures, snapshot)


def square(snapshot: dict, credential: str) -> str:
    """The code that a phone reads, as a picture for the page, with words for who cannot see it."""
    words = _("Square code to check this certificate: %(code)s") % {"code": codes.printed(snapshot["code"])}
    return qr.svg(qr.address(snapshot, credential), SYMBOL, words)


def _html(design: Design, snapshot: dict, credential: str) -> str:
    with translation.override(snapshot["language"]):
        context = {
            "snapshot": snapshot,
            "certificate": page_words(snapshot),
            "name": typography.lay_out_name(snapshot["holder"]["name"]),
            "check": urlsplit(snapshot["check_at"]).netloc + "/v",
            "square": square(snapshot, credential),
        }
        return design.template.render(context)
