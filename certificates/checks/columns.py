"""Which column of a sheet holds codes, staff numbers and names: by its heading, or by what stands below it."""

import re
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.core.sheets import Column, Line, WrongColumns, normalise

from ..proof import codes

COLUMNS = (
    Column(
        "code",
        gettext_lazy("code"),
        aliases=("certificate", "certificate code", "certificate number", "certificate no", "verification code")
        + ("código", "certificado", "código do certificado", "número do certificado")
        + ("certificat", "code du certificat", "numéro du certificat", "numéro de certificat")
        + ("cheti", "msimbo", "msimbo wa cheti", "nambari ya cheti"),
    ),
    Column(
        "staff_number",
        gettext_lazy("staff number"),
        aliases=("staff no", "staff id", "staff", "personnel number", "employee number")
        + ("número de pessoal", "número de funcionário", "número do funcionário", "matrícula")
        + ("matricule", "numéro du personnel", "numéro de personnel", "numéro d’agent")
        + ("nambari ya mfanyakazi", "nambari ya kazi"),
    ),
    Column(
        "family_name",
        gettext_lazy("family name"),
        aliases=("surname", "last name", "second name", "apelido", "sobrenome", "último nome")
        + ("nom de famille", "jina la ukoo", "jina la mwisho"),
    ),
    Column(
        "name",
        gettext_lazy("name"),
        aliases=("full name", "names", "nome", "nome completo", "nom", "nom complet", "nom et prénom")
        + ("jina", "jina kamili", "majina"),
    ),
)
LOOKED_AT = 60  # cells of a column
MOST_OF = 0.7
STAFF_NUMBER = re.compile(r"[A-Za-z]\d{4,9}")


def found(lines: list[Line]) -> dict[str, int]:
    """What is there → the number of its column. Raises WrongColumns where there is neither a code nor a staff number.

    A code is known by its check character, so what stands in a column goes before its heading; with the others the
    heading goes first. Of two headings alike the first stands.
    """
    columns = _by_heading(lines[0][1])
    with_codes = _at(lines, is_code) or _at(lines, is_either, with_a=is_code)
    with_numbers = _at(lines, is_number)
    if with_codes:
        columns["code"] = with_codes[0]
    if with_numbers and with_numbers[0] not in columns.values():
        columns.setdefault("staff_number", with_numbers[0])
    if "code" not in columns and "staff_number" not in columns:
        raise WrongColumns(
            _("No column holds codes or staff numbers. Call one of them «%(code)s» or «%(number)s».")
            % {"code": _("Code"), "number": _("Staff number")}
        )
    return columns


def is_code(text: str) -> bool:
    try:
        return bool(codes.parse(text))
    except codes.TypingError:
        return False


def is_number(text: str) -> bool:
    return bool(STAFF_NUMBER.fullmatch(text.strip()))


def is_either(text: str) -> bool:
    return is_code(text) or is_number(text)


def _at(lines: list[Line], looks: Callable[[str], bool], *, with_a: Callable[[str], bool] | None = None) -> list[int]:
    """The first column that mostly looks so, if there is one; `with_a`: and of which at least one cell looks so."""
    width = max(len(cells) for _number, cells in lines[: LOOKED_AT + 1])
    columns = [(at, _values(lines, at)) for at in range(width)]
    return [at for at, cells in columns if _mostly(cells, looks) and any(map(with_a or looks, cells))][:1]


def _mostly(values: list[str], looks: Callable[[str], bool]) -> bool:
    return bool(values) and sum(map(looks, values)) >= MOST_OF * len(values)


def _values(lines: list[Line], at: int) -> list[str]:
    return [cells[at] for _number, cells in lines[1 : LOOKED_AT + 1] if at < len(cells) and cells[at]]


def _by_heading(heading: list[str]) -> dict[str, int]:
    known = _known_headings()
    places = [(known.get(normalise(text), ""), at) for at, text in reversed(list(enumerate(heading)))]
    return {key: at for key, at in places if key}


@cache
def _known_headings() -> dict[str, str]:
    """Heading without case, accents and spaces → our key: the words above, and our own in every language."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {heading: column.key for column in reversed(COLUMNS) for heading in column.headings}
    return found
