"""Pictures inside a file of questions: looked at, and without what a camera wrote into them."""

import base64
import binascii
import io
import re
import warnings

from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .moodle import Picture

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 20_000_000
KEPT_IN_JPEG = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression", "adobe",
                "adobe_transform"}  # fmt: skip


class PictureRefused(Exception):
    """The argument is a sentence that says why."""


def decoded(text: str) -> bytes:
    """The bytes of base64 text, line breaks allowed. Raises PictureRefused."""
    if len(text) > MAX_BYTES * 3 // 2:
        raise PictureRefused(_("A picture is larger than 2 MB."))
    try:
        return base64.b64decode(re.sub(r"\s+", "", text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise PictureRefused(_("A picture is broken: its base64 cannot be read.")) from error


def picture_of(image, alt: str = "") -> Picture | None:
    """A Wagtail image as it travels; None where there is none. Raises PictureRefused, also for a lost file."""
    if image is None or isinstance(image, Picture):
        return image
    try:
        with image.open_file() as file:
            data, ending = clean(file.read())
    except OSError as error:
        raise PictureRefused(_("The file of a picture is not there.")) from error
    return Picture(f"{slugify(image.title)[:40] or 'picture'}.{ending}", data, alt)


def clean(data: bytes) -> tuple[bytes, str]:
    """The picture as PNG or JPEG without metadata, and its file ending. Raises PictureRefused.

    What is clean already stays as it is, byte for byte: a JPEG loses nothing on a second journey.
    """
    if len(data) > MAX_BYTES:
        raise PictureRefused(_("A picture is larger than 2 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _cleaned(data)
    except PictureRefused:
        raise
    except Exception as error:  # Pillow raises whatever a broken part makes it stumble over
        raise PictureRefused(_("A picture cannot be opened. Use PNG or JPEG.")) from error


def _cleaned(data: bytes) -> tuple[bytes, str]:
    image = Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "GIF", "WEBP"])
    if image.width * image.height > MAX_PIXELS:
        raise PictureRefused(_("A picture has more than 20 million points. Make it smaller."))
    image.load()
    if image.format != "JPEG":
        return _as_png(image), "png"
    if set(image.info) <= KEPT_IN_JPEG and data.endswith(b"\xff\xd9"):
        return data, "jpg"
    out = io.BytesIO()
    upright = ImageOps.exif_transpose(image)
    upright.info = {}
    upright.save(out, "JPEG", quality=90, exif=b"", icc_profile=None)
    return out.getvalue(), "jpg"


def _as_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    modes = {"1", "L", "LA", "P", "RGB", "RGBA"}
    upright = ImageOps.exif_transpose(image)
    transparent = upright.info.get("transparency")
    upright = upright if upright.mode in modes else upright.convert("RGBA")
    upright.info = {} if transparent is None else {"transparency": transparent}
    upright.save(out, "PNG")
    return out.getvalue()
