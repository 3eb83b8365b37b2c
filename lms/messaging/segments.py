"""How many SMS a text takes: 3GPP TS 23.038 (the 7-bit alphabet and its extension table), 23.040 (joined messages)."""

from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape and a second septet each
SEVEN_BIT, UNICODE = "GSM-7", "UCS-2"
ALONE = {SEVEN_BIT: 160, UNICODE: 70}
JOINED = {SEVEN_BIT: 153, UNICODE: 67}
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."})
NARROW = str.maketrans({"\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Length:
    """`units` are septets or UTF-16 code units; `left` is how many more the last SMS holds."""

    encoding: str
    units: int
    segments: int
    left: int


def plain(text: str) -> str:
    """The same words without printers' quotes and dashes: one of them would make each SMS less than half as long."""
    return text.replace("\r\n", "\n").translate(PLAIN).translate(NARROW)


def length_of(text: str) -> Length:
    """How a gateway would cut this text. An empty one takes one SMS."""
    encoding = SEVEN_BIT if set(text) <= BASIC | EXTENDED else UNICODE
    sizes = [_size(character, encoding) for character in text]
    units = sum(sizes)
    if units <= ALONE[encoding]:
        return Length(encoding, units, 1, ALONE[encoding] - units)
    segments, filled = _pack(sizes, JOINED[encoding])
    return Length(encoding, units, segments, JOINED[encoding] - filled)


def _size(character: str, encoding: str) -> int:
    if encoding == SEVEN_BIT:
        return 2 if character in EXTENDED else 1
    return 2 if ord(character) > 0xFFFF else 1


def _pack(sizes: list[int], room: int) -> tuple[int, int]:
    """Segments, and how full the last one is: a pair is never cut in two."""
    segments, filled = 1, 0
    for size in sizes:
        if filled + size > room:
            segments, filled = segments + 1, 0
        filled += size
    return segments, filled
