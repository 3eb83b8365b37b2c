"""WebM (RFC 9559, RFC 8794): whether there is a picture, and how long it plays. Reads heads, never the film itself."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

MAGIC = b"\x1a\x45\xdf\xa3"
SEGMENT, INFO, SCALE, DURATION = 0x18538067, 0x1549A966, 0x2AD7B1, 0x4489
TRACKS, TRACK, TRACK_TYPE, CLUSTER = 0x1654AE6B, 0xAE, 0x83, 0x1F43B675
HOLDS_OTHERS = {SEGMENT, INFO, TRACKS, TRACK}
PICTURE = 1
NANOSECONDS = 1_000_000_000


def read(file: BinaryIO) -> tuple[bool, float]:
    """(has a picture, seconds; 0 where the file does not say)."""
    file.seek(0, 2)
    end = file.tell()
    film, scale, duration = False, 1_000_000, 0.0
    for name, content in _elements(file, 0, end):
        if name == SCALE:
            scale = int.from_bytes(content, "big")
        elif name == DURATION:
            duration = struct.unpack(">f" if len(content) == 4 else ">d", content)[0]
        elif name == TRACK_TYPE:
            film = film or int.from_bytes(content, "big") == PICTURE
    return film, duration * scale / NANOSECONDS


def _elements(file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The elements that say something about the whole; from the first cluster on there are none."""
    while start < end:
        file.seek(start)
        name = _number(file, keep_length=True)
        size = _number(file)
        at = file.tell()
        if name == CLUSTER:
            return
        stop = end if size is None else min(at + size, end)
        if name in HOLDS_OTHERS:
            yield from _elements(file, at, stop)
        elif name in (SCALE, DURATION, TRACK_TYPE):
            yield name, file.read(min(size, 8))
        start = stop


def _number(file: BinaryIO, *, keep_length: bool = False) -> int | None:
    """A number of one to eight bytes: its leading zero bits say how many. None: «not known»."""
    first = file.read(1)
    if not first or not first[0]:
        raise ValueError("not a number of this format")
    width = 9 - first[0].bit_length()
    value = int.from_bytes(first + file.read(width - 1), "big")
    if keep_length:
        return value
    bits = (1 << 7 * width) - 1
    return None if value & bits == bits else value & bits
