"""What is different between two versions of a page or question, card by card, with the facts each card states."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import get_comparison_class_for_block
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page

from ..models import Fact

NOT_READ = {"slug", "code"}
EMPTY = ("", None, [], (), False)
NEW, CHANGED, REMOVED, FACTS = "new", "changed", "removed", "facts"
WORDS = {
    NEW: _("New"),
    CHANGED: _("Changed"),
    REMOVED: _("Taken away"),
    FACTS: _("Same words, but a fact it states has changed"),
}


@dataclass(frozen=True)
class CardChange:
    number: int | None  # None: it is not there any more
    label: str
    state: str
    diff: SafeString
    facts: list[Fact] = field(default_factory=list)

    @property
    def words(self) -> str:
        return WORDS[self.state]


@dataclass(frozen=True)
class Changes:
    fields: list[tuple[str, SafeString]]  # label and difference of all that is no card
    cards: list[CardChange]
    same: int  # cards that are as they were
    facts: list[Fact]  # what the thing as a whole cites: a question


def between(before: Model | None, after: Model, request: HttpRequest, since: datetime | None) -> Changes:
    """Without `before` everything is new. Facts count as changed when edited after `since`."""
    streams = {name for name in ("cards", "job_aid") if hasattr(after, name)}
    pairs = [(getattr(before, name, []), getattr(after, name)) for name in sorted(streams)]
    cards = [change for was, now in pairs for change in _cards(was, now, since)]
    total = sum(len(getattr(after, name)) for name in streams)
    shown = sum(change.number is not None for change in cards)
    return Changes(list(_fields(before, after, request, streams)), cards, total - shown, _cited(after))


def _cited(thing: Model) -> list[Fact]:
    """What a question tests; a lesson's facts stand at its cards."""
    if isinstance(thing, Page) or not hasattr(thing, "cited_facts"):
        return []
    return [row.fact for row in thing.cited_facts.all()]


def _fields(before: Model | None, after: Model, request: HttpRequest, streams: set[str]) -> Iterator[tuple]:
    """Label and difference (where everything is new: the value) by the panels of the editor, as Wagtail compares."""
    handler = after.get_edit_handler() if isinstance(after, Page) else get_edit_handler(type(after))
    for comparison in handler.get_bound_panel(instance=after, request=request, form=None).get_comparison():
        compared = comparison(before or after, after)
        name = getattr(getattr(compared, "field", None), "name", "")
        if name in streams or name in NOT_READ or (before and not compared.has_changed()):
            continue
        if strip_tags(shown := _shown(compared)).strip():
            yield compared.field_label(), shown


def _shown(compared: Any) -> SafeString:
    if compared.is_field:
        return compared.htmldiff()
    return SafeString("").join(
        part.htmldiff() for child in compared.get_child_comparisons() for part in child.get_field_comparisons()
    )


def _cards(before: Iterable, after: Iterable, since: datetime | None) -> Iterator[CardChange]:
    old = {child.id: child for child in before}
    for number, child in enumerate(after, 1):
        if change := _card(number, old.pop(child.id, None), child, since):
            yield change
    for child in old.values():
        yield CardChange(None, str(child.block.label), REMOVED, _compare(child.block, child.value, None), _facts(child))


def _card(number: int, old, child, since: datetime | None) -> CardChange | None:
    facts = _facts(child)
    if old is None or old.block_type != child.block_type:
        state, was = NEW, None
    elif not _same(child.block, old.value, child.value):
        state, was = CHANGED, old.value
    elif since and any(_changed_after(fact, since) for fact in facts):
        state, was = FACTS, child.value
    else:
        return None
    return CardChange(number, str(child.block.label), state, _compare(child.block, was, child.value), facts)


def _compare(card, was, now) -> SafeString:
    """Part by part; empty parts are left out, and the facts, which stand below in full, where they are the same."""
    found = []
    for name, block in card.child_blocks.items():
        parts = [None if value is None else value[name] for value in (was, now)]
        if name == "facts" and (None in parts or _same(block, *parts)):
            continue
        if any(block.get_prep_value(part) not in EMPTY for part in parts if part is not None):
            found.append((block.label, _part(block, *parts)))
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", found))


def _part(block, was, now) -> SafeString:
    comparison = get_comparison_class_for_block(block)(block, was is not None, now is not None, was, now)
    if was is None or now is None:
        return comparison.htmlvalue(was if now is None else now)
    return comparison.htmldiff()


def _same(block, was, now) -> bool:
    return block.get_prep_value(was) == block.get_prep_value(now)


def _facts(child) -> list[Fact]:
    return [fact for fact in child.value.get("facts", []) if fact]


def _changed_after(fact: Fact, moment: datetime) -> bool:
    return bool(fact.latest_revision_id) and fact.latest_revision.created_at > moment
