"""Comparisons in words: Wagtail compares a choice by its key, several by Python's list, yes and no by True."""

from collections.abc import Callable
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import BlockComparison, TextDiff
from wagtail.blocks import BooleanBlock, ChoiceBlock, MultipleChoiceBlock


class InWords(BlockComparison):
    """Was, is: as a person says it. Each kind brings its `words`."""

    words: Callable[[Any], str]

    def htmlvalue(self, val: Any) -> SafeString:
        return escape(self.words(val))

    def htmldiff(self) -> SafeString:
        was, now = self.words(self.val_a), self.words(self.val_b)
        if was == now:
            return escape(now)
        found = [(how, words) for how, words in (("deletion", was), ("addition", now)) if words]
        return TextDiff(found, separator=" ").to_html()


class Choice(InWords):
    def words(self, value):
        return _label(self.block, value) if value else ""


class Choices(InWords):
    def words(self, value):
        return ", ".join(_label(self.block, one) for one in value or [])


class YesOrNo(InWords):
    def words(self, value):
        return _("Yes") if value else _("No")


KINDS = {ChoiceBlock: Choice, MultipleChoiceBlock: Choices, BooleanBlock: YesOrNo}


def teach() -> None:
    """Wagtail asks each block for its comparison; these kinds have none. Called once, when the site starts."""
    for kind, comparison in KINDS.items():
        kind.get_comparison_class = lambda self, comparison=comparison: comparison


def _label(block: ChoiceBlock, value: Any) -> str:
    for key, label in block.field.choices:
        if isinstance(label, list | tuple):
            if str(value) in (found := {str(inner): str(words) for inner, words in label}):
                return found[str(value)]
        elif str(key) == str(value):
            return str(label)
    return str(value)
