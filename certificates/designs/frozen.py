"""A design as it was live at an award: plain JSON for the snapshot. Nothing else of it is read to draw."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from wagtail.images.models import AbstractImage

from ..paper import assets
from . import DESIGNS

if TYPE_CHECKING:
    from ..models import CertificateDesign

WORDS = ("heading", "formula", "sentence", "small_print")
UNREAD = "unread"  # in the place of a hash: a picture that could not be read at the award

logger = logging.getLogger(__name__)
Keep = Callable[[AbstractImage], str]


def freeze(design: CertificateDesign, language: str, keep: Keep = assets.keep) -> dict:
    """Base, orientation, border, colours, logos, and the words of one language; an empty word: as shipped.

    `keep` takes in a picture and answers its hash. It is called in the award's transaction, which it never fails: what
    cannot be read is `UNREAD`, and `unread` names it.
    """
    return {
        "id": str(design.pk or ""),
        "base": design.base,
        "sha256": DESIGNS[design.base].sha256,
        "orientation": design.orientation,
        "border": design.border,
        "colours": {"main": design.main_colour, "line": design.line_colour, "fill": design.fill_colour},
        "words": _words(design, language),
        "logos": [
            {"sha256": _kept(block.value["picture"], keep), "says": block.value["says"]} for block in design.logos
        ],
    }


def signatories(design: CertificateDesign, keep: Keep = assets.keep) -> list[dict]:
    """Who signs, in order. No picture of the signature: an empty text, and a pen's place on paper."""
    return [
        {
            "name": block.value["name"],
            "title": block.value["title"],
            "signature": _kept(picture, keep) if (picture := block.value.get("signature")) else "",
        }
        for block in design.signatories
    ]


def unread(snapshot: dict) -> list[str]:
    """What the pictures say, or whose signatures they are, that could not be read at the award."""
    logos = [logo["says"] for logo in snapshot["design"].get("logos", []) if logo["sha256"] == UNREAD]
    return logos + [row["name"] for row in snapshot["signatories"] if row.get("signature") == UNREAD]


def _kept(picture: AbstractImage | None, keep: Keep) -> str:
    try:
        return keep(picture) if picture else UNREAD
    except (assets.NoPicture, OSError):
        logger.warning("a design's picture could not be read or kept", exc_info=True)
        return UNREAD


def _words(design: CertificateDesign, language: str) -> dict:
    values = (block.value for block in design.wordings)
    found = next((value for value in values if value["language"] == language), {})
    return {name: found.get(name) or "" for name in WORDS}
