"""What single and multiple choice share: options with a text, of which some are right."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ListBlock, StructBlock

from .base import filled_list, filled_text


class OptionBlock(StructBlock):
    text = CharBlock(max_length=150, label=_("Answer"))
    right = BooleanBlock(required=False, label=_("Right"))
    feedback = CharBlock(
        required=False, max_length=200, label=_("What you say to it"), help_text=_("Shown once the key may be shown")
    )

    class Meta:
        icon = "circle-check"
        label = _("Answer")


def options_block() -> ListBlock:
    return ListBlock(OptionBlock(), min_num=2, max_num=8, label=_("Answers"))


def texts(value: dict) -> list[str]:
    return [option["text"] for option in value["options"]]


def right_count(value: dict) -> int:
    return sum(bool(option["right"]) for option in value["options"])


def said(value: dict, ids: dict[str, str]) -> dict:
    """The part of a key that says something to each answer: {option's id: words}."""
    return {"said": {ids[option["text"]]: option["feedback"] for option in value["options"] if option.get("feedback")}}


def said_to(key: dict, chosen: list) -> list[str]:
    words = key.get("said", {})
    return [words[id_] for id_ in chosen if isinstance(id_, str) and id_ in words]


def options_from(data: dict) -> dict:
    return {"options": [_option(row) for row in filled_list(data, "options")]}


def _option(row) -> dict:
    text = filled_text(row, "text", "options")
    if not isinstance(row.get("right", False), bool):
        raise ValueError(f"«right» of “{text}” must be true or false")
    return {"text": text, "right": row.get("right", False), "feedback": str(row.get("feedback") or "").strip()}
