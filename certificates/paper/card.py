"""Draws the wallet card beside the certificate: 85.6 × 54 mm, two pages, in the colours of its design."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from ..designs import card_dressed, template
from ..designs.look import Look
from ..designs.rooms import CARD
from ..proof import codes
from . import drawing, layout, qr, typography, wording
from .layout import Fitted
from .press import CannotDraw, Sheet, press
from .typography import NameLayout

__all__ = ["draw"]


@dataclass(frozen=True)
class Card:
    code: str
    words: dict[str, str]
    fitted: dict[str, Fitted]
    name: NameLayout

    @property
    def code_lines(self) -> tuple[str, str]:
        return self.code[:9], self.code[10:]


def draw(snapshot: dict, credential: str = "") -> bytes:
    """The PDF, unsigned; the square as on the certificate. Raises CannotDraw or MissingLibrary as `drawing.draw`."""
    if reason := drawing.blocked_reason(snapshot):
        raise CannotDraw(reason)
    css, ornaments = card_dressed(Look.of(snapshot["design"]))
    with translation.override(snapshot["language"]):
        context = {"snapshot": snapshot, "card": _card(snapshot), "square_says": drawing.square_says(snapshot)}
        html = template("card/page.html").render(context)
    return press(Sheet(html, css, ornaments, qr.symbol(snapshot, credential)), snapshot)


def _card(snapshot: dict) -> Card:
    words = wording.words(snapshot)
    return Card(
        code=codes.printed(snapshot["code"]),
        words=words,
        fitted=layout.fitted(_texts(snapshot, words), CARD),
        name=typography.lay_out_name(snapshot["holder"]["name"], CARD.name, typography.ON_CARD),
    )


def _texts(snapshot: dict, words: dict[str, str]) -> dict[str, str]:
    return {
        "issuer": snapshot["issuer"],
        "title": snapshot["programme"]["printed_title"],
        "level": snapshot["programme"]["level"],
        "value": max(words["awarded_on"], words["valid_until"], key=len),
        "scan": _("Scan to check, or type this code"),
        "host": layout.host(snapshot),
        "state": _("Shows the state only. Never shows a name."),
    }
