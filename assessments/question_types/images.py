"""An image as a paper shows it: the name of the paper's own copy and the room it takes. `pictures` makes the copy."""

from typing import Any

SIDE = 400  # pixels at most, wide and high: half a phone's width on a dense screen


def shown(image: Any, alt: str = "") -> dict:
    """{src, width, height, alt}; nothing where there is no image, or no longer.

    The name is the hash of the image's content, as Wagtail keeps it: another content is another picture.
    """
    if not image:
        return {}
    scale = min(1, SIDE / max(image.width, image.height))
    width, height = (max(1, round(side * scale)) for side in (image.width, image.height))
    return {"src": image.get_file_hash(), "width": width, "height": height, "alt": alt}


class Line(str):
    """The words of a picture, as a line of an answer: `picture` may be drawn beside them."""

    picture: dict

    def __new__(cls, words: str, picture: dict):
        line = super().__new__(cls, words)
        line.picture = picture | {"alt": ""}  # the words stand beside it
        return line
