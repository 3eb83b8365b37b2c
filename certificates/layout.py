"""What the page says, in the measure it has: pure, from a snapshot."""

from dataclasses import dataclass

from . import codes, snapshots, typography
from .designs import DESIGNS, Measures


@dataclass(frozen=True)
class PageWords:
    code: str
    issuer: str
    awarded_on: object
    valid_until: object
    title_class: str
    density: str
    columns: list[list[str]]
    overleaf: list[str]


def page_words(snapshot: dict) -> PageWords:
    statements = [row["statement"] for row in snapshot["competencies"]]
    measures = DESIGNS[snapshot["design"]["base"]].measures
    density, columns = _columns(statements, measures)
    return PageWords(
        code=codes.printed(snapshot["code"]),
        issuer=f"{snapshot['issuer']} · {snapshot['country']['name']}",
        awarded_on=snapshots.day(snapshot["awarded_on"]),
        valid_until=snapshots.day(snapshot["valid_until"]),
        title_class=_title_class(snapshot["programme"]["printed_title"], measures),
        density=density,
        columns=columns,
        overleaf=[] if columns else statements,
    )


def _columns(statements: list[str], measures: Measures) -> tuple[str, list[list[str]]]:
    """The left one first, in the roomiest setting that holds them; no columns where none does."""
    if not statements:
        return "", []
    share = -(-len(statements) // measures.columns)
    columns = [statements[start : start + share] for start in range(0, len(statements), share)]
    for density, holds, points in measures.densities:
        if all(_lines(column, points, measures.measure) <= holds for column in columns):
            return density, columns
    return "", []


def _lines(column: list[str], points: float, measure: float) -> int:
    return sum(typography.lines_needed(text, typography.BODY, points, measure) for text in column)


def _title_class(title: str, measures: Measures) -> str:
    for name, points in measures.titles:
        if typography.width(title, typography.TITLE, points) <= measures.title_width:
            return name
    return measures.titles[-1][0]
