"""Simulated results: people of a known strength answer questions of a known difficulty, the same each time.

The two-parameter logistic model (Birnbaum, in Lord & Novick, Statistical Theories of Mental Test Scores, 1968, ch. 17):
the chance to be right is 1 / (1 + e^(−a (strength − difficulty))). A negative `a` is a wrong key.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from math import exp
from random import Random
from uuid import UUID, uuid4

from django.utils import timezone

from assessments import question_types
from assessments.analysis.chosen import chosen
from assessments.models import Attempt, Mark

OPTIONS = ("Right", "Wrong one", "Wrong two", "Never chosen")
VALUE = {"options": [{"text": text, "right": text == "Right", "feedback": "", "weight": None} for text in OPTIONS]}


@dataclass(frozen=True)
class Simulated:
    """A question to simulate: how steep, how hard, how many seconds it takes."""

    question: UUID
    slope: float = 1.2
    difficulty: float = 0.0
    seconds: int = 30
    revision: int | None = None
    stem: str = "What do you do?"
    lure: bool = False  # strong people who miss it choose the second answer


def is_right(one: Simulated, strength: float, random: Random) -> bool:
    return random.random() < 1 / (1 + exp(-one.slope * (strength - one.difficulty)))


def responses(questions: list[Simulated], people: int, seed: int = 7) -> list[list[int]]:
    """A row a person, 1 where right: for the formulas alone."""
    random = Random(seed)
    return [[int(is_right(one, strength, random)) for one in questions] for strength in _strengths(people, random)]


def attempts(
    people: list, questions: list[Simulated], unit_key: UUID, *, seed: int = 7, gain: float = 0.0, **fields
) -> list[Attempt]:
    """One attempt handed in by each person, with its paper and marks, as `services.hand_in` leaves them.

    `gain` is added to everyone's strength: the same seed with a gain is the same people after a course.
    """
    random = Random(seed)
    strengths = _strengths(len(people), random)
    made, marks = [], []
    for person, strength in zip(people, strengths, strict=True):
        attempt, rows = _attempt(person, questions, unit_key, strength + gain, random, fields)
        made.append(attempt)
        marks += rows
    Attempt.objects.bulk_create(made, batch_size=500)
    Mark.objects.bulk_create(marks, batch_size=2000)
    return made


def _strengths(people: int, random: Random) -> list[float]:
    return [random.gauss(0, 1) for _ in range(people)]


def _attempt(person, questions, unit_key, strength, random, fields) -> tuple[Attempt, list[Mark]]:
    paper, key = _paper(questions, random)
    by_key = {str(one.question): one for one in questions}
    now = timezone.now()
    values = {
        "title": "Simulated quiz",
        "purpose": "certifying",
        "number": 1,
        "language": "en",
        "country_code": person.country_id,
        "pass_mark": 80,
        "started_at": now - timedelta(minutes=10),
        "handed_in_at": now,
    }
    attempt = Attempt(id=uuid4(), person=person, unit_key=unit_key, paper=paper, key=key, **(values | fields))
    marks = [
        _mark(attempt, place, item, by_key[item["question"]], strength, random) for place, item in enumerate(paper, 1)
    ]
    attempt.score = sum((mark.share for mark in marks), Decimal(0))
    return attempt, marks


def _paper(questions: list[Simulated], random: Random) -> tuple[list[dict], dict]:
    """In a random order, the answers of each in an order and with ids of their own."""
    paper, key = [], {}
    for one in random.sample(questions, len(questions)):
        id_ = f"{random.randrange(16**8):08x}"
        item, key[id_] = question_types.get("single").freeze(VALUE, random)
        told = {"question": str(one.question), "revision": one.revision, "type": "single", "stem": one.stem}
        paper.append({"id": id_, "item": item, "case": "", "critical": False, "facts": [], "why": ""} | told)
    return paper, key


def _mark(attempt: Attempt, place: int, item: dict, one: Simulated, strength: float, random: Random) -> Mark:
    right = is_right(one, strength, random)
    text = OPTIONS[0] if right else OPTIONS[1] if one.lure and strength > 0 else random.choice(OPTIONS[1:3])
    response = next(option["id"] for option in item["item"]["options"] if option["text"] == text)
    return Mark(
        attempt=attempt,
        item_id=item["id"],
        position=place,
        of=len(attempt.paper),
        question=one.question,
        revision=one.revision,
        response=response,
        chosen=chosen(item, response),
        right=right,
        share=Decimal(int(right)),
        seconds=max(1, round(random.gauss(one.seconds, one.seconds / 5))),
    )
