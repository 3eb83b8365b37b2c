"""PO files read strictly: polib passes over a missing quotation mark and loses the text behind it. Pure."""

import re

import polib
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, validate_translation_links

from .texts import Text

TEXT = r'"(?:[^"\\]|\\.)*"'
LINE = re.compile(rf"(?:(?:#~\s*)?(?:(?:msgctxt|msgid|msgstr)\s+)?{TEXT}|#.*|)")
PLURAL = re.compile(r"(?:#~\s*)?(?:msgid_plural|msgstr\[)")


class PoError(Exception):
    """A PO file, or one entry of it, that cannot be taken: the line (None: the whole file) and what to mend."""

    def __init__(self, line: int | None, reason: str):
        self.line, self.reason = line, reason
        super().__init__(_("line %(line)s: %(reason)s") % {"line": line, "reason": reason} if line else reason)


def parse(data: bytes) -> polib.POFile:
    """The entries, each with its line. Raises PoError that names the first line that is wrong."""
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PoError(line, _("not UTF-8 text. Save the file as UTF-8.")) from error
    for number, line in enumerate(content.splitlines(), 1):
        _check_line(number, line.strip())
    if not content.strip():
        raise PoError(None, _("the file is empty."))
    try:
        po = polib.pofile(f"{content}\n")
    except (OSError, ValueError) as error:
        found = re.search(r"\(line (\d+)\)", str(error))
        line = int(found[1]) if found else None
        raise PoError(line, _("msgctxt, msgid and msgstr do not follow each other.")) from error
    _check_doubles(po)
    return po


def check(entry: polib.POEntry, text: Text) -> None:
    """Whether this translation fits its place. Raises PoError with the entry's line."""
    try:
        value = StringValue.from_translated_html(entry.msgstr)
        validate_translation_links(entry.msgid, entry.msgstr)
    except ValueError as error:
        raise PoError(entry.linenum, str(error)) from error
    words = value.render_text()
    if not words.strip():
        raise PoError(entry.linenum, _("the translation is blank."))
    if text.most and len(words) > text.most:
        values = {"long": len(words), "most": text.most, "begin": strip_tags(entry.msgstr)[:40]}
        reason = _("“%(begin)s…” has %(long)s characters; at most %(most)s fit.")
        raise PoError(entry.linenum, reason % values)


def _check_line(number: int, line: str) -> None:
    if PLURAL.match(line):
        raise PoError(number, _("plural forms are not used here: give one msgstr."))
    if not LINE.fullmatch(line):
        reason = _("“%(line)s” is not a line of a PO file: is a quotation mark missing, or one too many?")
        raise PoError(number, reason % {"line": line[:60]})


def _check_doubles(po: polib.POFile) -> None:
    seen: dict[tuple, int] = {}
    for entry in po:
        key = (entry.msgctxt, entry.msgid)
        if entry.obsolete:
            continue
        if key in seen:
            raise PoError(entry.linenum, _("the same text stands in line %(line)s already.") % {"line": seen[key]})
        seen[key] = entry.linenum or 1
