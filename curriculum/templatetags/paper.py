import base64

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from lms.core import squares

from ..drawings import DRAWINGS
from ..paper import drawn

register = template.Library()

LARGE = "max-1000x1000|format-jpeg|jpegquality-80"


@register.simple_tag
def paper_drawing(name: str) -> SafeString:
    return drawn.drawing(name, str(DRAWINGS.get(name, name)))


@register.simple_tag
def paper_picture(image: AbstractImage | None) -> SafeString:
    """An editor's picture, carried by the page itself: nothing is fetched. Empty where it was deleted."""
    if image is None:
        return SafeString("")
    rendition = image if image.is_svg() else image.get_rendition(LARGE)
    with rendition.file.open("rb") as file:
        content = base64.b64encode(file.read()).decode()
    kind = "image/svg+xml" if image.is_svg() else "image/jpeg"
    alt = getattr(image, "contextual_alt_text", "") or image.title
    return format_html('<img src="data:{};base64,{}" alt="{}">', kind, content, alt)


@register.simple_tag
def square(address: str, millimetres: float, alt: str) -> SafeString:
    """The code that opens this address on a phone."""
    return squares.svg(address, millimetres, alt)
