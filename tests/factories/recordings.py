"""Recordings as phones and computers write them, made of their heads: a few bytes that say what a real file says."""

import struct

from django.core.files.base import ContentFile

from curriculum.models import Recording


def mp3(seconds: float = 10, frames_of: int = 104) -> bytes:
    """MPEG-1 layer III at 32 kbit/s, 44.1 kHz, one channel: frames of 104 bytes with 1,152 samples each."""
    frame = b"\xff\xfb\x10\xc4" + bytes(frames_of - 4)
    return frame * round(seconds * 44_100 / 1152)


def ogg(seconds: float = 10, *, first: bytes = b"OpusHead", filling: int = 0) -> bytes:
    """Ogg (RFC 3533) with an Opus stream (RFC 7845): head, tags, and a last page that says when it ends."""
    head = first + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
    pages = [_page(2, 0, 0, head), _page(0, 0, 1, tags)]
    pages += [_page(0, 0, 2 + n, bytes(250)) for n in range(filling // 250)]
    return b"".join(pages) + _page(4, round(seconds * 48_000), 2 + filling // 250, bytes(250))


def mp4(seconds: float = 10, *handlers: bytes, filling: int = 0) -> bytes:
    """MP4 (ISO 14496-12) with tracks of these handlers; none: one with a picture and one with sound."""
    mvhd = _box(b"mvhd", bytes(12) + struct.pack(">II", 1000, round(seconds * 1000)) + bytes(80))
    tracks = b"".join(
        _box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + handler + bytes(12))))
        for handler in handlers or (b"vide", b"soun")
    )
    return _box(b"ftyp", b"isom\0\0\0\0isom") + _box(b"mdat", bytes(filling)) + _box(b"moov", mvhd + tracks)


def webm(seconds: float | None = 10, *, track: int = 1) -> bytes:
    """WebM (RFC 9559) of one track, with or without its length."""
    length = _element("4489", struct.pack(">d", seconds * 1000)) if seconds else b""
    info = _element("1549A966", _element("2AD7B1", (1_000_000).to_bytes(3, "big")) + length)
    tracks = _element("1654AE6B", _element("AE", _element("83", bytes([track]))))
    cluster = _element("1F43B675", bytes(500))
    return _element("1A45DFA3", b"\x42\x82\x84webm") + _element("18538067", info + tracks + cluster)


def make_recording(title: str = "Ask with kindness", content: bytes | None = None, name: str = "a.mp3", **fields):
    values = {"type": "audio", "duration": 10, "transcript": "Good morning.\n\nI ask everybody these questions."}
    recording = Recording(title=title, **(values | fields))
    recording.file.save(name, ContentFile(mp3() if content is None else content))
    return recording


def _page(kind: int, granule: int, number: int, content: bytes) -> bytes:
    sizes = bytes([255] * (len(content) // 255) + [len(content) % 255])
    return b"OggS" + struct.pack("<BBqIII", 0, kind, granule, 7, number, 0) + bytes([len(sizes)]) + sizes + content


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def _element(name: str, content: bytes) -> bytes:
    return bytes.fromhex(name) + (1 << 56 | len(content)).to_bytes(8, "big") + content
