"""Changes to what people answered and showed. Expected failures are exceptions named after the reason."""

from ..rules import Closed, MayNotStart, NothingToAsk, NotOpenYet, NoTriesLeft, QuestionsWait
from .answering import AlreadyAnswered, HandedIn, OutOfTime, Withdrawn, save_answer, take_answer
from .attempts import NotAnAnswer, NothingToPutRight, hand_in, hand_in_overdue, put_right
from .coaching import NothingToCoach, WrongDay, record_coaching
from .extra_tries import NotLocked, NotTheirTrainer, open_extra_try
from .observations import (
    AlreadySigned,
    ChangedMeanwhile,
    NeedsCoaching,
    NotAField,
    NotAllowed,
    NothingToFollow,
    NotReady,
    NotSigned,
    TooSoon,
    save_field,
    save_observation,
    sign_off,
    start_observation,
    void_observation,
)
from .regrades import (
    MayNotRegrade,
    NothingToRegrade,
    PreviewChanged,
    resume_regrades,
    run_regrade,
    start_regrade,
)
from .starting import start_attempt

__all__ = [
    "AlreadyAnswered",
    "AlreadySigned",
    "ChangedMeanwhile",
    "Closed",
    "HandedIn",
    "MayNotRegrade",
    "MayNotStart",
    "NeedsCoaching",
    "NoTriesLeft",
    "NotAField",
    "NotAllowed",
    "NotAnAnswer",
    "NotLocked",
    "NotOpenYet",
    "NotReady",
    "NotSigned",
    "NotTheirTrainer",
    "NothingToAsk",
    "NothingToCoach",
    "NothingToFollow",
    "NothingToPutRight",
    "NothingToRegrade",
    "OutOfTime",
    "PreviewChanged",
    "QuestionsWait",
    "TooSoon",
    "Withdrawn",
    "WrongDay",
    "hand_in",
    "hand_in_overdue",
    "open_extra_try",
    "put_right",
    "record_coaching",
    "resume_regrades",
    "run_regrade",
    "save_answer",
    "save_field",
    "save_observation",
    "sign_off",
    "start_attempt",
    "start_regrade",
    "start_observation",
    "take_answer",
    "void_observation",
]
