"""A question as GIFT and Moodle XML know it, in plain text. Neither our bank nor the files' syntax."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

FULL = Decimal(100)
DIGITS = 20  # before or behind the point: 1e999999999 written out would fill the memory


class Kind(StrEnum):
    """Moodle's names. The last ones are known only to say why they are not taken."""

    MULTICHOICE = "multichoice"
    TRUE_FALSE = "truefalse"
    SHORT_ANSWER = "shortanswer"
    NUMERICAL = "numerical"
    MATCHING = "matching"
    ORDERING = "ordering"
    GAPS = "gapselect"
    CLOZE = "cloze"
    ESSAY = "essay"
    DESCRIPTION = "description"
    OTHER = "other"


@dataclass
class Picture:
    """Bytes that were looked at: see `images.clean`."""

    name: str
    data: bytes
    alt: str = ""


@dataclass
class Answer:
    """`fraction` is a percentage. `match`: what a prompt belongs to. `group`: of a gap's choices, from 1."""

    text: str
    fraction: Decimal = Decimal(0)
    feedback: str = ""
    tolerance: str = "0"
    match: str = ""
    group: int = 1
    picture: Picture | None = None

    @property
    def is_right(self) -> bool:
        return self.fraction > 0


@dataclass
class Question:
    """`paragraphs` is the text; a story before it stands in `story`. Gaps stand in it as [[1]], numbered by answer.

    `other` is the type's own name where `kind` is OTHER. `notes` says what the file holds and we do not.
    """

    kind: Kind
    paragraphs: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    single: bool = True
    feedback: str = ""
    wrong_feedback: str = ""
    unit: str = ""
    name: str = ""
    idnumber: str = ""
    category: str = ""
    tags: list[str] = field(default_factory=list)
    picture: Picture | None = None
    other: str = ""
    line: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def right(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.is_right]

    def note(self, words) -> None:
        """Each note once."""
        if str(words) not in self.notes:
            self.notes.append(str(words))


@dataclass
class Problem:
    """Why a question of a file cannot be made. `place` and `reason` are sentences for the person who sent it."""

    place: str
    reason: str
    name: str = ""
    line: int = 0


def share(count: int) -> Decimal:
    """100 per cent in so many parts, to five places: Moodle knows thirds as 33.33333."""
    return (Decimal(100) / count).quantize(Decimal("0.00001")).normalize()


def plain_number(number) -> str:
    """A number in one way of writing it: no exponent, no idle zeros. Raises InvalidOperation beyond DIGITS."""
    number = Decimal(number)
    if not number.is_finite() or abs(number.adjusted()) > DIGITS:
        raise InvalidOperation
    return f"{number.normalize():f}" if number else "0"
