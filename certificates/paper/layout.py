"""What the page says, in the sizes that its room holds: pure, from a snapshot, in the language that is active."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..award import snapshots
from ..designs import rooms_of
from ..designs.look import Look
from ..designs.rooms import Room, Rooms, Skills
from ..proof import codes
from . import typography, wording
from .typography import BODY, BOLD, ITALIC, TITLE, NameLayout

FACE = {"heading": TITLE, "title": TITLE, "formula": ITALIC} | dict.fromkeys(
    ("issuer", "value", "signed", "host", "specimen", "scan"), BOLD
)
SPACED = 1.16  # capitals with letter-spacing, beside plain ones


@dataclass(frozen=True)
class Fitted:
    lines: list[str]
    size: float

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def css_class(self) -> str:
        return f"size-{round(self.size * 10)}"


@dataclass(frozen=True)
class Signatory:
    name: Fitted
    title: Fitted
    signature: str


@dataclass(frozen=True)
class Page:
    code: str
    words: dict[str, str]
    fitted: dict[str, Fitted]
    name: NameLayout
    signatories: list[Signatory]
    density: str
    skills_size: float
    columns: list[list[str]]
    overleaf: list[str]

    @property
    def skills_class(self) -> str:
        return f"{self.density} size-{round(self.skills_size * 10)}"


def page(snapshot: dict) -> Page:
    """Raises typography.NameTooLong."""
    rooms, words = rooms_of(Look.of(snapshot["design"])), wording.words(snapshot)
    statements = snapshots.statements(snapshot)
    density, size, columns = _columns(statements, rooms.skills)
    return Page(
        code=codes.printed(snapshot["code"]),
        words=words,
        fitted=fitted(_texts(snapshot, words), rooms),
        name=typography.lay_out_name(snapshot["holder"]["name"], rooms.name),
        signatories=[_signatory(row, rooms) for row in snapshot["signatories"]],
        density=density,
        skills_size=size,
        columns=columns,
        overleaf=[] if columns else statements,
    )


def host(snapshot: dict) -> str:
    return urlsplit(snapshot["check_at"]).netloc + "/v"


def fit(text: str, face: str, room: Room, spread: float = 1) -> float:
    """The largest size in which it takes no more lines than the room has for it; the smallest, if none does."""
    for points, lines in room.steps:
        if typography.lines_needed(text, face, points * spread, room.width) <= lines:
            return points
    return room.steps[-1][0]


def _texts(snapshot: dict, words: dict[str, str]) -> dict[str, str]:
    names = ("heading", "formula", "sentence", "small_print", "programme", "ask", "specimen", "unreviewed")
    return {name: words[name] for name in names} | {
        "issuer": f"{snapshot['issuer']} · {snapshot['country']['name']}",
        "title": snapshot["programme"]["printed_title"],
        "value": max(words["awarded_on"], words["valid_until"], key=len),
        "host": host(snapshot),
    }


def fitted(texts: dict[str, str], rooms: Rooms) -> dict[str, Fitted]:
    return {name: _fitted(text, FACE.get(name, BODY), rooms.texts[name]) for name, text in texts.items()}


def _fitted(text: str, face: str, room: Room) -> Fitted:
    if room.spaced_capitals:
        return Fitted([text], fit(text.upper(), face, room, SPACED))
    size = fit(text, face, room)
    return Fitted(typography.balanced(text, face, size, room.width), size)


def _signatory(row: dict, rooms: Rooms) -> Signatory:
    texts = fitted({"signed": row["name"], "post": row["title"]}, rooms)
    return Signatory(texts["signed"], texts["post"], row.get("signature", ""))


def _columns(statements: Sequence[str], skills: Skills) -> tuple[str, float, list[list[str]]]:
    """The left one first, in the roomiest setting that holds them; no columns where none does."""
    share = -(-len(statements) // skills.columns) or 1
    columns = [list(statements[start : start + share]) for start in range(0, len(statements), share)]
    for density, holds, points in skills.densities:
        if columns and all(_lines(column, points, skills.width) <= holds for column in columns):
            return density, points, columns
    return "", 10.5, []


def _lines(column: list[str], points: float, width: float) -> int:
    return sum(typography.lines_needed(text, BODY, points, width) for text in column)
