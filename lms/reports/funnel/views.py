"""The intake funnel in the admin: a chart of all together, its table, and a table by cohort, country or programme."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.core.validators import MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import permissions
from ..choosing import FIRST_DAY, NONE, ChoosingForm
from ..heads import heads
from ..memory import remembered
from ..tables import file_asked_for, table_file
from .counts import GROUPS, NAMES, Chosen, Reached, funnel_of

LABELS = {
    "invited": gettext_lazy("Invited"),
    "signed_in": gettext_lazy("Signed in"),
    "started": gettext_lazy("Started"),
    "half": gettext_lazy("Half done"),
    "theory": gettext_lazy("Theory done"),
    "practicals": gettext_lazy("Practicals done"),
    "certified": gettext_lazy("Certified"),
}
BY = {
    "cohort": gettext_lazy("Cohort"),
    "country": gettext_lazy("Country"),
    "programme": gettext_lazy("Programme"),
}
A_YEAR = timedelta(days=365)


class FunnelForm(ChoosingForm):
    since = forms.DateField(
        label=gettext_lazy("Invited from"),
        required=False,
        validators=[MinValueValidator(FIRST_DAY)],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    field_order = ["programme", "country", "cohort", "since", "on"]

    def __init__(self, user, data):
        super().__init__(user, data)
        del self.fields["site"]
        self.fields["cohort"].choices = [one for one in self.fields["cohort"].choices if one[0] != NONE]

    @property
    def group(self) -> str:
        asked = self.data.get("by")
        return asked if asked in GROUPS else "cohort"

    @property
    def funnel(self) -> Chosen:
        since = self.chosen.get("since") or self.day - A_YEAR
        cohort = self.chosen.get("cohort")
        return Chosen(since, self.day, self.programme_key, self.chosen.get("country", ""), cohort and int(cohort))


@dataclass(frozen=True)
class Step:
    """One step of one row: how many, which share of those invited and of the step before, how many days since it."""

    label: str
    count: int
    of_all: float | None
    of_before: float | None
    days: float | None


@dataclass(frozen=True)
class Line:
    label: str
    steps: list[Step]


def line(label: str, reached: Reached) -> Line:
    before = (None, *reached.counts)
    numbers = zip(NAMES, reached.counts, before, reached.days, strict=False)
    return Line(
        label,
        [
            Step(LABELS[name], count, _share(count, reached.counts[0]), _share(count, last), days)
            for name, count, last, days in numbers
        ],
    )


def _share(part: int, whole: int | None) -> float | None:
    return part / whole if whole else None


def lines(form: FunnelForm) -> tuple[list[Line], object]:
    """All together first, then the groups, largest first; and when they were counted."""
    chosen, group = form.funnel, form.group

    def count() -> list[Reached]:
        return funnel_of(form.user, chosen) + funnel_of(form.user, chosen, group)

    (everyone, *groups), counted_at = remembered(count, (*form.scope, "funnel", group, chosen))
    names = form.named(group)
    found = [line(names.get(str(one.key), _("No cohort") if one.key is None else "–"), one) for one in groups]
    found.sort(key=lambda one: (-one.steps[0].count, one.label))
    return [line(_("All"), everyone), *found], counted_at


@require_safe
@never_cache
def funnel(request: HttpRequest) -> HttpResponse:
    permissions.check_may_read_reports(request.user)
    form = FunnelForm(request.user, request.GET)
    found, counted_at = lines(form)
    if file_asked_for(request):
        return table_file(request, "intake-funnel", headings(form), file_rows(found), form)
    everyone, *groups = found
    context = heads(_("Intake funnel"), icon="order-down") | {
        "form": form,
        "since": form.funnel.since,
        "counted_at": counted_at,
        "query": form.query(by=form.group),
        "by": [(group, label, group == form.group) for group, label in BY.items()],
        "group": BY[form.group],
        "everyone": everyone,
        "lines": groups,
        "labels": LABELS.values(),
        "chart": chart(everyone),
    }
    return render(request, "reports/funnel.html", context)


def chart(everyone: Line) -> dict:
    """What the script draws: the numbers of the table beside it."""
    return {
        "kind": "steps",
        "labels": [str(step.label) for step in everyone.steps],
        "values": [step.count for step in everyone.steps],
    }


def headings(form: FunnelForm) -> dict[str, str]:
    found = {"label": str(BY[form.group])}
    for name in NAMES:
        found[name] = str(LABELS[name])
        if name != NAMES[0]:
            found[f"{name}_share"] = _("%(step)s, share of the step before") % {"step": LABELS[name]}
            found[f"{name}_days"] = _("%(step)s, median days since the step before") % {"step": LABELS[name]}
    return found


def file_rows(found: list[Line]) -> list[dict]:
    rows = []
    for one in found:
        row = {"label": one.label}
        for name, step in zip(NAMES, one.steps, strict=True):
            row |= {name: step.count, f"{name}_share": step.of_before, f"{name}_days": step.days}
        rows.append(row)
    return rows
