"""What a file is by its content, whatever its name says, and how long it plays. Pure: bytes in, answer out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tinytag import TinyTag, TinyTagException

from . import boxes, matroska
from .kinds import KINDS, Kind


class NotARecording(Exception):
    """None of the kinds that phones play, or damaged."""


@dataclass(frozen=True)
class Heard:
    kind: Kind
    seconds: float


def listen(file: BinaryIO) -> Heard:
    """Raises NotARecording."""
    file.seek(0)
    head = file.read(4096)
    try:
        found = next(_tried(head, file), None)
    except (TinyTagException, ValueError, ArithmeticError, IndexError, OSError) as error:
        raise NotARecording from error
    finally:
        file.seek(0)
    if found is None or not found.seconds > 0:
        raise NotARecording
    return found


def _tried(head: bytes, file: BinaryIO) -> Iterator[Heard]:
    if head[4:8] == b"ftyp":
        film, seconds = boxes.read(file)
        yield Heard(KINDS[".mp4" if film else ".m4a"], seconds)
    elif head.startswith(matroska.MAGIC):
        film, seconds = matroska.read(file)
        if film:
            yield Heard(KINDS[".webm"], seconds)
    elif head.startswith(b"OggS") and (b"OpusHead" in head or b"\x01vorbis" in head):
        yield Heard(KINDS[".ogg"], _seconds(file))
    elif head.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")):
        yield Heard(KINDS[".mp3"], _seconds(file))


def _seconds(file: BinaryIO) -> float:
    file.seek(0)
    return TinyTag.get(file_obj=file, tags=False).duration or 0.0
