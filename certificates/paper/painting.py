"""Pictures as they stand in a PDF, worked out once; WeasyPrint would work them out for each file.

Half of a certificate's time went into its ornaments, which are the same in each of a look, a quarter into the square,
and half of its bytes into logos and signatures. The classes stand in for an image of WeasyPrint's.
"""

import io
import zlib

import pydyf
from defusedxml.ElementTree import fromstring
from PIL import Image
from weasyprint.images import RasterImage, SVGImage

from lms.core import squares

OPAQUE = (b"/A1.0 gs", b"/a1.0 gs")  # strokes and fills: as every group begins


class NotReplayable(Exception):
    """It uses something that belongs to one file: a font, a picture, a transparency."""


class Ornament:
    """An SVG, drawn by WeasyPrint once in a process; then what it drew is written again."""

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


class Square:
    """Dark modules in rows, each run of them a rectangle, in a unit of their own."""

    def __init__(self, dark: list[list[bool]]):
        self.dark = dark

    def get_intrinsic_size(self, image_resolution, font_size):
        return len(self.dark), len(self.dark), 1

    def draw(self, stream, width, height, style):
        stream.push_state()
        stream.transform(a=width / len(self.dark), d=height / len(self.dark))
        rectangles = "\n".join(f"{x} {y} {length} 1 re" for x, y, length in squares.runs(self.dark))
        stream.stream.append(f"0 0 0 rg\n{rectangles}\nf".encode())
        stream.pop_state()


class Tones(RasterImage):
    """A PNG with a table of its tones, as that and one number a pixel (ISO 32000-1, 8.6.6.3). Any other as it were."""

    def __init__(self, address: str, png: bytes):
        image = Image.open(io.BytesIO(png))
        super().__init__(image, address.partition(":")[2], png)
        self.table = bytes(image.getpalette("RGB") or [])
        self.pixels = zlib.compress(image.tobytes(), 9)

    def get_x_object(self, interpolate, dpi_ratio):
        if not self.table:
            return super().get_x_object(interpolate, dpi_ratio)
        tones = ["/Indexed", "/DeviceRGB", len(self.table) // 3 - 1, f"<{self.table.hex()}>"]
        said = {"Type": "/XObject", "Subtype": "/Image", "Width": self.width, "Height": self.height}
        said |= {"ColorSpace": pydyf.Array(tones), "BitsPerComponent": 8, "Filter": "/FlateDecode"}
        return pydyf.Stream([self.pixels], said | {"Interpolate": "true" if interpolate else "false"})
