"""Where a drawing's fonts and pictures come from: what it was handed, never the network or another file."""

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .typography import FONTS


class PageFetcher(URLFetcher):
    """`face:<file>` and the pictures it was given; anything else stops the drawing."""

    def __init__(self, pictures: dict[str, tuple[bytes, str]]):
        super().__init__()
        self.pictures = pictures

    def fetch(self, url, headers=None):
        if url in self.pictures:
            content, content_type = self.pictures[url]
            return URLFetcherResponse(url, content, {"Content-Type": content_type})
        kind, _, name = url.partition(":")
        if kind == "face" and (FONTS / name).parent == FONTS:
            return URLFetcherResponse(url, (FONTS / name).read_bytes(), {"Content-Type": "font/ttf"})
        raise FatalURLFetchingError(f"A certificate may not fetch {url[:80]}")
