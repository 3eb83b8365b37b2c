"""Reading over several models. One file a subject; callers take everything from here."""

from .asking import asked, guarded_questions, responses, shown_items
from .pages import records_of
from .practicals import practical_page, practicals_of
from .quizzes import (
    QuizState,
    attempts_to_answer,
    locked_attempts,
    offered_attempts,
    overdue_attempts,
    quiz_link,
    quiz_page,
    quiz_state,
    quiz_to_read,
)

__all__ = [
    "QuizState",
    "asked",
    "attempts_to_answer",
    "guarded_questions",
    "locked_attempts",
    "offered_attempts",
    "overdue_attempts",
    "practical_page",
    "practicals_of",
    "quiz_link",
    "quiz_page",
    "quiz_state",
    "quiz_to_read",
    "records_of",
    "responses",
    "shown_items",
]
