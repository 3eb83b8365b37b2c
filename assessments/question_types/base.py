"""What a question type is. Freezing and grading are pure: no database, no clock, no request."""

from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from django.http import QueryDict
from wagtail.blocks import StructBlock, StructValue


@dataclass(frozen=True)
class Grade:
    """Whether the response is right, and how much of it (0 to 1)."""

    right: bool
    share: float


class QuestionType(Protocol):
    name: str  # the block's name in a question, and the type's name in papers and files
    label: Any
    template: str  # draws the field: gets `item` (public part) and `response`

    def block(self) -> StructBlock:
        """The editor's block, with validation that explains."""

    def freeze(self, value: StructValue, random: Random) -> tuple[dict, dict]:
        """The public part (as she sees it, shuffled) and the key. Both are JSON and share ids, never the key's order."""

    def read(self, item: dict, data: QueryDict, name: str) -> Any:
        """Her response from a posted form, as JSON; None where nothing or nothing possible was answered."""

    def grade(self, key: dict, response: Any) -> Grade:
        """Total: never raises on a malformed response, which is wrong."""

    def in_words(self, item: dict, response: Any) -> list[str]:
        """A response as lines a person reads; works for the right answer too (`right_response`)."""

    def right_response(self, item: dict, key: dict) -> Any:
        """The response that grades as right."""

    def from_file(self, data: dict) -> dict:
        """The block's value from a starter file's question; raises ValueError with what is wrong."""
