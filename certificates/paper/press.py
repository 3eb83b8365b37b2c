"""Makes the PDF of a page: PDF/A-3a and PDF/UA-1 (ISO 19005-3, ISO 14289-1), the snapshot's public part attached.

The same page gives the same bytes. Fonts and style sheets are read once a process.
"""

import atexit
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib import import_module

from django.utils.translation import gettext as _

from ..award import snapshots
from . import pdfua
from .pictures import PNG


class CannotDraw(Exception):
    """Something that only a person can mend; the message says what, for HR."""


class MissingLibrary(CannotDraw):
    """A system library that text layout needs is not installed."""


Pictures = dict[str, tuple[bytes, str]]  # address → bytes and content type


@dataclass(frozen=True)
class Sheet:
    """A page and what it may show. `ornaments` belong to its style; `square` stands where the page says `square:`."""

    html: str
    css: str
    ornaments: Pictures
    square: list[list[bool]]
    pictures: Pictures = field(default_factory=dict)


def press(sheet: Sheet, snapshot: dict) -> bytes:
    """The PDF, unsigned. Raises MissingLibrary."""
    weasyprint = _weasyprint()
    fonts, faces = _faces()
    fetching, painting = import_module("certificates.paper.fetching"), import_module("certificates.paper.painting")
    document = weasyprint.HTML(string=sheet.html, url_fetcher=fetching.PageFetcher(sheet.pictures))
    painted = {address: _ornament(address, svg) for address, (svg, _kind) in sheet.ornaments.items()}
    painted |= {address: _tones(address, png) for address, (png, kind) in sheet.pictures.items() if kind == PNG}
    return document.write_pdf(
        cache=painted | {"square:": painting.Square(sheet.square)},
        stylesheets=[faces, _style(sheet.css)],
        font_config=fonts,
        pdf_variant="pdf/a-3a",
        attachments=[_attachment(weasyprint, snapshot)],
        finisher=pdfua.declare,
    )


def _attachment(weasyprint, snapshot: dict):
    """What a machine may read: nothing that the page does not say. Its dates are the award's, so bytes stay equal."""
    awarded = datetime.combine(snapshots.day(snapshot["awarded_on"]), datetime.min.time(), UTC)
    return weasyprint.Attachment(
        string=json.dumps(snapshots.public_part(snapshot), ensure_ascii=False, sort_keys=True, indent=1),
        name="certificate.json",
        description="Certificate",
        created=awarded,
        modified=awarded,
        relationship="Alternative",
    )


@cache
def _faces():
    atexit.register(_faces.cache_clear)  # while the library that frees the fonts is still there
    weasyprint = _weasyprint()
    fetching, designs = import_module("certificates.paper.fetching"), import_module("certificates.designs")
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    fetcher = fetching.PageFetcher({})
    return fonts, weasyprint.CSS(string=designs.FACES, font_config=fonts, url_fetcher=fetcher)


@lru_cache(maxsize=128)
def _ornament(address: str, svg: bytes):
    return import_module("certificates.paper.painting").Ornament(address, svg)


@lru_cache(maxsize=32)
def _tones(address: str, png: bytes):
    return import_module("certificates.paper.painting").Tones(address, png)


@lru_cache(maxsize=64)
def _style(css: str):
    return _weasyprint().CSS(string=css, url_fetcher=import_module("certificates.paper.fetching").PageFetcher({}))


def _weasyprint():
    """Imported when the first PDF is asked for: the site starts without Pango and says so only then."""
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise MissingLibrary(
            _(
                "Drawing needs Pango. Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0 with apt, "
                "then press «Try again»."
            )
        ) from error
