"""Draws a paper: chooses its questions, freezes them into items and their key, and differs from the last one. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from . import question_types
from .sections import Section, all_of, key

DRAWS = 20  # the answers of one question fall into the same order so often by chance only where there is no other


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
    picture: dict = field(default_factory=dict)


# Which questions ------------------------------------------------------------------------------------------------------


def choose(asked: Sequence[Section], random: Random, seen: Sequence[Collection[str]] = ()) -> list:
    """The questions of a paper in the order of its sections, none twice, as many as there can be.

    What she has not met comes first, then what she met longest ago: `seen` are the questions (translation keys) of her
    last papers, the newest first. Greedy in this order with exchanges between overlapping pools, which is the best
    choice (a transversal matroid: Edmonds and Fulkerson 1965).
    """
    pools = [{key(question) for question in section.pool} for section in asked]
    drawn: list[list] = [[] for _ in asked]
    for question in _by_preference(asked, random, seen):
        _seat(question, asked, pools, drawn, set())
    return [question for section, chosen in zip(asked, drawn, strict=True) for question in (*section.fixed, *chosen)]


def _by_preference(asked: Sequence[Section], random: Random, seen: Sequence[Collection[str]]) -> list:
    pool = all_of(Section(pool=section.pool) for section in asked)
    random.shuffle(pool)
    return sorted(pool, key=lambda question: _met(key(question), seen), reverse=True)


def _met(question: str, seen: Sequence[Collection[str]]) -> int:
    """How many papers ago she met it; more than there are where she never did."""
    return next((ago for ago, paper in enumerate(seen) if question in paper), len(seen))


def _seat(question, asked: Sequence[Section], pools: list[set], drawn: list[list], tried: set[int]) -> bool:
    """Whether a question finds a place in a section that may draw it, others moving over if they must."""
    for place, section in enumerate(asked):
        if place in tried or key(question) not in pools[place]:
            continue
        tried.add(place)
        if len(drawn[place]) < section.count:
            drawn[place].append(question)
            return True
        moved = next((other for other in drawn[place] if _seat(other, asked, pools, drawn, tried)), None)
        if moved is not None:
            drawn[place].remove(moved)
            drawn[place].append(question)
            return True
    return False


# The paper ------------------------------------------------------------------------------------------------------------


def draw(
    questions: Sequence[Asked],
    random: Random,
    previous: list[dict] | None = None,
    *,
    mix_questions: bool = True,
    mix_answers: bool = True,
) -> tuple[list[dict], dict]:
    """The paper (items as she sees them) and the key by item id.

    Reads differently from `previous`: in the order of its questions where they are mixed, else in its answers, and in
    its order all the same where nothing else can differ.
    """
    before = [item["question"] for item in previous or []]
    order = list(questions)
    if mix_questions:
        order = _turned(random.sample(order, len(order)), before)
    paper, keys = _freeze(order, random, mix_answers)
    for _ in range(DRAWS):
        if _reads(paper) != _reads(previous or []):
            return paper, keys
        paper, keys = _freeze(order, random, True)
    return _freeze(_turned(order, before), random, mix_answers)


def _turned(order: list[Asked], before: list[str]) -> list[Asked]:
    """The first question last, where these stood in the same order before."""
    return order[1:] + order[:1] if [asked.question for asked in order] == before else order


def _freeze(order: list[Asked], random: Random, mix_answers: bool) -> tuple[list[dict], dict]:
    ids = [f"{id_:08x}" for id_ in random.sample(range(16**8), len(order))]
    paper, keys = [], {}
    for id_, asked in zip(ids, order, strict=True):
        item, keys[id_] = question_types.get(asked.type).freeze(asked.value, random, shuffle=mix_answers)
        paper.append({"id": id_, "item": item} | {name: getattr(asked, name) for name in KEPT})
    return paper, keys


KEPT = ("question", "revision", "type", "case", "stem", "critical", "facts", "picture", "why")


def _reads(paper: list[dict]) -> list:
    """A paper as she would compare it with another."""
    return [(item["question"], _without_ids(item["item"])) for item in paper]


def _without_ids(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _without_ids(value) for name, value in part.items() if name != "id"}
    return [_without_ids(value) for value in part] if isinstance(part, list) else part
