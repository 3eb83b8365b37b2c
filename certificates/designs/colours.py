"""The colours that designs are drawn in until somebody chooses others."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAIN, ACCENT, FILL = "#2b2470", "#c98a00", "#ffb81f"


def check_colour(value: str) -> None:
    """A colour as #rrggbb. Raises ValidationError."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValidationError(_("Write a colour as # and six digits, such as #2b2470."))
