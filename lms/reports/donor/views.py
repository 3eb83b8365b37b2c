"""The donor and ministry table in the admin, on paper and as a file, with its definitions."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.people.models import User
from lms.people.permissions import KEEP_RECORDS, countries_for

from .. import permissions
from ..choosing import ChoosingForm
from ..heads import heads
from ..memory import remembered
from ..tables import file_asked_for, table_file
from . import words
from .counts import OVERLAPPING, UNKNOWN, Chosen, counts_of
from .quarters import quarters_until
from .suppression import guarded

SIDE_BY_SIDE, OFFERED = 4, 12
AT_FIRST = {"measure": "certified", "rows": "country", "columns": "sex"}


class DonorForm(ChoosingForm):
    measure = forms.ChoiceField(label=gettext_lazy("Count"))
    rows = forms.ChoiceField(label=gettext_lazy("Rows"))
    columns = forms.ChoiceField(label=gettext_lazy("Columns"))
    quarter = forms.ChoiceField(label=gettext_lazy("Quarter"))

    field_order = ["measure", "rows", "columns", "quarter", "programme", "country"]

    def __init__(self, user: User, data: dict):
        self.quarters = {str(one): one for one in quarters_until(timezone.localdate(), OFFERED)}
        super().__init__(user, AT_FIRST | {"quarter": next(iter(self.quarters))} | data)
        for name in ("site", "cohort", "on"):
            del self.fields[name]
        self._offer("country", countries_for(user, *KEEP_RECORDS).values_list("code", "name"))
        self.fields["measure"].choices = words.MEASURES.items()
        self.fields["quarter"].choices = [(name, name) for name in self.quarters]
        for name in ("rows", "columns"):
            self.fields[name].choices = words.DIMENSIONS.items()

    def clean(self):
        if self.cleaned_data.get("rows") == self.cleaned_data.get("columns"):
            self.add_error("columns", _("Choose something else than for the rows."))

    @property
    def table(self) -> Chosen | None:
        """None where the choice cannot be read; its fields say why."""
        if not self.is_valid():
            return None
        chosen = self.cleaned_data
        until, sides = self.quarters[chosen["quarter"]], (chosen["rows"], chosen["columns"])
        quarters = quarters_until(until.last, SIDE_BY_SIDE if "quarter" in sides else 1)
        return Chosen(chosen["measure"], *sides, tuple(quarters), self.programme_key, chosen["country"])

    def values(self, dimension: str, counted: set[str]) -> dict[str, str]:
        """The values of a dimension and what they are called: all there are, but of jobs and countries those met."""
        if dimension == "country":
            return {key: name for key, name in self.named("country").items() if key in counted}
        if dimension == "job":
            return {key: words.NOT_NOTED if key == UNKNOWN else key for key in sorted(counted)}
        if dimension == "quarter":
            return {key: key for key in sorted(counted | {str(one) for one in self.table.quarters})}
        return {"sex": words.SEXES, "age": words.AGES, "area": words.AREAS}[dimension]


@dataclass(frozen=True)
class Grid:
    """The table as it is shown: every cell is a number or the sign in its place."""

    headings: list[str]
    rows: list[tuple[str, list[int | str]]]


def grid(form: DonorForm, chosen: Chosen, counted: dict) -> Grid:
    rows = form.values(chosen.rows, {row for row, _column in counted})
    met = {column for _row, column in counted}
    columns = {key: label for key, label in form.values(chosen.columns, met).items() if key in met}
    if not counted:
        return Grid([], [])
    across, down = chosen.columns not in OVERLAPPING, chosen.rows not in OVERLAPPING
    table = guarded([[counted.get((row, column), 0) for column in columns] for row in rows], across=across, down=down)
    labels = [*map(str, rows.values()), *([_("All")] if down else [])]
    shown = [[_sign(table, (i, j)) for j in range(len(row))] for i, row in enumerate(table.numbers)]
    headings = [str(words.DIMENSIONS[chosen.rows]), *map(str, columns.values()), *([_("All")] if across else [])]
    return Grid(headings, list(zip(labels, shown, strict=True)))


def _sign(table, place) -> int | str:
    return words.FEW if place in table.few else words.KEPT_BACK if place in table.kept_back else table.at(place)


def definitions(chosen: Chosen) -> list[str]:
    named = [words.DEFINITIONS[name] for name in (chosen.rows, chosen.columns) if name in words.DEFINITIONS]
    return [str(text) for text in (words.DEFINED[chosen.measure], *named, *words.RULES)]


@require_safe
@never_cache
def donor(request: HttpRequest) -> HttpResponse:
    permissions.check_may_see_jobs(request.user)
    form = DonorForm(request.user, request.GET.dict())
    context = heads(_("Donor and ministry table"), icon="globe") | {"form": form, "query": form.query()}
    if chosen := form.table:
        counted, counted_at = _counted(form, chosen)
        found = grid(form, chosen, counted)
        if file_asked_for(request):
            return _file(request, form, found, chosen)
        context |= {
            "grid": found,
            "counted_at": counted_at,
            "on": min(chosen.quarters[0].last, timezone.localdate()),
            "definitions": definitions(chosen),
            "title": _title(chosen),
        }
    return render(request, "reports/donor.html", context)


def _counted(form: DonorForm, chosen: Chosen) -> tuple[dict, datetime]:
    return remembered(lambda: counts_of(form.user, chosen), (*form.scope, tuple(form.named("country")), chosen))


def _title(chosen: Chosen) -> str:
    quarters = ", ".join(str(one) for one in sorted(chosen.quarters))
    return f"{words.MEASURES[chosen.measure]}, {quarters}"


def _file(request: HttpRequest, form: DonorForm, found: Grid, chosen: Chosen) -> HttpResponse:
    """The table, then what it counts and what its signs mean."""
    headings = {str(at): heading for at, heading in enumerate(found.headings)}
    rows = [{str(at): cell for at, cell in enumerate([label, *cells])} for label, cells in found.rows]
    said = [{"0": text} for text in ("", _title(chosen), *definitions(chosen))]
    return table_file(request, "donor-table", headings, [*rows, *said], form)
