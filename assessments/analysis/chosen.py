"""What a learner chose, as lines of text that can be counted over many papers. Pure."""

from typing import Any

from django.conf import settings
from django.utils import translation

from .. import question_types


def chosen(item: dict, response: Any) -> list[str] | None:
    """The lines of a response to an item of a paper; None where nothing was answered.

    The ids of answers are made anew for each paper: only their texts can be counted. Words that are ours and not the
    question's («True») are said in the source language, whatever the language of whoever handed in.
    """
    if response is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        return question_types.get(item["type"]).in_words(item["item"], response)
