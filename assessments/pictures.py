"""Pictures of papers: a small copy of each, so that a paper reads the same when an image is edited or deleted."""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image as Drawing
from PIL import ImageOps, UnidentifiedImageError
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError

from .models import PaperPicture
from .question_types.images import SIDE

HEAVIEST = 15_000  # bytes
WAYS = [(side, quality) for side in (SIDE, SIDE * 3 // 4, SIDE // 2, SIDE // 4) for quality in (75, 60, 45, 30, 15)]

logger = logging.getLogger(__name__)


def keep(paper: list[dict]) -> None:
    """See that every picture of a paper has its copy. Idempotent; one query where the paper shows pictures.

    An image whose file is lost is logged and left out: its words stand in its place, and the paper is served.
    """
    wanted = set(_names(paper))
    missing = wanted - set(PaperPicture.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    copies = [PaperPicture(name=name, data=data) for name in sorted(missing) if (data := drawn(name))]
    PaperPicture.objects.bulk_create(copies, ignore_conflicts=True)


def drawn(name: str) -> bytes | None:
    """The copy of the image with this content, made now."""
    image = get_image_model().objects.filter(file_hash=name).first()
    if image is None:
        return None
    try:
        return small(image)
    except (SourceImageIOError, UnidentifiedImageError, OSError):
        logger.exception("No copy of picture %s could be made", name)
        return None


def small(image: AbstractImage) -> bytes:
    """The best WebP of an image that weighs no more than 15 kB."""
    with image.open_file() as file:
        original = ImageOps.exif_transpose(Drawing.open(file))
        colours = original.convert("RGBA" if original.has_transparency_data else "RGB")
    return next(data for data in _ever_smaller(colours) if len(data) <= HEAVIEST)


def _ever_smaller(original: Drawing.Image) -> Iterator[bytes]:
    for side, quality in WAYS:
        fitted = original.copy()
        fitted.thumbnail((side, side))
        written = BytesIO()
        fitted.save(written, "WEBP", quality=quality, method=6)
        yield written.getvalue()


def _names(part: Any) -> Iterator[str]:
    """The names of all pictures anywhere in a paper."""
    if isinstance(part, dict):
        if part.get("src"):
            yield part["src"]
        for value in part.values():
            yield from _names(value)
    elif isinstance(part, list):
        for value in part:
            yield from _names(value)
