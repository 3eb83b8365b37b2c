"""A logo or a signature as paper wants it: upright, on white, no larger than print can show, in as many tones as print
can show, and nothing said of it.

Pure: bytes in, bytes out. Transparency goes, because PDF/A readers and copiers each see it in their own way.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps

LONGEST_EDGE = 360  # pixels: 200 dpi at 45 mm, and a PDF stays small
JUST_WHITE = 8  # of 255: paper in a scan is never quite white
TONES = 32  # edges of ink stay smooth
PURE = 253  # what a mean of whites comes to
RECIPE = f"{LONGEST_EDGE}-{TONES}"  # pictures made by another one are others

PNG, JPEG = "image/png", "image/jpeg"


class NoPicture(Exception):
    """These bytes are no picture that can be read, or nothing is to be seen in it."""


@dataclass(frozen=True)
class Picture:
    data: bytes
    content_type: str
    width: int
    height: int


def for_paper(data: bytes) -> Picture:
    """A photograph stays a JPEG, the rest becomes PNG; the empty edge is cut off. Raises NoPicture."""
    try:
        opened = Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "GIF", "WEBP"])
        opened.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        kept_as = opened.format
        with _torn_ones_refused():
            drawn = _trimmed(_on_white(ImageOps.exif_transpose(opened)))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture from error
    drawn.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    return _written(drawn, kept_as == "JPEG")


@contextmanager
def _torn_ones_refused() -> Iterator[None]:
    """WeasyPrint lets Pillow fill up what is missing of a file, for the whole process."""
    filled_up, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = filled_up


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _trimmed(image: Image.Image) -> Image.Image:
    ink = ImageOps.invert(image).point(lambda value: 255 if value > JUST_WHITE else 0)
    if not (box := ink.getbbox()):
        raise NoPicture
    return image.crop(box)


def _written(image: Image.Image, as_jpeg: bool) -> Picture:
    """A new file of pixels only: what the old one told about camera, place and software stays behind."""
    fresh, file = Image.frombytes(image.mode, image.size, image.tobytes()), io.BytesIO()
    if as_jpeg:
        fresh.save(file, "JPEG", quality=80, subsampling=0, optimize=True)
    else:
        _in_few_tones(fresh).save(file, "PNG", optimize=True)
    return Picture(file.getvalue(), JPEG if as_jpeg else PNG, *fresh.size)


def _in_few_tones(image: Image.Image) -> Image.Image:
    """Those that lie farthest apart come first: a small dot of its own colour keeps it beside a large gradient."""
    few = image.quantize(TONES, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.putpalette([255 if tone >= PURE else tone for tone in few.getpalette("RGB")])
    return few
