"""Words that tell strangers of an illness. What is printed or shown to everybody holds none of them.

Fewer than the tests look for on public pages: a «Department of Patient Services» is nobody's secret.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ILLNESS = re.compile(
    r"\b((?:pl)?hiv\w*|(?:pv)?vih\w*|sida|vvu|ukimwi|[pe]mtct|ptme|ptv|arvs?|haart|anti-?rr?[eé]trovir\w*|"
    r"viral[ -]load|charge virale|carga viral|s[eé]roposit\w*|soroposit\w*|m2m|"
    r"mothers ?(?:2|to) ?mothers|mentor mothers?|mères mentors?|mães mentoras?|expert clients?)\b"
    r"|\b(?-i:AIDS|ART|TARV|TAR|C?MM)\b",
    re.IGNORECASE,
)


def telling_words(text: str) -> list[str]:
    """Those that stand in it, as written. «Art» and «aids» with small letters are words of their own.

    In a code words stand between lines, high or low.
    """
    return [match[0] for match in ILLNESS.finditer(text.replace("_", "-"))]


def complaint(text: str) -> str:
    """What to say of the first one; empty where there is none."""
    if not (found := telling_words(text)):
        return ""
    return _("“%(word)s” tells of an illness. Leave it out.") % {"word": found[0]}


def names_no_illness(text: str) -> None:
    """A validator for fields. Raises ValidationError."""
    if said := complaint(text):
        raise ValidationError(said, code="telling")
