"""A design on sample data: drawn as certificates are, shown as pictures, kept nowhere."""

from __future__ import annotations

import base64
import io
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2

from ..paper import assets, card, drawing
from . import samples

if TYPE_CHECKING:
    from ..models import CertificateDesign

ACROSS = 1200  # pixels of a page's longer edge
ONE_AT_A_TIME = Lock()  # the library that makes pictures of pages knows no threads


class Page(NamedTuple):
    width: int
    height: int
    address: str  # data:


class Preview(NamedTuple):
    """`fault`: why it cannot be drawn, then there are no pages. `pdf`: as an address, of a specimen."""

    pages: list[Page]
    pdf: str = ""
    fault: str = ""


def preview(design: CertificateDesign, mode: str) -> Preview:
    try:
        with assets.borrowing() as borrow:
            pdf = _drawn(samples.snapshot(design, mode, borrow), mode)
    except drawing.CannotDraw as error:
        return Preview([], fault=str(error))
    return Preview(_pages(pdf), pdf=_address("application/pdf", pdf) if mode == "specimen" else "")


def _drawn(snapshot: dict, mode: str) -> bytes:
    paper = card if mode == "card" else drawing
    return paper.draw(snapshot, samples.CREDENTIAL)


def _pages(pdf: bytes) -> list[Page]:
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_page(document[number]) for number in range(len(document))]
        finally:
            document.close()


def _page(page: pypdfium2.PdfPage) -> Page:
    image, file = page.render(scale=ACROSS / max(page.get_size())).to_pil(), io.BytesIO()
    image.save(file, "PNG", compress_level=3)
    return Page(*image.size, _address("image/png", file.getvalue()))


def _address(content_type: str, content: bytes) -> str:
    return f"data:{content_type};base64,{base64.b64encode(content).decode()}"
