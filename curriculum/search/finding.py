"""Which cards say what somebody looks for, the best first. Pure: no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from .folding import WORD, asked, beginnings, fold, nearest, needle, similar
from .index import Card, Text

HEAD_COUNTS = 2.0  # a word in a title, against one in a card
WHOLE_COUNTS = 1.2  # a whole word, against the beginning of one
ENOUGH = 0.5  # of what a card scores that says every word
SENTENCE = 40  # letters that make more than a title
MOST_PROPOSED = 4


@dataclass(frozen=True)
class Hit:
    """The best card of one lesson or job aid for this search; `number` is None where only the title says it."""

    text: Text
    number: int | None
    sentence: SafeString


@dataclass(frozen=True)
class Search:
    """Needles for each word that was looked for; and each slip of spelling with what was looked for instead."""

    forms: list[list[str]]
    slips: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Seen:
    """A text as a reader of one country has it: her cards, numbered as she counts them."""

    text: Text
    cards: list[tuple[int, Card]]

    def says(self, word: str) -> bool:
        return any(needle(word) in card.folded for card in self.everything)

    @property
    def everything(self) -> list[Card]:
        return [self.text.head, *(card for _number, card in self.cards)]


def seen_in(country_code: str, texts: Iterable[Text]) -> list[Seen]:
    """What readers of this country can see of these texts: nothing of another country's cards is found or guessed."""
    return [
        Seen(text, list(enumerate((card for card in text.cards if card.is_for(country_code)), start=1)))
        for text in texts
    ]


def understand(words: str, known: list[str], seen: list[Seen]) -> Search:
    """Each word as it is said in these texts: as it was typed or in the singular, else spelled right, else by its
    beginning."""
    forms, slips = [], []
    for word in asked(words):
        plain = next((form for form in (word, word.removesuffix("s")) if _is_said(form, seen)), "")
        near = [] if plain else [name for name in nearest(word, known) if _is_said(name, seen)]
        if near:
            slips.append((word, near))
        begun = next((part for part in beginnings(word) if _is_said(part, seen)), word)
        forms.append(list(map(needle, near or [plain or begun])))
    return Search(forms, slips)


def like(words: str, known: list[str], seen: list[Seen]) -> list[str]:
    """Words that these texts do say, for who found nothing."""
    found = (name for word in asked(words) for name in similar(word, known) if _is_said(name, seen))
    return list(dict.fromkeys(found))[:MOST_PROPOSED]


def hits(search: Search, seen: list[Seen]) -> list[Hit]:
    """One a text, the best first; equals in the order of the curriculum."""
    weights = _weights(search, [card for one in seen for card in one.everything])
    ranked = [(*_best(search, weights, one), one.text) for one in seen]
    best = max((score for score, *_rest in ranked), default=0)
    least = min(best, sum(weights)) * ENOUGH
    kept = [row for row in ranked if row[0] and row[0] >= least]
    kept.sort(key=lambda row: -row[0])
    return [Hit(text, number, _sentence(search, number, card)) for _score, number, card, text in kept]


def _sentence(search: Search, number: int | None, card: Card) -> SafeString:
    """The one that says most of it, rather a whole sentence than a title."""
    told = card.sentences if number else card.sentences[1:] or card.sentences
    return mark(max(told, key=lambda sentence: (_says(sentence, search), min(len(sentence), SENTENCE))), search)


def mark(sentence: str, search: Search) -> SafeString:
    parts, end = [], 0
    for found in WORD.finditer(sentence):
        if _is_wanted(fold(found[0]), search):
            parts.append(format_html("{}<mark>{}</mark>", sentence[end : found.start()], found[0]))
            end = found.end()
    return SafeString("".join([*parts, escape(sentence[end:])]))


def says(folded: str, search: Search) -> int:
    """How many of the words it says."""
    return sum(any(form in folded for form in forms) for forms in search.forms)


def _says(sentence: str, search: Search) -> int:
    return says(f" {' '.join(WORD.findall(fold(sentence)))} ", search)


def _is_wanted(word: str, search: Search) -> bool:
    return any(f" {word} ".startswith(form) for forms in search.forms for form in forms)


def _is_said(word: str, seen: list[Seen]) -> bool:
    return any(one.says(word) for one in seen)


def _weights(search: Search, cards: list[Card]) -> list[float]:
    """A word that few cards say tells more than one that many say."""
    counts = [sum(any(form in card.folded for form in forms) for card in cards) for forms in search.forms]
    return [log(1 + len(cards) / count) if count else 0.0 for count in counts]


def _best(search: Search, weights: list[float], seen: Seen) -> tuple[float, int | None, Card]:
    """What title and best card say together; where no card says anything, the title alone."""
    head = _score(search, weights, seen.text.head) * HEAD_COUNTS
    scores = [(_score(search, weights, card), number, card) for number, card in seen.cards]
    score, number, card = max(scores, key=lambda row: row[0], default=(0.0, 0, seen.text.head))
    return (score + head, number, card) if score else (head, None, seen.text.head)


def _score(search: Search, weights: list[float], card: Card) -> float:
    return sum(
        weight * max((_counts(form, card.folded) for form in forms), default=0)
        for forms, weight in zip(search.forms, weights, strict=True)
    )


def _counts(form: str, folded: str) -> float:
    if f"{form.rstrip()} " in folded:
        return WHOLE_COUNTS
    return 1.0 if form in folded else 0.0
