"""The record as a PDF: A4, tagged, set in the shipped faces; nothing is fetched from anywhere."""

import atexit
import unicodedata
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from lms.core.faces import FONTS

from . import words
from .building import as_bytes, sha256

TEXT, BOLD, MONO = "NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NotoSansMono-SemiBold.ttf"
STYLE = Path(__file__).parent / "record.css"


class MissingLibrary(Exception):
    """A system library that text layout needs is not installed. The message says which."""


def draw(data: dict, *, made_by: str, made_at: datetime) -> bytes:
    """The PDF of a record, with the record itself attached. Its words are those of the language that is active.

    Raises MissingLibrary.
    """
    weasyprint = _weasyprint()
    copy = {"sha256": sha256(data), "made_by": made_by, "made_at": made_at, "lang": get_language()}
    html = settable(render_to_string("assessments/record/pdf.html", words.context(data) | copy))
    fonts, style = _prepared()
    attached = weasyprint.Attachment(
        string=as_bytes(data).decode(),
        name="record.json",
        description=_("The same record for machines"),
        created=made_at,
        modified=made_at,
        relationship="Alternative",
    )
    document = weasyprint.HTML(string=html, url_fetcher=_nothing)
    return document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", attachments=[attached])


def settable(text: str) -> str:
    """Each letter that the faces lack by its name in brackets: read badly is better than an empty box."""
    known = _repertoire()
    return "".join(sign if ord(sign) in known or sign.isspace() else _named(sign) for sign in text)


def _named(sign: str) -> str:
    if unicodedata.category(sign) in ("Cf", "Mn", "Cc"):
        return ""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


@cache
def _repertoire() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(TTFont(FONTS / face, lazy=True).getBestCmap()) for face in (TEXT, BOLD)))


@cache
def _prepared():
    """Fonts and style sheet, read once a process."""
    atexit.register(_prepared.cache_clear)  # while the library that frees the fonts is still there
    weasyprint = _weasyprint()
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    faces = "".join(_face(name, file, weight) for name, file, weight in _FACES)
    style = weasyprint.CSS(string=faces + STYLE.read_text(), font_config=fonts)
    return fonts, style


_FACES = (("Text", TEXT, 400), ("Text", BOLD, 700), ("Code", MONO, 600))


def _face(name: str, file: str, weight: int) -> str:
    return f'@font-face {{ font-family: {name}; font-weight: {weight}; src: url("{(FONTS / file).as_uri()}") }}\n'


def _nothing(url: str, *args, **kwargs):
    raise ValueError(f"A record may not fetch {url}")


def _weasyprint():
    """Imported when the first PDF is asked for: the site starts without Pango and says so only then."""
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise MissingLibrary(
            _("A PDF needs Pango. Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0 with apt.")
        ) from error
