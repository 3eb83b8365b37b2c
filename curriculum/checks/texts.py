"""What a learner reads on a card: the texts of its fields, as plain lines."""

import html
import re

from django.utils.html import strip_tags
from wagtail.blocks import BaseStructBlock, CharBlock, ListBlock, RichTextBlock, TextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

WORD = re.compile(r"\w[\w’'/,.-]*")
ENDS = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
NOT_READ = {"facts", "countries"}  # what stands in a card's block without standing on the card


def fields(card) -> dict[str, str]:
    """By name of the field, one line a paragraph, list item or table cell. Fields without text are left out."""
    found = {
        name: "\n".join(_lines(block, card.value.get(name)))
        for name, block in card.block.child_blocks.items()
        if name not in NOT_READ
    }
    return {name: text for name, text in found.items() if text.strip()}


def count_words(text: str) -> int:
    return len(WORD.findall(text))


def words_on(card) -> int:
    """All words that a learner reads on a card, its title among them."""
    return sum(count_words(text) for text in fields(card).values())


def _lines(block, value) -> list[str]:
    if not value:
        return []
    if isinstance(block, RichTextBlock):
        return [html.unescape(strip_tags(part)).strip() for part in ENDS.split(value.source)]
    if isinstance(block, CharBlock | TextBlock):
        return [value]
    if isinstance(block, ListBlock):
        return [line for child in value for line in _lines(block.child_block, child)]
    if isinstance(block, TypedTableBlock):
        rows = [[column["heading"] for column in value.columns], *(row["values"] for row in value.row_data)]
        return [value.caption, *(cell for row in rows for cell in row if cell)]
    if isinstance(block, BaseStructBlock):
        return [line for name, child in block.child_blocks.items() for line in _lines(child, value.get(name))]
    return []
