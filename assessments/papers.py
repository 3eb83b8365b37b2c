"""Draws a paper: freezes questions into items and their key, in an order that differs from the last one. Pure."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from . import question_types

DRAWS = 20  # a paper of one true-or-false question cannot differ; any other does within a few


@dataclass(frozen=True)
class Asked:
    """A question as its paper keeps it."""

    question: str
    type: str
    value: Any
    stem: str
    why: str
    case: str = ""
    critical: bool = False
    revision: int | None = None
    facts: list[str] = field(default_factory=list)


def draw(questions: list[Asked], random: Random, previous: list[dict] | None = None) -> tuple[list[dict], dict]:
    """The paper (items as she sees them) and the key by item id. Reads differently from `previous`."""
    paper, key = _freeze(questions, random)
    for _ in range(DRAWS):
        if _reads(paper) != _reads(previous or []):
            break
        paper, key = _freeze(questions, random)
    return paper, key


def _freeze(questions: list[Asked], random: Random) -> tuple[list[dict], dict]:
    order = random.sample(questions, len(questions))
    ids = [f"{id_:08x}" for id_ in random.sample(range(16**8), len(order))]
    paper, key = [], {}
    for id_, asked in zip(ids, order, strict=True):
        item, key[id_] = question_types.get(asked.type).freeze(asked.value, random)
        paper.append({"id": id_, "item": item} | {name: getattr(asked, name) for name in KEPT})
    return paper, key


KEPT = ("question", "revision", "type", "case", "stem", "critical", "facts", "why")


def _reads(paper: list[dict]) -> list:
    """A paper as she would compare it with another: the order of its questions, or what its only question shows."""
    if len(paper) > 1:
        return [item["question"] for item in paper]
    return [_without_ids(item["item"]) for item in paper]


def _without_ids(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _without_ids(value) for name, value in part.items() if name != "id"}
    return [_without_ids(value) for value in part] if isinstance(part, list) else part
