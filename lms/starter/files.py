"""Reads the starter curriculum's files into plain objects. Pure: no database, no Wagtail.

Every complaint is a `ContentError` that names the file, the line and what to mend.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import frontmatter
import yaml
from markdown_it import MarkdownIt

CARD_KINDS = (
    "ask", "text", "remember", "story", "say", "steps", "table", "flash", "drawing", "note", "value", "summary",
)  # fmt: skip
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class ContentError(Exception):
    """A file of the starter curriculum that cannot be loaded: which, where, why."""

    def __init__(self, path: Path, line: int | None, message: str):
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {message}")


@dataclass
class Card:
    kind: str
    title: str
    body: str
    line: int
    facts: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)

    @property
    def html(self) -> str:
        return MARKDOWN.render(self.body).strip()

    @property
    def items(self) -> list[str]:
        """The lines of the card's list, without their marks."""
        return [text for text, place in self._texts() if place == "list"]

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs outside any list or table."""
        return [text for text, place in self._texts() if place == ""]

    @property
    def rows(self) -> list[list[str]]:
        """The card's table: header row first."""
        found: list[list[str]] = []
        for token in MARKDOWN.parse(self.body):
            if token.type == "tr_open":
                found.append([])
            elif token.type == "table_close":
                break
            elif token.type == "inline" and found:
                found[-1].append(_plain(token))
        return found

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Each piece of text and where it stands: in a list, in a table, or by itself."""
        inside = {"list_item": 0, "table": 0}
        for token in MARKDOWN.parse(self.body):
            kind, _, way = token.type.rpartition("_")
            if kind in inside:
                inside[kind] += {"open": 1, "close": -1}[way]
            elif token.type == "inline":
                yield _plain(token), "list" if inside["list_item"] else "table" if inside["table"] else ""


def _plain(token) -> str:
    """Without bold and other marks: these texts are shown as they are."""
    return "".join(" " if child.type == "softbreak" else child.content for child in token.children)


@dataclass
class Lesson:
    path: Path
    meta: dict[str, Any]
    cards: list[Card]


def read_yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read"
        raise ContentError(path, mark.line + 1 if mark else None, f"not valid YAML: {problem}") from error
    except UnicodeDecodeError as error:
        raise ContentError(path, None, "not UTF-8 text") from error


def read_lesson(path: Path) -> Lesson:
    return _read_cards(path, "source_id", "title", "minutes", "objective")


def read_job_aid(path: Path) -> Lesson:
    """A module's job aid: cards as in a lesson."""
    return _read_cards(path, "title")


def read_post(path: Path) -> frontmatter.Post:
    """A file of front matter and text."""
    try:
        return frontmatter.loads(_text(path))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(path, mark.line + 2 if mark else 1, "the front matter is not valid YAML") from error


def _read_cards(path: Path, *needed: str) -> Lesson:
    text, post = _text(path), read_post(path)
    require(path, post.metadata, *needed)
    skipped = text.count("\n") - post.content.count("\n") - (1 if text.endswith("\n") else 0)
    return Lesson(path, post.metadata, list(_cards(path, post.content, skipped)))


def require(path: Path, data: Any, *keys: str, line: int | None = None) -> None:
    if not isinstance(data, dict):
        raise ContentError(path, line or 1, "expected named values («key: value»)")
    for key in keys:
        if data.get(key) in (None, "", []):
            name = data.get("source_id") or data.get("id")
            raise ContentError(path, line, f"«{key}» is missing" + (f" in {name}" if name else ""))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(path, None, "not UTF-8 text") from error


def _cards(path: Path, content: str, skipped: int):
    lines = content.split("\n")
    tokens = MARKDOWN.parse(content)
    starts = [
        (t.map[0], tokens[i + 1].content) for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h2"
    ]
    if not starts:
        raise ContentError(path, skipped + 1, "a lesson needs cards: headings like «## text: Title»")
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    for (start, heading), end in zip(starts, ends, strict=True):
        yield _card(path, heading, lines[start + 1 : end], skipped + start + 1)


def _card(path: Path, heading: str, lines: list[str], line: int) -> Card:
    kind, _, title = heading.partition(":")
    kind = kind.strip().lower()
    if kind not in CARD_KINDS:
        raise ContentError(path, line, f"unknown kind of card «{kind}» (one of {', '.join(CARD_KINDS)})")
    marks: dict[str, list[str]] = {"facts": [], "countries": []}
    body = []
    for text in lines:
        name, _, values = text.partition(":")
        if name.lower() in marks and name[:1].isupper():
            marks[name.lower()] = [value.strip() for value in values.split(",") if value.strip()]
        else:
            body.append(text)
    card = Card(kind, title.strip(), "\n".join(body).strip(), line, **marks)
    if not card.body:
        raise ContentError(path, line, "this card is empty")
    return card
