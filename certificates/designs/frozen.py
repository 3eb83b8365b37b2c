"""A design as it was live at an award: plain JSON for the snapshot. Nothing else of it is read to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import DESIGNS

if TYPE_CHECKING:
    from ..models import CertificateDesign

WORDS = ("heading", "formula", "sentence", "small_print")


def freeze(design: CertificateDesign, language: str) -> dict:
    """Base, orientation, border, colours, and the words of one language; an empty word: as shipped."""
    return {
        "id": str(design.pk or ""),
        "base": design.base,
        "sha256": DESIGNS[design.base].sha256,
        "orientation": design.orientation,
        "border": design.border,
        "colours": {"main": design.main_colour, "line": design.line_colour, "fill": design.fill_colour},
        "words": _words(design, language),
    }


def signatories(design: CertificateDesign) -> list[dict]:
    return [{"name": block.value["name"], "title": block.value["title"]} for block in design.signatories]


def _words(design: CertificateDesign, language: str) -> dict:
    values = (block.value for block in design.wordings)
    found = next((value for value in values if value["language"] == language), {})
    return {name: found.get(name) or "" for name in WORDS}
