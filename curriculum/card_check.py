"""What an author should look at again in a lesson's cards: too many words, no source, a source one must not use."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Fact

MOST_WORDS = 60
STATES_FACTS = {"text", "remember", "story", "say", "steps", "table", "note", "summary"}
NOT_READ = {"facts", "countries"}  # what stands in a card's block without standing on the card


def remarks(cards) -> list[str]:
    """One sentence for each thing, in the order of the cards; each names its card by number and title."""
    return [
        _("%(card)s: %(remark)s") % {"card": _name(number, card), "remark": remark}
        for number, card in enumerate(cards, start=1)
        for remark in _remarks(card)
    ]


def count_words(card) -> int:
    """The words that a learner reads on a card, its title among them."""
    blocks = card.block.child_blocks
    texts = [
        text
        for name, block in blocks.items()
        if name not in NOT_READ and (value := card.value.get(name)) is not None
        for text in block.get_searchable_content(value)
    ]
    return sum(len(text.split()) for text in texts)


def _remarks(card) -> Iterator[str]:
    words = count_words(card)
    if words > MOST_WORDS:
        yield ngettext("%(words)s word, at most %(most)s.", "%(words)s words, at most %(most)s.", words) % {
            "words": words,
            "most": MOST_WORDS,
        }
    facts = [fact for fact in card.value["facts"] if fact]
    if card.block_type in STATES_FACTS and not facts:
        yield _("no fact is cited.")
    for fact in facts:
        if fact.status == Fact.Status.UNSURE:
            yield _("cites %(fact)s, which is unsure and not to be used.") % {"fact": fact.code}


def _name(number: int, card) -> str:
    title = card.value.get("title") or card.block.label
    return _("Card %(number)s “%(title)s”") % {"number": number, "title": title}
