"""When a question comes back. Pure: what is remembered of it is JSON, as the scheduling library writes its cards.

FSRS-6 (Ye, Su and Cao 2022, doi 10.1145/3534678.3539081; py-fsrs): with the library's own parameters, recall of 90 %,
whole days only, and no chance.
"""

from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler

from ..question_types import Grade

_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_ANY_ID = 1  # the library's own, which it would wait a millisecond for


def rating(grade: Grade) -> Rating:
    """Right: good. A slip of the pen, or right in part: hard. Else again."""
    if grade.right:
        return Rating.Good
    return Rating.Hard if grade.near or grade.share > 0 else Rating.Again


def answered(memory: dict | None, how: Rating, at: datetime) -> dict:
    """What is remembered after an answer; `memory` is None for the first one. `at` in UTC."""
    card = Card.from_dict(memory) if memory else Card(card_id=_ANY_ID, due=at)
    return _SCHEDULER.review_card(card, how, review_datetime=at)[0].to_dict()


def met_in_quiz(memory: dict | None, right: bool, at: datetime) -> dict:
    """As answered, for a mark of a quiz: what was wrong is due at once, as she has not practised it yet."""
    after = answered(memory, Rating.Good if right else Rating.Again, at)
    return after if right else after | {"due": at.isoformat()}


def due_at(memory: dict) -> datetime:
    return datetime.fromisoformat(memory["due"])


def last_at(memory: dict) -> datetime:
    """When it was last answered."""
    return datetime.fromisoformat(memory["last_review"])


def _first_interval() -> timedelta:
    at = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    return due_at(answered(None, Rating.Good, at)) - at


FIRST_INTERVAL = _first_interval()  # until what was right in a quiz comes back
