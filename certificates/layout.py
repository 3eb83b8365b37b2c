"""What the page says, in the measure it has: pure, from a snapshot."""

from dataclasses import dataclass

from . import codes, snapshots, typography

COLUMN = 99.0  # mm a competency may take, its lozenge left out
# Lines a column holds, at which size. More go to a second page.
DENSITIES = (("roomy", 2, 10.5), ("easy", 2, 10.0), ("snug", 3, 10.0), ("tight", 4, 9.2))
TITLE_WIDTH = 220.0
TITLES = (("", 25), ("long", 19), ("longest", 14))


@dataclass(frozen=True)
class PageWords:
    code: str
    issuer: str
    awarded_on: object
    valid_until: object
    title_class: str
    density: str
    columns: tuple[list[str], list[str]] | None
    overleaf: list[str]


def page_words(snapshot: dict) -> PageWords:
    statements = [row["statement"] for row in snapshot["competencies"]]
    density, columns = _columns(statements)
    return PageWords(
        code=codes.printed(snapshot["code"]),
        issuer=f"{snapshot['issuer']} · {snapshot['country']['name']}",
        awarded_on=snapshots.day(snapshot["awarded_on"]),
        valid_until=snapshots.day(snapshot["valid_until"]),
        title_class=_title_class(snapshot["programme"]["printed_title"]),
        density=density,
        columns=columns,
        overleaf=[] if columns else statements,
    )


def _columns(statements: list[str]) -> tuple[str, tuple[list[str], list[str]] | None]:
    """Two columns, the left one first, in the roomiest setting that holds them; None where none does."""
    if not statements:
        return "", None
    half = (len(statements) + 1) // 2
    columns = statements[:half], statements[half:]
    for density, holds, points in DENSITIES:
        if all(_lines(column, points) <= holds for column in columns):
            return density, columns
    return "", None


def _lines(column: list[str], points: float) -> int:
    return sum(typography.lines_needed(text, typography.BODY, points, COLUMN) for text in column)


def _title_class(title: str) -> str:
    for name, points in TITLES:
        if typography.width(title, typography.TITLE, points) <= TITLE_WIDTH:
            return name
    return TITLES[-1][0]
