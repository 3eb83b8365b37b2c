"""Draws a certificate from its snapshot and nothing else: the same snapshot gives the same bytes.

PDF/A-3a and PDF/UA-1 (ISO 19005-3, ISO 14289-1), the public part of the snapshot attached.
"""

import atexit
import json
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _

from . import codes, pdfua, qr, snapshots, typography
from .designs import DESIGNS, Design
from .layout import page_words

SYMBOL = 40.0  # mm: a copy scanned at 150 dpi still decodes


class CannotDraw(Exception):
    """Something that only a person can mend; the message says what, for HR."""


class MissingLibrary(CannotDraw):
    """A system library that text layout needs is not installed."""


def blocked_reason(snapshot: dict) -> str:
    """Why this can never be drawn as it is, or an empty string."""
    lacking = typography.missing(snapshots.printed_texts(snapshot))
    if lacking:
        letters = ", ".join(map(typography.named, lacking[:5]))
        reason = _("The fonts lack %(letters)s. Correct the spelling, or have the letter added to the fonts.")
        return reason % {"letters": letters}
    try:
        typography.lay_out_name(snapshot["holder"]["name"])
    except typography.NameTooLong:
        return _("The name does not fit on two lines. Enter a shorter form of it.")
    return ""


def draw(snapshot: dict) -> bytes:
    """The PDF. Raises CannotDraw or MissingLibrary with a sentence for HR."""
    if reason := blocked_reason(snapshot):
        raise CannotDraw(reason)
    weasyprint = _weasyprint()
    design = DESIGNS[snapshot["design"]["base"]]
    fonts, stylesheet, fetcher = _prepared(design.id)
    document = weasyprint.HTML(string=_html(design, snapshot), url_fetcher=fetcher)
    return document.write_pdf(
        stylesheets=[stylesheet],
        font_config=fonts,
        pdf_variant="pdf/a-3a",
        attachments=[_attachment(weasyprint, snapshot)],
        finisher=pdfua.declare,
    )


def _html(design: Design, snapshot: dict) -> str:
    code = codes.printed(snapshot["code"])
    with translation.override(snapshot["language"]):
        alt = _("Square code to check this certificate: %(code)s") % {"code": code}
        context = {
            "snapshot": snapshot,
            "certificate": page_words(snapshot),
            "name": typography.lay_out_name(snapshot["holder"]["name"]),
            "check": urlsplit(snapshot["check_at"]).netloc + "/v",
            "square": qr.svg(qr.address(snapshot["check_at"], snapshot["code"]), SYMBOL, alt),
        }
        return design.template.render(context)


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
def _prepared(design_id: str):
    """Fonts and style sheet, read once a process. Nothing is ever fetched from anywhere else."""
    atexit.register(_prepared.cache_clear)  # while the library that frees the fonts is still there
    weasyprint = _weasyprint()
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    fetcher = import_module("certificates.fetching").DesignFetcher(DESIGNS[design_id])
    return fonts, weasyprint.CSS(string=DESIGNS[design_id].css, font_config=fonts, url_fetcher=fetcher), fetcher


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
