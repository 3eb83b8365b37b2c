"""What single and multiple choice share: options with a text, of which some are right."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ListBlock, StructBlock

from .base import filled_list, filled_text


class OptionBlock(StructBlock):
    text = CharBlock(max_length=150, label=_("Answer"))
    right = BooleanBlock(required=False, label=_("Right"))

    class Meta:
        icon = "circle-check"
        label = _("Answer")


def options_block() -> ListBlock:
    return ListBlock(OptionBlock(), min_num=2, max_num=8, label=_("Answers"))


def texts(value: dict) -> list[str]:
    return [option["text"] for option in value["options"]]


def right_count(value: dict) -> int:
    return sum(bool(option["right"]) for option in value["options"])


def options_from(data: dict) -> dict:
    return {"options": [_option(row) for row in filled_list(data, "options")]}


def _option(row) -> dict:
    text = filled_text(row, "text", "options")
    if not isinstance(row.get("right", False), bool):
        raise ValueError(f"«right» of “{text}” must be true or false")
    return {"text": text, "right": row.get("right", False)}
