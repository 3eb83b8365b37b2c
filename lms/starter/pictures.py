"""Pictures of questions: files beside the quiz become images of the editors' library, each once."""

import hashlib
from pathlib import Path

from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Collection
from willow.image import UnrecognisedImageFormatError

from .files import ContentError


def with_images(row: dict, path: Path) -> dict:
    """A question with the number of an image in the place of each file it names. Raises ContentError."""
    pictures = row.get("pictures")
    if not isinstance(pictures, list):
        return row
    numbered = [
        picture | {"image": image_beside(path, picture["file"], str(picture.get("text", ""))).pk}
        if isinstance(picture, dict) and "file" in picture
        else picture
        for picture in pictures
    ]
    return row | {"pictures": numbered}


def image_beside(path: Path, name: str, title: str, collection: Collection | None = None) -> AbstractImage:
    """The image of the library that a file beside `path` is, made where it is not there. Raises ContentError."""
    file = path.parent / str(name)
    if not file.is_file():
        raise ContentError(path, None, f"there is no picture «{name}» beside it")
    images = get_image_model().objects
    if found := images.filter(file_hash=hashlib.sha1(file.read_bytes(), usedforsecurity=False).hexdigest()).first():
        return found
    with file.open("rb") as opened:
        try:
            shelf = {"collection": collection} if collection else {}
            image = images.create(title=title or file.stem, file=ImageFile(opened, name=file.name), **shelf)
        except UnrecognisedImageFormatError as error:
            raise ContentError(path, None, f"«{name}» is not a picture: use WebP, PNG or JPEG") from error
    image.get_file_hash()
    return image
