"""Images in the editors' library."""

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file


def make_images(data: dict) -> None:
    """The images that a question's data names by number, each of another colour."""
    for row in data.get("pictures", []):
        colour = (row["image"] % 256, 99, 99)
        if not get_image_model().objects.filter(pk=row["image"]).exists():
            make_image(row["text"], colour, pk=row["image"])


def make_image(title: str, colour=(43, 36, 112), size=(640, 480), **fields):
    file = get_test_image_file(filename="drawing.png", colour=colour, size=size)
    return get_image_model().objects.create(title=title, file=file, **fields)
