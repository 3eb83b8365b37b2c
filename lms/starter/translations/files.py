"""PO files of translations, as wagtail-localize writes them. Pure: no database.

`msgctxt` is the content path. In a file that holds several things (questions, glossary) it begins with the code of
the thing and a slash.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings

from curriculum.translation.po import PoError, parse
from curriculum.translation.texts import Text

from ..files import ContentError

WIDTH = 110


@dataclass(frozen=True)
class Thing:
    """Something that is translated, with the code its file gives it (empty: the file's own page)."""

    code: str
    texts: list[Text]
    translated: dict[tuple[str, str], str]  # what the site has already, by path and source


@dataclass(frozen=True)
class Sheet:
    """One file as it was read."""

    language: str
    path: Path
    po: polib.POFile

    def by_thing(self) -> dict[str, list[polib.POEntry]]:
        """The filled entries of each page or question, by its source_id."""
        found = defaultdict(list)
        for entry in self.po:
            code, slash, _path = (entry.msgctxt or "").rpartition("/")
            if entry.msgstr and not entry.obsolete:
                found[code if slash else self.path.stem].append(entry)
        return found


class Found:
    """What a file translates. A text whose place has moved (a card before it is new) is found by its words."""

    def __init__(self, entries):
        filled = [entry for entry in entries if entry.msgstr and not entry.obsolete]
        self.by_place = {(entry.msgctxt, entry.msgid): entry for entry in filled}
        self.by_words = {entry.msgid: entry for entry in reversed(filled)}

    def entry(self, context: str, source: str) -> polib.POEntry | None:
        return self.by_place.get((context, source)) or self.by_words.get(source)


def write(path: Path, language: str, things: list[Thing]) -> int:
    """Write or refresh one file; what a translator wrote in it before stays where its source is the same.

    Returns how many texts are still empty. Raises ContentError where the file that is there cannot be read.
    """
    before = Found(read(path) if path.exists() else [])
    po = polib.POFile(wrapwidth=WIDTH)
    po.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for thing in things:
        for text in thing.texts:
            context = context_of(thing.code, text.path)
            entry = before.entry(context, text.source)
            done = entry.msgstr if entry else thing.translated.get((text.path, text.source), "")
            po.append(polib.POEntry(msgctxt=context, msgid=text.source, msgstr=done, comment=_comment(thing, text)))
    path.parent.mkdir(parents=True, exist_ok=True)
    po.save(str(path), newline="\n")
    return sum(not entry.msgstr for entry in po)


def read(path: Path) -> polib.POFile:
    """The file's entries, each with its line. Raises ContentError that names the line."""
    try:
        return parse(path.read_bytes())
    except PoError as error:
        raise ContentError(path, error.line, error.reason) from error


def read_translations(folder: Path) -> list[Sheet]:
    """All files, language by language. Raises ContentError that names file and line."""
    languages = {code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
    sheets = []
    for path in sorted(folder.glob("*/*.po")):
        if path.parent.name not in languages:
            raise ContentError(path.parent, None, f"the site has no language «{path.parent.name}»")
        sheets.append(Sheet(path.parent.name, path, read(path)))
    return sheets


def context_of(code: str, path: str) -> str:
    return f"{code}/{path}" if code else path


def _comment(thing: Thing, text: Text) -> str:
    """What helps who translates: where it stands, and how long it may be."""
    place = f"{thing.code} · {text.place}" if thing.code else text.place
    return f"{place}\nAt most {text.most} characters" if text.most else place
