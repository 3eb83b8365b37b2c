"""The checks of one card, one a function. Each takes the card and the language, and yields what to look at again.

What keeps a page back (`blocks`) is what a learner cannot make good herself: a statement that may not be used or has no
source to be checked against, a picture or recording that some cannot take in, a card that is far too long for a phone.
A text, story or note may lead over or encourage without stating anything, so there a missing source only speaks.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..drawings import DRAWINGS
from . import sentences, texts, words
from .remark import Remark

MOST_WORDS = 60
FAR_TOO_MANY = 90  # half as many again
MUST_CITE = {"remember", "say", "steps", "table", "summary"}
SHOULD_CITE = {"text", "story", "note", "flash"}
FILE_NAME = re.compile(r"\.(jpe?g|png|webp|avif|gif|svg|heic)$|^(img|dsc|image|screenshot|whatsapp)[\W_]*\d", re.I)


def word_count(card, language: str) -> Iterator[Remark]:
    count = texts.words_on(card)
    if count > MOST_WORDS:
        words_said = ngettext("%(count)s word, at most %(most)s.", "%(count)s words, at most %(most)s.", count)
        parts = _("Make two cards of it.") if count > FAR_TOO_MANY else ""
        sentence = f"{words_said % {'count': count, 'most': MOST_WORDS}} {parts}".strip()
        yield Remark(sentence, blocks=count > FAR_TOO_MANY)


def long_sentences(card, language: str) -> Iterator[Remark]:
    for field, text in texts.fields(card).items():
        for sentence in sentences.too_long(text):
            says = _("A sentence of %(count)s words, at most %(most)s: “%(start)s …”. Make two of it.")
            start = " ".join(sentence.split()[:6])
            count = texts.count_words(sentence)
            yield Remark(says % {"count": count, "most": sentences.LONGEST, "start": start}, field)


def words_to_avoid(card, language: str) -> Iterator[Remark]:
    for field, text in texts.fields(card).items():
        for word, instead in words.found(text, language):
            yield Remark(_("“%(word)s”: better say “%(instead)s”.") % {"word": word, "instead": instead}, field)


def citation(card, language: str) -> Iterator[Remark]:
    if card.block_type in MUST_CITE | SHOULD_CITE and not _facts(card):
        says = _("No fact is cited. Name the facts that this card states, or shows in a story.")
        yield Remark(says, "facts", blocks=card.block_type in MUST_CITE)


def unsure_facts(card, language: str) -> Iterator[Remark]:
    for fact in _facts(card):
        if fact.status == fact.Status.UNSURE:
            says = _("%(fact)s is unsure and not to be used. Cite another, or write “ask your supervisor”.")
            yield Remark(says % {"fact": fact.code}, "facts", blocks=True)


def alternative_text(card, language: str) -> Iterator[Remark]:
    picture = card.value.get("picture")
    if picture is None:
        return
    said = (getattr(picture, "contextual_alt_text", None) or "").strip()
    if getattr(picture, "decorative", False):
        says = _("Marked as decorative: who cannot see it is told nothing. A picture of a lesson shows something.")
        yield Remark(says, "picture")
    elif not said or FILE_NAME.search(said):
        says = _("Say what the picture shows, for who cannot see it: A mother gives her child tablets with water.")
        yield Remark(says, "picture", blocks=True)


def transcript(card, language: str) -> Iterator[Remark]:
    recording = card.value.get("recording")
    if recording is not None and not recording.transcript.strip():
        says = _("“%(title)s” has no transcript. Many read it instead of loading the recording.")
        yield Remark(says % {"title": recording.title}, "recording", blocks=True)


def known_drawing(card, language: str) -> Iterator[Remark]:
    name = card.value.get("name")
    if card.block_type == "drawing" and name and name not in DRAWINGS:
        yield Remark(_("There is no drawing “%(name)s” any more.") % {"name": name}, "name", blocks=True)


CHECKS: tuple[Callable[..., Iterator[Remark]], ...] = (
    word_count,
    citation,
    unsure_facts,
    alternative_text,
    transcript,
    known_drawing,
    long_sentences,
    words_to_avoid,
)


def remarks(cards, language: str) -> Iterator[Remark]:
    """Of all cards, in their order; what keeps the page back comes first on each."""
    for number, card in enumerate(cards, start=1):
        found = [remark for check in CHECKS for remark in check(card, language)]
        for remark in sorted(found, key=lambda one: not one.blocks):
            yield replace(remark, card=str(card.id or ""), number=number, name=_name(number, card))


def _name(number: int, card) -> str:
    title = card.value.get("title") or card.block.label
    return _("Card %(number)s “%(title)s”") % {"number": number, "title": title}


def _facts(card) -> list:
    return [fact for fact in card.value["facts"] if fact]
