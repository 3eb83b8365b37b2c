"""Our own spreadsheet: one row a question, the answers side by side, a second page that explains."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.core import sheets
from lms.core.sheets import Column, RawRow

from .crossing import DIFFICULTIES, is_code
from .drafts import LONGEST_TAG, Draft, Fault, faults
from .mapping import MARKED, MOST, NOT_MARKED, Cell, CellProblem, exchanges
from .markup import one_line, printable
from .moodle import Problem

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 1_000
LONGEST = 3_000
HEAD = (
    Column("type", gettext_lazy("type"), required=True),
    Column("code", gettext_lazy("code")),
    Column("module", gettext_lazy("module")),
    Column("story", gettext_lazy("story"), aliases=("case",)),
    Column("question", gettext_lazy("question"), required=True, aliases=("stem",)),
)
TAIL = (
    Column("why", gettext_lazy("why"), aliases=("explanation",)),
    Column("tags", gettext_lazy("tags")),
    Column("difficulty", gettext_lazy("difficulty")),
    Column("critical", gettext_lazy("critical")),
    Column("facts", gettext_lazy("facts")),
    Column("countries", gettext_lazy("countries")),
    Column("language", gettext_lazy("language")),
)
FIELDS = {"case": "story", "stem": "question", "why": "why"}


def answer_columns(count: int) -> tuple[Column, ...]:
    return tuple(
        Column(f"{key}_{number}", label % {"number": number})
        for number in range(1, count + 1)
        for key, label in (
            ("answer", _("answer %(number)d")),
            ("right", _("right %(number)d")),
            ("feedback", _("feedback %(number)d")),
        )
    )


def columns(count: int = MOST) -> tuple[Column, ...]:
    return (*HEAD, *answer_columns(count), *TAIL)


LIMITS = sheets.Limits(MAX_BYTES, MAX_ROWS, 64, gettext_lazy("The file is larger than 5 MB. Send it in parts."))


def read(data: bytes) -> tuple[list[Draft], list[Problem]]:
    """The questions of a sheet, and per cell what stops the others. Raises FileRefused."""
    drafts, problems = [], []
    for row in sheets.read(data, columns(), LIMITS):
        found, faulty = _row(row)
        if faulty:
            name = row.values.get("code") or one_line(row.values.get("question", ""))[:60]
            problems += [Problem(_place(row.line, column), reason, name, row.line) for column, reason in faulty]
        else:
            drafts.append(found)
    return drafts, problems


def _place(line: int, column: str) -> str:
    labels = {each.key: str(each.label) for each in columns()}
    if column not in labels:
        return _("Row %(line)d") % {"line": line}
    return _("Row %(line)d, column «%(column)s»") % {"line": line, "column": labels[column]}


def _row(row: RawRow) -> tuple[Draft | None, list[tuple[str, str]]]:
    """The draft, or every column that is to be mended with the reason."""
    faulty = [(key, reason) for key, text in row.values.items() if (reason := _strange(text))]
    if row.spilled:
        faulty.append(("", _("More cells than headings. Is there a separator inside a text?")))
    type_ = _type(row.values.get("type", ""))
    if not type_:
        faulty.append(("type", _("Use one of: %(types)s.") % {"types": ", ".join(sheet_types())}))
    if faulty:
        return None, faulty
    try:
        draft = _draft(row, type_)
    except CellProblem as problem:
        return None, [(problem.column, str(problem))]
    return draft, [(_column(draft, fault), fault.reason) for fault in faults(draft)]


def _strange(text: str) -> str:
    if isinstance(text, sheets.FormulaText):
        return _("This is a formula. Type the value itself.")
    if isinstance(text, sheets.DateText):
        return _("The spreadsheet made a date of this. Format the cell as text and type it again.")
    return _("The cell is far too long.") if len(text) > LONGEST else ""


def sheet_types() -> list[str]:
    """The types that a sheet can hold."""
    return [name for name, exchange in exchanges().items() if exchange.sheet]


def _type(text: str) -> str:
    wanted = sheets.normalise(text)
    return next((name for name in sheet_types() if sheets.normalise(name) == wanted), "")


def _draft(row: RawRow, type_: str) -> Draft:
    """Raises CellProblem."""
    values = {key: printable(str(text)) for key, text in row.values.items()}
    code = values.get("code", "")
    if code and not is_code(code):
        raise CellProblem("code", _("Use letters, digits and hyphens without spaces, at most 40, such as tb-q1."))
    return Draft(
        type=type_,
        value=exchanges()[type_].from_cells(_cells(values)),
        stem=one_line(values.get("question", "")),
        case="\n".join(line.strip() for line in values.get("story", "").splitlines() if line.strip()),
        why=one_line(values.get("why", "")),
        code=code,
        module=one_line(values.get("module", "")),
        tags=_listed(values.get("tags", "")),
        difficulty=_difficulty(values.get("difficulty", "")),
        critical=_critical(values.get("critical", "")),
        facts=_listed(values.get("facts", "")),
        countries=_listed(values.get("countries", "")),
        language=values.get("language", "").lower(),
        place=_place(row.line, ""),
        line=row.line,
        name=code,
    )


def _cells(values: dict[str, str]) -> list[Cell]:
    cells = [
        Cell(*(values.get(f"{key}_{number}", "") for key in ("answer", "right", "feedback")))
        for number in range(1, MOST + 1)
    ]
    for cell in cells:
        cell.feedback = one_line(cell.feedback)
    while cells and cells[-1] == Cell():
        cells.pop()
    if not cells:
        raise CellProblem("answer_1", _("The cell is empty."))
    return cells


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(part[:LONGEST_TAG] for part in map(one_line, re.split(r"[,;\n]", text)) if part))


def _difficulty(text: str) -> int | None:
    words = {"": None} | {str(number): number for number in DIFFICULTIES}
    words |= {word: number for number, word in DIFFICULTIES.items()}
    if text.casefold() not in words:
        raise CellProblem("difficulty", _("Use easy, medium or hard, or leave it empty."))
    return words[text.casefold()]


def _critical(text: str) -> bool:
    word = text.casefold()
    if word not in MARKED | NOT_MARKED:
        raise CellProblem("critical", _("Use yes, or leave it empty."))
    return word in MARKED


def _column(draft: Draft, fault: Fault) -> str:
    if fault.path[0] == "value":
        return exchanges()[draft.type].column(fault.path[1:])
    return FIELDS.get(fault.path[0], "question")
