"""The colours that designs are drawn in until somebody chooses others, and how well one reads on paper."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAIN, ACCENT, FILL = "#2b2470", "#c98a00", "#ffb81f"
READABLE = 4.5  # WCAG 2.2, 1.4.3


def check_colour(value: str) -> None:
    """A colour as #rrggbb. Raises ValidationError."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValidationError(_("Write a colour as # and six digits, such as #2b2470."))


def contrast_on_white(colour: str) -> float:
    """From 1 (white itself) to 21 (black), as WCAG 2.2 reckons it. `colour` is #rrggbb."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
