"""A question as its editor sees it before anyone is asked: in each state, with the key below. For editors only."""

from random import SystemRandom

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .question_types import get
from .question_types.images import shown

ASKED, MISSING, RIGHT, NOT_RIGHT = "", "missing", "right", "not_right"
MODES = [
    (ASKED, _("As she is asked")),
    (MISSING, _("When she answers nothing")),
    (RIGHT, _("When her answer is right")),
    (NOT_RIGHT, _("When it is not")),
]


def context(question, mode: str) -> dict:
    """What the preview's template needs; only `unfinished` while the answer cannot be judged yet."""
    try:
        answer = question.answer.stream_block.clean(question.answer)[0]
    except (ValidationError, IndexError):
        return {"unfinished": True}
    type_ = get(answer.block_type)
    item, key = type_.freeze(answer.value, SystemRandom())
    right = type_.right_response(item, key)
    given = right if mode == RIGHT else None
    asked = {"stem": question.stem, "case": question.case}
    if question.picture:
        asked["picture"] = shown(question.picture, question.picture_alt)
    return type_.context(item, given) | {
        "type": type_,
        "item": asked,
        "name": "a",
        "incomplete": mode == MISSING,
        "judged": mode in (RIGHT, NOT_RIGHT),
        "was_right": mode == RIGHT,
        "yours": type_.in_words(item, given),
        "right": type_.in_words(item, right),
        "said": type_.feedback(item, key, given),
        "why": question.why,
    }
