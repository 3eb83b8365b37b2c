"""What the register says about the rows of a sheet. The same number of questions for 5 rows and for 500.

HR learns about certificates of her countries what their list shows her. Of others she learns what anyone learns who
holds the code; a staff number of elsewhere is unknown, and no name is compared.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.people.models import User

from ..models import Certificate
from ..permissions import certificates_kept_by
from ..proof import codes, names
from ..verification import Answer, State, day_of, judged, precedence
from .columns import is_number

CHUNK = 500


@dataclass(frozen=True)
class Asked:
    """One row: a code of 13 characters or "", a staff number or "", a name or "". Mistyped: it should be a code."""

    code: str = ""
    number: str = ""
    name: str = ""
    mistyped: bool = False


@dataclass(frozen=True)
class Register:
    """What a chunk of rows needs. `people`: staff number → person; `kept`: the certificates she may look into."""

    people: dict[str, UUID]
    by_code: dict[str, Answer]
    by_holder: dict[UUID, Answer]
    kept: set[UUID]


def asked(cells: list[str], columns: dict[str, int]) -> Asked:
    """A staff number in the column of codes is taken for one, and the other way round. A code goes first."""
    code, number, family_name, name = (
        _cell(cells, columns.get(key)) for key in ("code", "staff_number", "family_name", "name")
    )
    numbers = [text.upper() for text in (number, code) if is_number(text)]
    for text in (code, number):
        try:
            return Asked(codes.parse(text), next(iter(numbers), ""), family_name or name)
        except codes.TypingError:
            continue
    mistyped = not (number or numbers) or bool(code and not is_number(code))
    return Asked("", next(iter(numbers), number.upper()), family_name or name, mistyped)


def answers(by: User, rows: list[Asked], on: date | None = None) -> list[dict]:
    """One for each row, in their order, as of a day or today. A fixed number of queries: give it no more than CHUNK
    rows."""
    register = _look_up(by, rows, on)
    return [_answer(row, register, on) for row in rows]


def _look_up(by: User, rows: list[Asked], on: date | None) -> Register:
    people = _people({row.number for row in rows if row.number})
    wanted = {row.code for row in rows if row.code}
    hers = certificates_kept_by(by)
    with_code = list(Certificate.objects.issued().filter(code__in=wanted).select_related("payload"))
    kept = set(hers.filter(code__in=wanted).values_list("pk", flat=True))
    held = sorted(hers.issued().filter(holder__in=set(people.values())), key=lambda row: precedence(row, on))
    by_code = {certificate.code: judged(certificate, on) for certificate in with_code}
    by_holder = {certificate.holder_id: judged(certificate, on) for certificate in held}
    return Register(people, by_code, by_holder, kept | {certificate.pk for certificate in held})


def _people(numbers: set[str]) -> dict[str, UUID]:
    """The number of a record that was merged into another leads to that one."""
    rows = User.objects.filter(staff_number__in=numbers, erased_at=None)
    found = rows.values_list("staff_number", "pk", "merged_into")
    return {number: merged_into or pk for number, pk, merged_into in found}


def _answer(row: Asked, register: Register, on: date | None) -> dict:
    if row.mistyped:
        return {"state": State.TYPING_ERROR.value}
    person = register.people.get(row.number)
    answer = register.by_code.get(row.code) if row.code else register.by_holder.get(person)
    if answer is None:
        return {"state": State.UNKNOWN.value}
    certificate = answer.certificate
    said = {"state": answer.said, "reason": answer.reason} | _facts(certificate, answer, on)
    if certificate.pk not in register.kept:
        return said | {"name": "not_compared" if row.name else ""}
    number = "" if not (row.code and row.number) else "matches" if certificate.holder_id == person else "differs"
    return said | {"pk": str(certificate.pk), "name": _name(certificate, row.name), "number": number}


def _facts(certificate: Certificate, answer: Answer, on: date | None) -> dict:
    runs = answer.state in (State.VALID, State.EXPIRED)
    return {
        "code": certificate.printed_code,
        "title": certificate.title,
        "version": certificate.programme_version,
        "country": certificate.country_name,
        "awarded": certificate.awarded_on.isoformat(),
        "until": certificate.valid_until.isoformat(),
        "days": (certificate.valid_until - (on or day_of(certificate))).days if runs else None,
        "specimen": certificate.specimen,
    }


def _name(certificate: Certificate, typed: str) -> str:
    if not typed:
        return ""
    if certificate.is_erased:
        return "not_kept"
    holder = certificate.payload.snapshot["holder"]
    return "matches" if names.match(typed, holder["family_name"], holder["name"]) else "differs"


def _cell(cells: list[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""
