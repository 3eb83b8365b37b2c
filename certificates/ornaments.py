"""Ornaments in a PDF: each is drawn by WeasyPrint once in a process, then what it drew is written again as it was.

Half of the time of a certificate went into its ornaments, which are the same on every certificate of a look.
"""

from defusedxml.ElementTree import fromstring
from weasyprint.images import SVGImage

OPAQUE = (b"/A1.0 gs", b"/a1.0 gs")  # strokes and fills: as every group begins


class NotReplayable(Exception):
    """It uses something that belongs to one file: a font, a picture, a transparency."""


class Ornament:
    """Stands in for WeasyPrint's image of an SVG."""

    def __init__(self, address: str, svg: bytes):
        self.address = address
        self.image = SVGImage(fromstring(svg), address, None, None)
        self.drawn: dict[tuple[float, float], bytes] = {}

    def get_intrinsic_size(self, image_resolution, font_size):
        return self.image.get_intrinsic_size(image_resolution, font_size)

    def draw(self, stream, width, height, style):
        if (width, height) not in self.drawn:
            self.drawn[width, height] = self._recorded(stream, width, height, style)
        stream.stream.append(self.drawn[width, height])

    def _recorded(self, stream, width, height, style) -> bytes:
        """Drawn aside, so that the first file gets the same bytes as the next ones."""
        aside = stream.clone(resources={"ExtGState": {}})
        self.image.draw(aside, width, height, style)
        parts = (part if isinstance(part, bytes) else str(part).encode() for part in aside.stream)
        drawn = b"\n".join(part for part in parts if part not in OPAQUE)
        if b"/" in drawn:
            raise NotReplayable(self.address)
        return drawn
