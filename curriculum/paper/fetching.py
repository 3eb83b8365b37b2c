"""Where a page's icons, patterns and pictures come from: this package and the page itself, never the network."""

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from lms.core.faces import FONTS

from . import drawn

SVG = {"Content-Type": "image/svg+xml"}


class PaperFetcher(URLFetcher):
    """`face:<file>`, `icon:<name>/<colour>`, the cloth's `dots:` and `hem:`, `data:`; anything else stops the press."""

    def fetch(self, url, headers=None):
        kind, _, name = url.partition(":")
        if kind == "face" and (FONTS / name).parent == FONTS:
            return URLFetcherResponse(url, (FONTS / name).read_bytes(), {"Content-Type": "font/ttf"})
        if kind in drawn.PATTERNS:
            return URLFetcherResponse(url, drawn.PATTERNS[kind].encode(), SVG)
        if kind == "icon":
            return URLFetcherResponse(url, drawn.icon(*name.split("/")).encode(), SVG)
        if kind == "data":
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"A page may not fetch {url[:80]}")
