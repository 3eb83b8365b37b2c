"""The one note of types that ask several things at once or take free words: for who has not all of it right."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

from .base import Grade


def note_block() -> CharBlock:
    return CharBlock(
        required=False,
        max_length=200,
        label=_("What you say when it is not right"),
        help_text=_("Shown once the key may be shown. Such as: First thank her. The rest follows."),
    )


def note_to(key: dict, grade: Grade) -> list[str]:
    return [key["said"]] if key.get("said") and not grade.right else []
