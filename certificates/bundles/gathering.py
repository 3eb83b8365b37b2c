"""Pages of many PDFs into one: what several of them hold byte for byte (faces, ornaments) is kept once."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/Rotate", "/Group", "/Resources", "/Contents")


class Gathering:
    """A PDF in the making. Only what a page shows is taken over: no signatures, tags, attachments or links.

    What lies below a page has no way back up, so an object is taken over after all that it points to; two that then
    read the same are the same.
    """

    def __init__(self, title: str, note: str):
        self.pdf = Pdf.new()
        self.pdf.docinfo["/Title"], self.pdf.docinfo["/Subject"] = title, note
        self._known: dict[bytes, Object] = {}

    def add_pages(self, pdf: bytes) -> None:
        with opened(pdf) as source:
            for page in source.pages:
                shown = {name: page.obj[name] for name in BOXES if name in page.obj}
                self.add_page({name: self.take(thing) for name, thing in shown.items()})

    def add_page(self, entries: dict) -> None:
        self.pdf.pages.append(Page(self.pdf.make_indirect(Dictionary({"/Type": Name.Page} | entries))))

    def take(self, thing):
        """The same thing in this PDF."""
        if isinstance(thing, Stream):
            return self._kept(self._stream(thing))
        if isinstance(thing, Dictionary):
            copy = Dictionary({name: self.take(value) for name, value in thing.items()})
            return self._kept(copy) if thing.is_indirect else copy
        if isinstance(thing, Array):
            copy = Array([self.take(value) for value in thing])
            return self._kept(copy) if thing.is_indirect else copy
        return thing

    def save(self, file) -> None:
        self.pdf.save(file)

    def _stream(self, thing: Stream) -> Stream:
        copy = Stream(self.pdf, thing.read_raw_bytes())
        for name, value in thing.items():
            if name != "/Length":
                copy[name] = self.take(value)
        return copy

    def _kept(self, copy: Object) -> Object:
        key = hashlib.sha256(_as_read(copy)).digest()
        if key not in self._known:
            self._known[key] = copy if copy.is_indirect else self.pdf.make_indirect(copy)
        return self._known[key]


@contextmanager
def opened(pdf: bytes) -> Iterator[Pdf]:
    with Pdf.open(io.BytesIO(pdf)) as source:
        yield source


def _as_read(copy: Object) -> bytes:
    """What it says; what it points to is named by its number here, which is the same for the same."""
    if isinstance(copy, Stream):
        entries = Dictionary({name: value for name, value in copy.items() if name != "/Length"})
        return entries.unparse() + b"stream" + copy.read_raw_bytes()
    return copy.unparse()
