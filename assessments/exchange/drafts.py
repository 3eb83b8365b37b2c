"""A whole question on its way between a file and the bank, and what stops it. Knows no rows."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import ListBlock, StructBlock

from .. import question_types
from .markup import one_line
from .moodle import Picture

LONGEST = {"case": 400, "stem": 250, "why": 300, "picture_alt": 150}
LONGEST_TAG = 100
LABELS = {
    "case": gettext_lazy("Story"),
    "stem": gettext_lazy("Question"),
    "why": gettext_lazy("Why"),
    "picture_alt": gettext_lazy("What the picture shows"),
}


@dataclass
class Draft:
    """`value` is the answer block's. `module`, `facts` and `language` are names as the file writes them. `picture` is a
    `moodle.Picture` on the way in, a Wagtail image on the way out. `place` says where in the file it stood; `name` what
    the file calls it.
    """

    type: str
    value: Any
    stem: str
    case: str = ""
    why: str = ""
    code: str = ""
    module: str = ""
    tags: list[str] = field(default_factory=list)
    difficulty: int | None = None
    critical: bool = False
    facts: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    language: str = ""
    picture: Any = None
    picture_alt: str = ""
    notes: list[str] = field(default_factory=list)
    place: str = ""
    line: int = 0
    name: str = ""

    @property
    def words(self) -> str:
        """What tells two questions to be the same: story and question."""
        return one_line(f"{self.case} {self.stem}")

    def as_json(self) -> dict:
        return _packed(vars(self))

    @classmethod
    def from_json(cls, data: dict) -> "Draft":
        return cls(**_unpacked(data))


@dataclass
class Fault:
    """What is wrong with a draft: the field or ("value", …path in the block), and a sentence."""

    path: tuple
    reason: str


def faults(draft: Draft) -> list[Fault]:
    """Everything that an editor would not let pass either, but for a «why», which a draft may still lack."""
    found = [] if draft.stem else [Fault(("stem",), _("The question has no words."))]
    for name, longest in LONGEST.items():
        if (length := len(getattr(draft, name))) > longest:
            told = _("%(field)s: at most %(longest)d letters, and here are %(length)d.")
            names = {"field": LABELS[name], "longest": longest, "length": length}
            found.append(Fault((name,), told % names))
    return found + _faults_of_value(draft)


def _faults_of_value(draft: Draft) -> list[Fault]:
    block = question_types.get(draft.type).block()
    try:
        value = block.to_python(_with_stand_ins(draft.value))
        block.clean(value)
    except ValidationError as error:
        leaves = [(path, reason) for path, reason in _leaves(error, block, ()) if not _is_picture(draft.value, path)]
        if not leaves and (problem := block.problem(draft.value)):
            leaves = [((), problem)]
        return [Fault(("value", *path), reason) for path, reason in leaves]
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError):
        return [Fault(("value",), _("The answers cannot be read."))]
    return []


def _is_picture(value: Any, path: tuple) -> bool:
    """A picture is no row yet, so its field looks empty."""
    for part in path:
        value = value[part]
    return isinstance(value, Picture)


def _leaves(error: ValidationError, block, path: tuple) -> Iterator[tuple[tuple, str]]:
    """Each message with the place in the value that it is about. Blocks nest their errors."""
    nested = getattr(error, "block_errors", None) or {}
    rows = nested.items() if isinstance(nested, dict) else enumerate(nested)
    for name, inner in rows:
        if inner is None:
            continue
        child = block.child_blocks[name] if isinstance(block, StructBlock) else getattr(block, "child_block", None)
        for deeper, reason in _leaves(inner, child, (*path, name)):
            yield deeper, f"{_label(child, name)}: {reason}" if isinstance(block, StructBlock | ListBlock) else reason
    if not nested:
        for message in error.messages:
            yield path, message


def _label(child, name) -> str:
    return str(name + 1) if isinstance(name, int) else str(child.label or name)


def _with_stand_ins(value: Any) -> Any:
    """Pictures are not rows yet: `None` stands for them where the block's other rules are asked."""
    if isinstance(value, dict):
        return {name: _with_stand_ins(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_stand_ins(part) for part in value]
    return None if isinstance(value, Picture) else value


def _packed(value: Any) -> Any:
    if isinstance(value, Picture):
        return {"picture_of": value.name, "alt": value.alt, "data": base64.b64encode(value.data).decode()}
    if isinstance(value, dict):
        return {name: _packed(part) for name, part in value.items()}
    return [_packed(part) for part in value] if isinstance(value, list) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict) and "picture_of" in value:
        return Picture(value["picture_of"], base64.b64decode(value["data"]), value["alt"])
    if isinstance(value, dict):
        return {name: _unpacked(part) for name, part in value.items()}
    return [_unpacked(part) for part in value] if isinstance(value, list) else value
