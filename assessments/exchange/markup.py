"""Between the four text formats of Moodle and our plain text. Says what is lost on the way."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

MAX_MARKUP = 40_000
INLINE_IMAGE = re.compile(r"data:image/[\w.+-]{1,20};base64,([A-Za-z0-9+/=\s]*)")
BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "blockquote", "pre", "hr"}
BOLD = {"b", "strong", "i", "em", "u", "s", "del", "code", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
KEPT = BLOCKS | BOLD | {"br", "span", "sup", "sub", "img", "a", "td", "th"}
ATTRIBUTES = {"img": {"src", "alt"}, "div": {"class"}, "p": {"class"}, "a": {"href"}}
SCRIPTS = {
    "sup": str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎"),
}
STORY = "story"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]")


class TextTooLong(Exception):
    """No question of ours can be in that."""


@dataclass
class Plain:
    """Paragraphs of plain text; those marked as the story apart. `images` are (source, alternative text)."""

    paragraphs: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        return " ".join([*self.story, *self.paragraphs])


def to_plain(text: str, format_: str = "html") -> Plain:
    """Plain text of an html, markdown, plain or moodle (auto) text. Raises TextTooLong."""
    text = CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    inline: list[str] = []
    if "data:image" in text:
        text = INLINE_IMAGE.sub(lambda match: f"inline:{inline.append(match[1]) or len(inline) - 1}", text)
    if len(text) > MAX_MARKUP:
        raise TextTooLong
    if format_ == "plain":
        return Plain([" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()])
    walk = _Walk(inline)
    walk.feed(_tidied(_as_html(text, format_)))
    walk.close()
    return walk.result()


def to_html(paragraphs: list[str], story: list[str] = ()) -> str:
    """The html that `to_plain` reads back as it was."""
    told = "".join(f"<p>{_escaped(line)}</p>" for line in story)
    asked = "".join(f"<p>{_escaped(line)}</p>" for line in paragraphs)
    return (f'<div class="{STORY}">{told}</div>' if told else "") + asked


def inline_html(text: str) -> str:
    """One line as html, without a paragraph around it."""
    return _escaped(text)


def printable(text: str) -> str:
    """Without what no file of ours may hold: control characters and halves of letters."""
    return CONTROL.sub("", text)


def one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return html.escape(printable(text), quote=False)


def _as_html(text: str, format_: str) -> str:
    if format_ == "markdown":
        return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    if format_ == "moodle":
        parts = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
        return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts) if len(parts) > 1 else text
    return text


def _tidied(text: str) -> str:
    """Well-formed, known tags only: what is walked next holds no trap."""
    return nh3.clean(
        text,
        tags=KEPT,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "inline"},
        link_rel=None,
        strip_comments=True,
        clean_content_tags={"script", "style"},
    )


class _Walk(HTMLParser):
    """Collects paragraphs. Lists become lines with a bullet or a number; bold and links are noted as lost."""

    def __init__(self, inline: list[str]):
        super().__init__(convert_charrefs=True)
        self.inline, self.plain = inline, Plain()
        self.words: list[str] = []
        self.lists: list[int | None] = []
        self.scripts: list[str] = []
        self.divs: list[bool] = []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag in BLOCKS:
            self.end_paragraph()
        if tag == "div":
            self.divs.append(found.get("class") == STORY)
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        if tag == "li":
            self.words.append(self.bullet())
        if tag in SCRIPTS:
            self.scripts.append(tag)
        if tag == "br" or tag in ("td", "th"):
            self.words.append(" ")
        if tag == "img":
            self.image(found.get("src") or "", found.get("alt") or "")
        self.note(tag)

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.end_paragraph()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag == "div" and self.divs:
            self.divs.pop()
        if tag in SCRIPTS and self.scripts:
            self.scripts.pop()

    def handle_data(self, data):
        if self.scripts and all(letter in SCRIPTS[self.scripts[-1]] for letter in map(ord, data.strip())):
            data = data.translate(SCRIPTS[self.scripts[-1]])
        self.words.append(data)

    def bullet(self) -> str:
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            return f"{self.lists[-1]}. "
        return "• "

    def image(self, source: str, alt: str) -> None:
        if source.startswith("inline:") and source[7:].isdigit() and int(source[7:]) < len(self.inline):
            source = f"data:{self.inline[int(source[7:])]}"
        self.plain.images.append((source, one_line(alt)))

    def note(self, tag: str) -> None:
        lost = _("Bold, italics and headings are not kept.") if tag in BOLD else ""
        lost = _("Links are not kept.") if tag == "a" else lost
        lost = _("A table is kept as lines of text.") if tag == "table" else lost
        if lost and lost not in self.plain.notes:
            self.plain.notes.append(lost)

    def end_paragraph(self) -> None:
        if text := one_line("".join(self.words)):
            (self.plain.story if any(self.divs) else self.plain.paragraphs).append(text)
        self.words = []

    def result(self) -> Plain:
        self.end_paragraph()
        return self.plain
