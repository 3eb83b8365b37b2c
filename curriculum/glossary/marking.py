"""Makes the first mention of each word of the glossary on a page a button that explains it. No database.

The button opens its neighbour by the browser's own `popover`: no script, Esc closes it, a screen reader says whether it
is open. A browser that is too old for that shows the explanation in brackets behind the word (static/css/lesson.css).
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

# Kinds of cards whose running text is explained, each with tags inside which nothing is.
KINDS: dict[str, set[str]] = {
    "text": set(),
    "remember": {"ul"},  # the words under its pictograms
    "story": set(),
    "say": {"b"},  # who speaks
    "steps": set(),
    "note": set(),
    "summary": set(),
}
CLOSED = {"h1", "h2", "h3", "h4", "h5", "h6", "a", "button", "svg", "noscript"}


class Word(NamedTuple):
    """`forms` as the text writes it, with commas between; the rest as she reads it, perhaps in another language."""

    code: str
    forms: str
    term: str
    explanation: str


class Explainer:
    """Goes through the cards of one page in their order: each word is explained once."""

    def __init__(self, words: Iterable[Word]):
        words = tuple(words)
        self.pattern, self.words = _forms(words)
        self.left = {word.code for word in words}

    def explain(self, html: str, kind: str) -> str:
        """The card with buttons in it; every other character stays as it was."""
        if kind not in KINDS or not self.left:
            return html
        reader = _Reader(self._mark, CLOSED | KINDS[kind])
        reader.feed(html)
        reader.close()
        return SafeString("".join(reader.parts))

    def _mark(self, text: str) -> str:
        return self.pattern.sub(self._button, text)

    def _button(self, found: re.Match) -> str:
        form = " ".join(found[0].split())
        word = self.words.get(form) or self.words[form.lower()]
        if word.code not in self.left:
            return found[0]
        self.left.remove(word.code)
        return format_html(
            '<button class="word" popovertarget="w-{0}">{1}</button>'
            '<span class="meaning" id="w-{0}" popover><strong>{2}</strong> {3}</span>',
            word.code,
            SafeString(found[0]),  # a piece of the card's own HTML
            word.term,
            word.explanation,
        )


class _Reader(HTMLParser):
    """Hands on every piece of HTML as it is written, and text outside closed tags through `mark`."""

    def __init__(self, mark, closed: set[str]):
        super().__init__(convert_charrefs=False)
        self.mark, self.closed, self.depth = mark, closed, 0
        self.parts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.depth += tag in self.closed
        self.parts.append(self.get_starttag_text())

    def handle_startendtag(self, tag, attrs):
        self.parts.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        self.depth -= tag in self.closed and self.depth > 0
        self.parts.append(f"</{tag}>")

    def handle_data(self, data):
        self.parts.append(data if self.depth else self.mark(data))

    def handle_entityref(self, name):
        self.parts.append(f"&{name};")

    def handle_charref(self, name):
        self.parts.append(f"&#{name};")

    def handle_comment(self, data):
        self.parts.append(f"<!--{data}-->")


@lru_cache(maxsize=16)
def _forms(words: tuple[Word, ...]) -> tuple[re.Pattern, dict[str, Word]]:
    """A pattern of all forms, the longest first; and the word of each form as the pattern finds it."""
    found = {_key(form): word for word in reversed(words) for form in word.forms.split(",") if form.strip()}
    parts = [_part(form) for form in sorted(found, key=len, reverse=True)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])"), found


def _key(form: str) -> str:
    """Capitals inside a form are meant: ART is not art. Others are forgiven."""
    form = " ".join(form.split())
    return form if form[1:] != form[1:].lower() else form.lower()


def _part(form: str) -> str:
    spaced = r"\s+".join(map(re.escape, form.split()))
    return f"(?i:{spaced})" if form == form.lower() else spaced
