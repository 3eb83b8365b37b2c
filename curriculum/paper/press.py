"""Makes a PDF of a page: tagged (PDF/UA-1, ISO 14289-1), set in the shipped faces; nothing is fetched from anywhere."""

import atexit
import logging
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from lms.core.faces import FONTS

FACES = (
    ("Text", "NotoSerif-Regular.ttf", "400", "normal"),
    ("Text", "NotoSerif-Italic.ttf", "400", "italic"),
    ("Text", "NotoSerif-Bold.ttf", "700", "normal"),
    ("Display", "NotoSerifDisplay-ExtraBold.ttf", "800", "normal"),
    ("Code", "NotoSansMono-SemiBold.ttf", "600", "normal"),
)
SAID_OTHERWISE = str.maketrans({"\u2011": "-"})
STYLE = Path(__file__).parent / "style"


class MissingLibrary(Exception):
    """A system library that text layout needs is not installed. The message says which."""


@dataclass(frozen=True)
class Pressed:
    pdf: bytes
    pages: int


def press(html: str, style: Path, *, on_page: Callable[[int], None] = lambda page: None) -> Pressed:
    """The PDF of a page in this style. `on_page` is told of each page as it is laid out. Raises MissingLibrary."""
    weasyprint = _weasyprint()
    fonts, fetcher = _prepared()
    sheets = [_style(sheet) for sheet in (STYLE / "paper.css", style)]
    source = weasyprint.HTML(string=settable(html), url_fetcher=fetcher)
    with _Told(on_page):
        document = source.render(stylesheets=sheets, font_config=fonts)
    return Pressed(document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages))


def settable(text: str) -> str:
    """Letters that the faces lack said in another way: read badly is better than an empty box."""
    known = _repertoire()
    said = text.translate(SAID_OTHERWISE)
    return "".join(sign if ord(sign) in known or sign.isspace() else _named(sign) for sign in said)


class _Told(logging.Handler):
    """WeasyPrint says in its log which page it lays out: the only way to know how far it is."""

    def __init__(self, on_page: Callable[[int], None]):
        super().__init__(logging.INFO)
        self.on_page = on_page
        self.log = logging.getLogger("weasyprint.progress")

    def __enter__(self):
        self.before = self.log.level
        self.log.setLevel(logging.INFO)
        self.log.propagate = False
        self.log.addHandler(self)

    def __exit__(self, *error):
        self.log.removeHandler(self)
        self.log.setLevel(self.before)

    def emit(self, record):
        if record.msg.endswith("Page %d"):
            self.on_page(*record.args)


def _named(sign: str) -> str:
    if unicodedata.category(sign) in ("Cf", "Mn", "Cc"):
        return ""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


@cache
def _repertoire() -> frozenset[int]:
    files = [file for name, file, *_look in FACES if name == "Text"]
    return frozenset.intersection(*(frozenset(TTFont(FONTS / file, lazy=True).getBestCmap()) for file in files))


@cache
def _prepared():
    """Fonts and fetcher, once a process: each new configuration of fonts grows memory."""
    atexit.register(_prepared.cache_clear)  # while the library that frees the fonts is still there
    weasyprint = _weasyprint()
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    fetcher = import_module("curriculum.paper.fetching").PaperFetcher()
    weasyprint.CSS(string="".join(_face(*face) for face in FACES), font_config=fonts, url_fetcher=fetcher)
    return fonts, fetcher


@cache
def _style(sheet: Path):
    atexit.register(_style.cache_clear)
    fonts, fetcher = _prepared()
    return _weasyprint().CSS(string=sheet.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=fetcher)


def _face(name: str, file: str, weight: str, look: str) -> str:
    return f'@font-face {{ font-family: {name}; font-weight: {weight}; font-style: {look}; src: url("face:{file}") }}\n'


def _weasyprint():
    """Imported when the first PDF is asked for: the site starts without Pango and says so only then."""
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise MissingLibrary(
            _("A PDF needs Pango. Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0 with apt.")
        ) from error
