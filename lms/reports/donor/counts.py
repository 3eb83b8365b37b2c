"""People counted by two dimensions. A query for each quarter, and for each health area where areas are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, QuerySet, Value, When
from django.utils import timezone

from certificates.models import Certificate
from curriculum.models import ModulePage
from curriculum.models.pages import HealthArea
from lms.learning.models import Enrolment, Requirement
from lms.people.models import User
from lms.people.permissions import KEEP_RECORDS, countries_for

from ..states import end_of, valid_on
from .quarters import BANDS, Quarter, born_in

MEASURES = ("certified", "through")
DIMENSIONS = ("country", "sex", "age", "job", "area", "quarter")
OVERLAPPING = {"area", "quarter"}  # one person stands in several of these: they do not add up
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Chosen:
    measure: str
    rows: str
    columns: str
    quarters: tuple[Quarter, ...]
    programme: UUID | None = None
    country: str = ""


def counts_of(user: User, chosen: Chosen) -> dict[tuple[str, str], int]:
    """How many people for each value of the two dimensions; what is missing is nobody."""
    found: dict[tuple[str, str], int] = {}
    for quarter, area in product(chosen.quarters, _areas(chosen)):
        for row, column, count in _counted(user, chosen, quarter, area):
            found[row, column] = found.get((row, column), 0) + count
    return found


def _areas(chosen: Chosen) -> list[str]:
    return HealthArea.values if "area" in (chosen.rows, chosen.columns) else [""]


def _counted(user: User, chosen: Chosen, quarter: Quarter, area: str) -> Iterator[tuple[str, str, int]]:
    rows, person = (_certified if chosen.measure == "certified" else _through)(user, chosen, quarter)
    if area:
        rows = rows.filter(_learned(area, "enrolment" if person == "holder" else "pk"))
    fixed = {"quarter": str(quarter), "area": area}
    asked = [name for name in (chosen.rows, chosen.columns) if name not in fixed]
    columns = {f"by_{name}": _value(name, person, quarter) for name in asked}
    counted = rows.order_by().annotate(**columns).values(*columns).annotate(people=Count(person, distinct=True))
    for one in counted:
        values = fixed | {name: one[f"by_{name}"] or UNKNOWN for name in asked}
        yield values[chosen.rows], values[chosen.columns], one["people"]


def _certified(user: User, chosen: Chosen, quarter: Quarter) -> tuple[QuerySet, str]:
    """Certificates that were valid on the quarter's last day, or today while it runs."""
    day = min(quarter.last, timezone.localdate())
    rows = Certificate.objects.filter(valid_on(day), holder__merged_into=None, holder__erased_at=None)
    return _narrowed(rows.filter(holder__isnull=False), user, chosen, "country_code"), "holder"


def _through(user: User, chosen: Chosen, quarter: Quarter) -> tuple[QuerySet, str]:
    """Enrolments that were completed in the quarter."""
    rows = Enrolment.objects.filter(
        completed_at__gte=end_of(quarter.before.last),
        completed_at__lt=end_of(quarter.last),
        person__merged_into=None,
        person__erased_at=None,
    )
    return _narrowed(rows, user, chosen, "country"), "person"


def _narrowed(rows: QuerySet, user: User, chosen: Chosen, country: str) -> QuerySet:
    """The countries whose records she keeps."""
    if not user.is_superuser:
        rows = rows.filter(**{f"{country}__in": list(countries_for(user, *KEEP_RECORDS).values_list("pk", flat=True))})
    if chosen.country:
        rows = rows.filter(**{country: chosen.country})
    return rows.filter(programme_key=chosen.programme) if chosen.programme else rows


def _learned(area: str, enrolment: str) -> Exists:
    """Whether her programme required a module of the area: who is through has completed all of it."""
    modules = list(ModulePage.objects.filter(health_area=area).values_list("translation_key", flat=True).distinct())
    return Exists(Requirement.objects.filter(enrolment=OuterRef(enrolment), required=True, module_key__in=modules))


def _value(name: str, person: str, quarter: Quarter):
    if name == "country":
        return F("country_code") if person == "holder" else F("country_id")
    if name == "age":
        return _age(f"{person}__birth_year", quarter)
    return F(f"{person}__{name}")


def _age(birth_year: str, quarter: Quarter) -> Case:
    whens = []
    for band, (label, _first) in enumerate(BANDS):
        oldest, youngest = born_in(band, quarter.year)
        born = {f"{birth_year}__lte": youngest} | ({f"{birth_year}__gte": oldest} if oldest else {})
        whens.append(When(**born, then=Value(label)))
    return Case(*whens, default=Value(UNKNOWN), output_field=CharField())
