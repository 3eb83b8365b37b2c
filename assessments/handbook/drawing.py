"""A book as a PDF."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from curriculum.paper import press
from curriculum.paper.press import Pressed

from .contents import Book

STYLE = Path(__file__).parent / "book.css"


def draw(book: Book, language: str, *, on_page: Callable[[int], None] = lambda page: None) -> Pressed:
    """In the language that is active. Raises press.MissingLibrary."""
    drawn = {"drawn_on": timezone.localdate(), "product_name": settings.PRODUCT_NAME}
    context = {"book": book, "language": language} | drawn
    html = render_to_string("assessments/handbook/book.html", context)
    return press.press(html, STYLE, on_page=on_page)
