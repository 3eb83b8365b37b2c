"""Changes to what people answered and showed. Expected failures are exceptions named after the reason."""

from .attempts import (
    AlreadyAnswered,
    HandedIn,
    NotAnAnswer,
    NothingToAsk,
    NothingToPutRight,
    NoTriesLeft,
    hand_in,
    put_right,
    save_answer,
    start_attempt,
)
from .extra_tries import NotLocked, NotTheirTrainer, open_extra_try
from .observations import (
    AlreadySigned,
    NotAllowed,
    NotReady,
    NotSigned,
    save_observation,
    sign_off,
    start_observation,
    void_observation,
)

__all__ = [
    "AlreadyAnswered",
    "AlreadySigned",
    "HandedIn",
    "NoTriesLeft",
    "NotAllowed",
    "NotAnAnswer",
    "NotLocked",
    "NotReady",
    "NotSigned",
    "NotTheirTrainer",
    "NothingToAsk",
    "NothingToPutRight",
    "hand_in",
    "open_extra_try",
    "put_right",
    "save_answer",
    "save_observation",
    "sign_off",
    "start_attempt",
    "start_observation",
    "void_observation",
]
