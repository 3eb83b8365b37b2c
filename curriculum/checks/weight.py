"""What a lesson weighs for a phone: its cards as they are sent, drawings apart, and what is loaded on a tap."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .remark import Remark

BODY = 6 * 1024  # of the page's 14 kB; style, script and frame take the rest
DRAWING = 4 * 1024
ORIGINAL = 5_000_000  # of an uploaded picture: phones get small copies of it
SOUND = 2_000_000
FILM = 15_000_000
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
DRAWN = settings.ROOT / "templates" / "curriculum" / "drawings"


@dataclass(frozen=True)
class Part:
    """Something that is loaded besides the page, and the most it should weigh."""

    what: str
    name: str
    size: int
    most: int

    @property
    def is_heavy(self) -> bool:
        return self.size > self.most


@dataclass(frozen=True)
class Weight:
    body: int
    parts: tuple[Part, ...]
    most: int = BODY

    @property
    def is_heavy(self) -> bool:
        return self.body > self.most or any(part.is_heavy for part in self.parts)

    @cached_property
    def heavy_parts(self) -> list[Part]:
        return [part for part in self.parts if part.is_heavy]


def weigh(html: str, cards) -> Weight:
    """`html`: the cards as drawn for a page. Drawings are taken out of it and weighed each for itself."""
    return Weight(_packed(SVG.sub("", html)), tuple(part for card in cards for part in _parts(card)))


def remarks(weight: Weight) -> Iterator[Remark]:
    if weight.body > weight.most:
        says = _("The cards weigh %(size)s, at most %(most)s. Make two lessons of it, or leave a card out.")
        yield Remark(says % {"size": filesizeformat(weight.body), "most": filesizeformat(weight.most)})
    for part in weight.heavy_parts:
        says = _("%(what)s “%(name)s” weighs %(size)s, at most %(most)s: she pays for every megabyte.")
        values = {"what": part.what, "name": part.name}
        yield Remark(says % (values | {"size": filesizeformat(part.size), "most": filesizeformat(part.most)}))


def _parts(card) -> Iterator[Part]:
    picture, recording = card.value.get("picture"), card.value.get("recording")
    if picture is not None:
        yield Part(_("The picture"), picture.title, picture.get_file_size() or 0, ORIGINAL)
    if recording is not None:
        most = FILM if recording.type == "video" else SOUND
        yield Part(_("The recording"), recording.title, recording.file.size, most)
    if card.block_type == "drawing" and (DRAWN / f"{card.value['name']}.svg").is_file():
        name = card.value["name"]
        yield Part(_("The drawing"), name, _packed((DRAWN / f"{name}.svg").read_text(encoding="utf-8")), DRAWING)


def _packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))
