"""«My data» on paper: A4, tagged (PDF/UA-1), set in the shipped faces; nothing is fetched from anywhere."""

import atexit
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from lms.core.faces import FONTS

from .gathering import Section

FACES = ((400, "NotoSerif-Regular.ttf"), (700, "NotoSerif-Bold.ttf"))
STYLE = Path(__file__).parent / "my_data.css"


class MissingLibrary(Exception):
    """A system library that text layout needs is not installed. The message says which."""


def draw(sections: Sequence[Section]) -> bytes:
    """The PDF, in the language that is active. Raises MissingLibrary."""
    weasyprint = _weasyprint()
    context = {"sections": sections, "made_at": timezone.now(), "lang": get_language()}
    html = _settable(render_to_string("people/rights/pdf.html", context))
    fonts, style = _prepared()
    document = weasyprint.HTML(string=html, url_fetcher=_nothing)
    return document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


def _settable(text: str) -> str:
    """Each sign that the faces lack by its name in brackets, where it says anything at all."""
    known = _repertoire()
    return "".join(sign if ord(sign) in known or sign.isspace() else _named(sign) for sign in text)


def _named(sign: str) -> str:
    silent = unicodedata.category(sign) in ("Cf", "Mn", "Cc")
    return "" if silent else f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


@cache
def _repertoire() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(TTFont(FONTS / face, lazy=True).getBestCmap()) for _, face in FACES))


@cache
def _prepared():
    """Fonts and style sheet, read once a process."""
    atexit.register(_prepared.cache_clear)  # while the library that frees the fonts is still there
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    rule = '@font-face {{ font-family: Text; font-weight: {}; src: url("{}") }}\n'
    faces = "".join(rule.format(weight, (FONTS / face).as_uri()) for weight, face in FACES)
    return fonts, _weasyprint().CSS(string=faces + STYLE.read_text(), font_config=fonts)


def _nothing(url: str, *args, **kwargs):
    raise ValueError(f"A page about a person may not fetch {url}")


def _weasyprint():
    """Imported when the first PDF is asked for: the site starts without Pango and says so only then."""
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise MissingLibrary(
            _("A PDF needs Pango. Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0 with apt.")
        ) from error
