"""Where a drawing's fonts and ornaments come from: this package, never the network or another file."""

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .designs import Design
from .designs.shapes import lozenge
from .typography import FONTS

SVG = {"Content-Type": "image/svg+xml"}


class DesignFetcher(URLFetcher):
    """`design:ornament`, `design:lozenge` and `face:<file>`; anything else stops the drawing."""

    def __init__(self, design: Design):
        super().__init__()
        self.design = design

    def fetch(self, url, headers=None):
        kind, _, name = url.partition(":")
        if kind == "face" and (FONTS / name).parent == FONTS:
            return URLFetcherResponse(url, (FONTS / name).read_bytes(), {"Content-Type": "font/ttf"})
        if url == "design:ornament":
            return URLFetcherResponse(url, self.design.ornament, SVG)
        if url == "design:lozenge":
            return URLFetcherResponse(url, lozenge().encode(), SVG)
        raise FatalURLFetchingError(f"A certificate may not fetch {url}")
