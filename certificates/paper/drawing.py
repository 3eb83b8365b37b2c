"""Draws a certificate from its snapshot and its credential and nothing else: the same two give the same bytes."""

from django.utils import translation
from django.utils.translation import gettext as _

from ..award import snapshots
from ..designs import dressed, frozen, rooms_of, template
from ..designs.look import Look
from ..proof import codes
from . import assets, qr, typography
from .layout import page
from .press import CannotDraw, MissingLibrary, Sheet, press

__all__ = ["CannotDraw", "MissingLibrary", "blocked_reason", "draw"]


def blocked_reason(snapshot: dict) -> str:
    """Why this can never be drawn as it is, or an empty string."""
    lacking = typography.missing(snapshots.printed_texts(snapshot))
    if lacking:
        letters = ", ".join(map(typography.named, lacking[:5]))
        reason = _("The fonts lack %(letters)s. Correct the spelling, or have the letter added to the fonts.")
        return reason % {"letters": letters}
    try:
        typography.lay_out_name(snapshot["holder"]["name"], rooms_of(Look.of(snapshot["design"])).name)
    except typography.NameTooLong:
        return _("The name does not fit on two lines. Enter a shorter form of it.")
    if unread := frozen.unread(snapshot):
        reason = _("A picture could not be read: %(names)s. Choose it anew in the design, then press “Try again”.")
        return reason % {"names": ", ".join(unread)}
    return ""


def draw(snapshot: dict, credential: str = "") -> bytes:
    """The PDF, unsigned. Raises CannotDraw or MissingLibrary with a sentence for HR.

    With a credential the square holds it and can be checked without a signal; without one it holds the code alone.
    """
    if reason := blocked_reason(snapshot):
        raise CannotDraw(reason)
    css, ornaments = dressed(Look.of(snapshot["design"]))
    sheet = Sheet(_html(snapshot), css, ornaments, qr.symbol(snapshot, credential), pictures_of(snapshot))
    return press(sheet, snapshot)


def pictures_of(snapshot: dict) -> dict[str, tuple[bytes, str]]:
    """Logos and signatures, by the address that the page has for them. Raises CannotDraw where one is lost."""
    hashes = [logo["sha256"] for logo in snapshot["design"].get("logos", [])]
    hashes += [row["signature"] for row in snapshot["signatories"] if row.get("signature")]
    try:
        return {f"asset:{sha256}": assets.data(sha256) for sha256 in hashes}
    except assets.MissingAsset as error:
        raise CannotDraw(_("A picture that it prints is lost from the store. Tell the administrator.")) from error


def square_says(snapshot: dict) -> str:
    """The square in words, for who cannot see it."""
    return _("Square code to check this certificate: %(code)s") % {"code": codes.printed(snapshot["code"])}


def _html(snapshot: dict) -> str:
    with translation.override(snapshot["language"]):
        context = {"snapshot": snapshot, "page": page(snapshot), "square_says": square_says(snapshot)}
        return template("page.html").render(context)
