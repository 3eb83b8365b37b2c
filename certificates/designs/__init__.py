"""What a certificate can look like. One folder a design: page.html, page.css and its ornament."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.template import engines

from .hem import ornament as hem

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Design:
    id: str
    draw_ornament: Callable[[], str]

    def read(self, name: str) -> str:
        return (FOLDER / self.id / name).read_text(encoding="utf-8")

    @cached_property
    def template(self):
        return engines["django"].from_string(self.read("page.html"))

    @cached_property
    def css(self) -> str:
        return (FOLDER / "faces.css").read_text(encoding="utf-8") + self.read("page.css")

    @cached_property
    def ornament(self) -> bytes:
        return self.draw_ornament().encode()

    @cached_property
    def sha256(self) -> str:
        """Of everything that makes the look: a certificate says which design it was drawn with."""
        parts = (self.read("page.html").encode(), self.css.encode(), self.ornament)
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


DESIGNS = {design.id: design for design in (Design("hem", hem.ornament),)}
