"""MP4 (ISO 14496-12): whether there is a picture, and how long it plays. Reads box heads, never the film itself."""

from collections.abc import Iterator
from typing import BinaryIO

HOLDS_OTHERS = {b"moov", b"trak", b"mdia"}


def read(file: BinaryIO) -> tuple[bool, float]:
    """(has a picture, seconds). Raises ValueError where there is no film head."""
    file.seek(0, 2)
    end = file.tell()
    film, seconds, sound = False, 0.0, False
    for name, content in _boxes(file, 0, end):
        if name == b"mvhd":
            seconds = _duration(content)
        elif name == b"hdlr":
            film, sound = film or content[8:12] == b"vide", sound or content[8:12] == b"soun"
    if not (film or sound):
        raise ValueError("neither sound nor picture")
    return film, seconds


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """The boxes that say something about the whole, with their content."""
    while start + 8 <= end:
        file.seek(start)
        size, name = int.from_bytes(file.read(4), "big"), file.read(4)
        head = 8
        if size == 1:
            size, head = int.from_bytes(file.read(8), "big"), 16
        size = size or end - start
        if size < head:
            raise ValueError("a box ends before it begins")
        if name in HOLDS_OTHERS:
            yield from _boxes(file, start + head, min(start + size, end))
        elif name in (b"mvhd", b"hdlr"):
            yield name, file.read(min(size - head, 128))
        start += size


def _duration(content: bytes) -> float:
    """Version 1 has 64-bit times."""
    at, width = (20, 8) if content[0] == 1 else (12, 4)
    scale = int.from_bytes(content[at : at + 4], "big")
    return int.from_bytes(content[at + 4 : at + 4 + width], "big") / scale
